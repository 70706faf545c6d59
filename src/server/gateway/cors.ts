/** Which pages of other origins may read what the customer side answers: those of the client that the address names, exactly. */
import { Refusal } from '../domain/refusal.ts'
import type { Asker, Authenticator } from './authenticate.ts'
import type { HttpAsked, HttpReply, Route } from './routes.ts'

type Headers = Readonly<Record<string, string>>

const ALLOWED: Headers = {
  'access-control-allow-methods': 'POST, DELETE',
  'access-control-allow-headers': 'authorization, content-type, idempotency-key',
  'access-control-max-age': '600',
}

/** Whatever is answered depends on who asked from where. */
const VARY: Headers = { vary: 'Origin' }

/** Never with credentials: a customer's token travels in a header that the page sets itself. */
async function headersFor(authenticator: Authenticator, asker: Asker): Promise<Headers> {
  if (asker.origin === null) return VARY
  try {
    await authenticator.client(asker, 'answer')
  } catch (error) {
    if (error instanceof Refusal) return VARY
    throw error
  }
  return { ...VARY, 'access-control-allow-origin': asker.origin, 'access-control-expose-headers': 'retry-after, x-request-id' }
}

/** The route with its answers, refusals included, made readable for allowed pages. */
export function withCors(authenticator: Authenticator, route: Route, refuse: (error: unknown, asked: HttpAsked) => HttpReply): Route {
  return {
    ...route,
    async handle(asked) {
      const headers = await headersFor(authenticator, asked)
      const reply = await Promise.resolve(asked)
        .then(route.handle)
        .catch((error: unknown) => refuse(error, asked))
      return { ...reply, headers: { ...reply.headers, ...headers } }
    },
  }
}

export const preflight = (authenticator: Authenticator, path: string): Route => ({
  method: 'OPTIONS',
  path,
  purpose: 'answer a preflight',
  async handle(asked) {
    await authenticator.client(asked, 'answer a preflight')
    return { status: 204, headers: { ...ALLOWED, ...(await headersFor(authenticator, asked)) }, body: '' }
  },
})
