/** Who stands behind a socket or a request, and until when that holds. */
import type { Principal } from '../domain/context.ts'

export interface Identity {
  readonly principal: Principal
  /** When the proof was issued, in ms: a revocation names a moment before which proofs are void. */
  readonly issued_at: number
  readonly expires_at: number
  /** The agent session that spoke; null for customers. */
  readonly session_hash: string | null
}
