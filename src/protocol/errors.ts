/** The closed table of everything that can be refused: code, HTTP status, meaning, and whether the same request may work later. */

export interface ErrorKind {
  readonly status: number
  readonly retryable: boolean
  readonly meaning: string
}

export const ERRORS = {
  validation: { status: 400, retryable: false, meaning: 'The request is malformed; `data.path` names the field.' },
  authentication: { status: 401, retryable: false, meaning: 'The token or session is missing, wrong, expired or revoked.' },
  authorization: { status: 403, retryable: false, meaning: 'This kind of user may not do that.' },
  origin_not_allowed: { status: 403, retryable: false, meaning: "The page's origin is not among those of the client id." },
  missing_access: { status: 403, retryable: false, meaning: "The part of the log asked for lies outside the user's stay in the chat." },
  not_found: { status: 404, retryable: false, meaning: 'There is no such thing, or it is not yours to know.' },
  license_not_found: { status: 404, retryable: false, meaning: 'No organization has this license, or no client of it this client id.' },
  unsupported_action: { status: 404, retryable: false, meaning: 'The server knows no action of this name for this kind of user.' },
  conflict: { status: 409, retryable: false, meaning: 'Something of this name exists already.' },
  chat_inactive: { status: 409, retryable: false, meaning: 'The chat has no active thread, and the action needs one.' },
  message_deleted: { status: 410, retryable: false, meaning: 'The event was deleted, and nothing is left of it to change.' },
  history_reset: { status: 409, retryable: false, meaning: 'The cursor belongs to a history that is gone; load the chat again.' },
  entity_too_large: { status: 413, retryable: false, meaning: 'The frame, text or file is over its limit.' },
  idempotency_mismatch: { status: 422, retryable: false, meaning: 'The same id was used before with other content.' },
  too_many_requests: { status: 429, retryable: true, meaning: 'A rate limit; `data.retry_after_ms` says when to try again.' },
  pending_requests_limit_reached: { status: 429, retryable: true, meaning: 'Too many requests of this socket await their answer.' },
  internal: { status: 500, retryable: true, meaning: "A fault of the server, written to its log under the request's id." },
  service_unavailable: { status: 503, retryable: true, meaning: 'The server cannot take it now: starting, draining, or out of disk.' },
} as const satisfies Record<string, ErrorKind>

export type ErrorType = keyof typeof ERRORS

/** Those of the table after which a client tries the same request again by itself. Apart and brief, so that a browser need not carry the table. */
export const RETRYABLE = /_requests|internal|service/

/** The body of a failure, the same on a socket and over HTTP. */
export interface ErrorBody {
  readonly type: ErrorType
  /** *unable to <do>; <why>*, lower case, names the field. */
  readonly message: string
  readonly data?: Readonly<Record<string, unknown>> & { readonly retry_after_ms?: number }
}
