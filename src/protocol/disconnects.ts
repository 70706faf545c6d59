/** Why a server ends a socket, as plain constants that cost a browser nothing. */

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

/** Those after which a client does not come back by itself. After all others it reconnects, with a fresh token where the token was the reason. */
export const FINAL_DISCONNECT_REASONS: readonly string[] = ['license_not_found', 'logged_out_remotely', 'unsupported_version']
