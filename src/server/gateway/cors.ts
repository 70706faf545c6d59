/** What pages of other origins may read of the customer side. */
import type { Route } from './routes.ts'

type Headers = Readonly<Record<string, string>>

/** The customer's own, and those that a back end has given somebody to send a file to. */
const ADDRESSES = /^\/(v1\/customer|uploads)\//

/** What a page may read of the answer's head. */
const EXPOSED = 'ratelimit, ratelimit-policy, retry-after, x-request-id'

/** Whatever is answered depends on who asked from where. */
const VARY: Headers = { vary: 'Origin' }

/**
 * Every page may read what it is answered: one that is not allowed (LIN3) is told just that, which it could not tell
 * from a network that fails otherwise. Never with credentials: a customer's token travels in a header that the page sets itself.
 */
export function readableBy(origin: string | null, path: string): Headers {
  if (!ADDRESSES.test(path)) return {}
  if (origin === null) return VARY
  return { ...VARY, 'access-control-allow-origin': origin, 'access-control-expose-headers': EXPOSED }
}

/** A page may always ask: what comes after is refused by itself, in words that the page can read. */
export const preflight = (path: string): Route => ({
  method: 'OPTIONS',
  path,
  purpose: 'answer a preflight',
  handle: () => ({
    status: 204,
    headers: {
      'access-control-allow-methods': 'POST, PUT, DELETE',
      'access-control-allow-headers': 'authorization, content-type, idempotency-key',
      'access-control-max-age': '600',
    },
    body: '',
  }),
})
