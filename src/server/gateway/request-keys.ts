/** The header by which a repeated request is known. */
import { fingerprint } from '../domain/fingerprints.ts'
import { Refusal } from '../domain/refusal.ts'
import type { Idempotency } from '../store/change.ts'
import type { HttpAsked } from './routes.ts'

/** IDM5 */
export function requestKeyOf(asked: HttpAsked, principal: string, payload: unknown): Idempotency | null {
  const key = asked.header('idempotency-key')
  if (key === null) return null
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw new Refusal('validation', `unable to ${asked.name}; Idempotency-Key is no text of 1 to 255 visible characters`, {
      path: 'Idempotency-Key',
    })
  }
  return { by: 'request', principal, key, fingerprint: fingerprint({ action: asked.name, payload }) }
}
