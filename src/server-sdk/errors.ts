/** Everything an operation can be rejected with, as one tree. */

/** What the server says of a refusal. */
interface Body {
  readonly type: string
  readonly message: string
  readonly data?: Readonly<Record<string, unknown>>
}

interface Facts {
  readonly status?: number | undefined
  readonly code: string
  readonly requestId?: string | undefined
  readonly docUrl?: string | undefined
  readonly cause?: unknown
}

/**
 * Whatever goes wrong.
 *
 * @example
 * try { await porchlight.chats.get('nonexistent') } catch (error) {
 *   if (error instanceof NotFoundError) …
 * }
 */
export class PorchlightError extends Error {
  // Each says its own: a build makes classes' names shorter.
  override readonly name: string = 'PorchlightError'
  /** The HTTP status, where there was an answer. */
  readonly status: number | undefined
  /** Stable: the `type` of the server's refusal, or what the SDK found by itself. */
  readonly code: string
  /** Under it the server's log has the request. */
  readonly requestId: string | undefined
  /** Where the code is explained. */
  readonly docUrl: string | undefined

  constructor(message: string, { status, code, requestId, docUrl, cause }: Facts) {
    super(message, cause === undefined ? undefined : { cause })
    this.status = status
    this.code = code
    this.requestId = requestId
    this.docUrl = docUrl
  }
}

/** The server refused it (4xx): the same request would be refused again. */
export class ApiError extends PorchlightError {
  override readonly name: string = 'ApiError'
}
/** 401: the API key or the token is missing, wrong, expired or revoked. 403 is below it. */
export class AuthenticationError extends ApiError {
  override readonly name: string = 'AuthenticationError'
}
/** 403: it is good, and may not do that. */
export class PermissionError extends AuthenticationError {
  override readonly name: string = 'PermissionError'
}
/** 404: there is no such thing, or it is not yours to know. */
export class NotFoundError extends ApiError {
  override readonly name: string = 'NotFoundError'
}
/** 409, 410, 422: what is there already stands against it. */
export class ConflictError extends ApiError {
  override readonly name: string = 'ConflictError'
}

/** 400, 413: `field` is the path of what is wrong. */
export class ValidationError extends ApiError {
  override readonly name: string = 'ValidationError'
  readonly field: string | undefined

  constructor(message: string, facts: Facts & { readonly field?: string | undefined }) {
    super(message, facts)
    this.field = facts.field
  }
}

/** 429, after all retries. */
export class RateLimitError extends ApiError {
  override readonly name: string = 'RateLimitError'
  readonly retryAfterMs: number

  constructor(message: string, facts: Facts & { readonly retryAfterMs: number }) {
    super(message, facts)
    this.retryAfterMs = facts.retryAfterMs
  }
}

/** 5xx, after all retries. */
export class ServerError extends PorchlightError {
  override readonly name: string = 'ServerError'
}
/** No answer came, after all retries: whether it was done nobody knows, except that its idempotency key settles it. */
export class NetworkError extends PorchlightError {
  override readonly name: string = 'NetworkError'
}
/** No answer within `timeout`. */
export class TimeoutError extends NetworkError {
  override readonly name: string = 'TimeoutError'
}
/** The server was not reached, or the connection went. */
export class ConnectionError extends NetworkError {
  override readonly name: string = 'ConnectionError'
}
/** A webhook that the server did not sign, or not now. */
export class SignatureError extends PorchlightError {
  override readonly name: string = 'SignatureError'
}

/** Of an answer that is no success. */
export function refusalOf(
  status: number,
  body: unknown,
  baseUrl: string,
  requestId: string | undefined,
  retryAfterMs: number,
): PorchlightError {
  const { type, message, data } = bodyOf(body, status)
  const facts: Facts = { status, code: type, requestId, docUrl: `${baseUrl}/docs/api#error-${status}` }
  const field = typeof data?.['path'] === 'string' ? data['path'] : undefined
  if (status === 429) return new RateLimitError(message, { ...facts, retryAfterMs })
  if (status >= 500) return new ServerError(message, facts)
  if (status === 400 || status === 413) return new ValidationError(message, { ...facts, field })
  return new (KINDS[status] ?? ApiError)(message, facts)
}

const KINDS: Readonly<Record<number, typeof ApiError>> = {
  401: AuthenticationError,
  403: PermissionError,
  404: NotFoundError,
  409: ConflictError,
  410: ConflictError,
  422: ConflictError,
}

/** Something between us and the server may have answered in words of its own. */
function bodyOf(body: unknown, status: number): Body {
  const error = typeof body === 'object' && body !== null && 'error' in body ? body.error : null
  if (typeof error === 'object' && error !== null && 'type' in error && 'message' in error) return error as Body
  return { type: 'unknown', message: `unable to carry out the request; the answer was ${status}` }
}
