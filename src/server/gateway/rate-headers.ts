/** What is left of a rate, told with the answer as draft-ietf-httpapi-ratelimit-headers writes it (CON17). */
import type { RateName } from '../../protocol/limits.ts'
import type { Principal } from '../domain/context.ts'
import type { Gateway } from './gateway.ts'
import type { Left, RateLimiter } from './ratelimit.ts'
import type { HttpAsked } from './routes.ts'

/** Counts an action, and tells what is left also where it was one too many. */
export function countAndTell({ dispatcher, parts }: Gateway, asked: HttpAsked, action: string, rate: RateName, principal: Principal): void {
  try {
    dispatcher.count(rate, action, principal)
  } finally {
    tellRate(parts.rates, asked, rate, principal.id)
  }
}

export const tellRate = (rates: RateLimiter, asked: HttpAsked, rate: RateName, key: string): void =>
  asked.tell(headersOf(rate, rates.left(rate, key)))

const headersOf = (name: RateName, { burst, all_ms, left, more_ms }: Left) => ({
  'ratelimit-policy': `"${name}";q=${burst};w=${seconds(all_ms)}`,
  ratelimit: `"${name}";r=${left};t=${seconds(more_ms)}`,
})

const seconds = (ms: number) => Math.ceil(ms / 1000)
