/** Requests that no client of ours makes: no form, no such action, nobody's. The other rates count for a user what is well-formed (CON16). */
import type { ErrorType } from '../../protocol/errors.ts'
import { Refusal } from '../domain/refusal.ts'
import { addressKey } from './address.ts'
import type { RateLimiter } from './ratelimit.ts'
import type { HttpAsked, Route } from './routes.ts'

const NONSENSE: ReadonlySet<ErrorType> = new Set(['validation', 'unsupported_action', 'entity_too_large', 'authentication'])

/** Counts a refusal where it is one of nonsense; false when there was too much of it. */
export function bears(rates: RateLimiter, key: string, { type }: Refusal): boolean {
  return !NONSENSE.has(type) || rates.take('nonsense', key) === 0
}

/** Carried out unless too much nonsense came from the address; what is refused is counted where it is some. */
export async function spared<T>(rates: RateLimiter, { address }: HttpAsked, purpose: string, take: () => T | Promise<T>): Promise<T> {
  const key = addressKey(address)
  const retry_after_ms = rates.wait('nonsense', key)
  if (retry_after_ms > 0) {
    throw new Refusal('too_many_requests', `unable to ${purpose}; too many requests that are none`, { retry_after_ms })
  }
  try {
    return await take()
  } catch (error) {
    if (error instanceof Refusal) bears(rates, key, error)
    throw error
  }
}

export const sparing = (rates: RateLimiter, route: Route): Route => ({
  ...route,
  handle: (asked) => spared(rates, asked, route.purpose, () => route.handle(asked)),
})
