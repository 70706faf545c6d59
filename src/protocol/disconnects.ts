/** Why a server ends a socket, as plain constants that cost a browser nothing. */

import type { ERRORS, ErrorType } from './errors.ts'

/** Told in a last push `customer_disconnected` or `agent_disconnected`. */
export const DISCONNECT_REASONS = [
  'access_token_expired',
  'access_token_revoked',
  'connection_evicted',
  'connection_timeout',
  'internal_error',
  'license_not_found',
  'logged_out_remotely',
  'service_temporarily_unavailable',
  'too_many_connections',
  'unsupported_version',
] as const
export type DisconnectReason = (typeof DISCONNECT_REASONS)[number]

/** The kinds after which a client does not come back by itself. After all others, also those that it does not know, it reconnects, with a fresh token where the token was the reason. Brief, so that a browser need not carry the list. */
export const FINAL_DISCONNECT = /^(lic|log|uns)/

/** The refusals that let a client in no more. */
type FinalRefusal = { [T in ErrorType]: (typeof ERRORS)[T]['retryable'] extends false ? T : never }[ErrorType]

/**
 * All that a page may hear: the server's reasons, a final refusal, that another customer has taken over, that as many tries as were asked
 * for have failed, that the page's own `getToken` is no function, and that the runtime has no sockets.
 */
export type PageDisconnectReason = DisconnectReason | FinalRefusal | 'identity_changed' | 'connection_lost' | 'invalid_args' | 'unsupported'
