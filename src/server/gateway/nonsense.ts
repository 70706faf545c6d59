/** Requests that no client of ours makes: no form, no such action, nobody's. The other rates count for a user what is well-formed (CON16). */
import type { ErrorType } from '../../protocol/errors.ts'
import { Refusal } from '../domain/refusal.ts'
import { addressKey } from './address.ts'
import type { RateLimiter } from './ratelimit.ts'
import type { Route } from './routes.ts'

const NONSENSE: ReadonlySet<ErrorType> = new Set(['validation', 'unsupported_action', 'entity_too_large', 'authentication'])

/** Counts a refusal where it is one of nonsense; false when there was too much of it. */
export function bears(rates: RateLimiter, key: string, { type }: Refusal): boolean {
  return !NONSENSE.has(type) || rates.take('nonsense', key) === 0
}

/** The route without those addresses from which too much nonsense came. */
export const sparing = (rates: RateLimiter, route: Route): Route => ({
  ...route,
  async handle(asked) {
    const key = addressKey(asked.address)
    const retry_after_ms = rates.wait('nonsense', key)
    if (retry_after_ms > 0) {
      throw new Refusal('too_many_requests', `unable to ${route.purpose}; too many requests that are none`, { retry_after_ms })
    }
    try {
      return await route.handle(asked)
    } catch (error) {
      if (error instanceof Refusal) bears(rates, key, error)
      throw error
    }
  },
})
