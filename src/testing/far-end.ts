/** The real gateway over a real store, reached through the network in memory instead of a port. */
import { ERRORS } from '../protocol/errors.ts'
import type { HttpRequest, HttpResponse } from '../sdk/kit/environment.ts'
import { createMemoryBus } from '../server/bus/memory.ts'
import { Refusal } from '../server/domain/refusal.ts'
import type { Asker } from '../server/gateway/authenticate.ts'
import type { Clock } from '../server/gateway/clock.ts'
import { writeSessionCookie } from '../server/gateway/cookies.ts'
import { Gateway } from '../server/gateway/gateway.ts'
import { silentLog } from '../server/gateway/log.ts'
import { Metrics } from '../server/gateway/metrics.ts'
import type { Parts } from '../server/gateway/parts.ts'
import { createRateLimiter } from '../server/gateway/ratelimit.ts'
import type { Store } from '../server/store/store.ts'
import type { Caller, FarEnd } from './network.ts'
import type { Random } from './random.ts'

export interface FarEndOptions {
  readonly store: Store
  readonly clock: Clock
  readonly random: Random
  /** Parts to use in place of the usual ones. */
  readonly parts?: Partial<Parts>
}

export interface TestServer extends FarEnd {
  readonly gateway: Gateway
}

export function createFarEnd({ store, clock, random, parts = {} }: FarEndOptions): TestServer {
  const gateway = new Gateway(
    {
      store,
      clock,
      bus: createMemoryBus(),
      log: silentLog,
      metrics: new Metrics(),
      rates: createRateLimiter({ clock }),
      id: () => random.id(),
      random: () => random.next(),
      fail: () => {},
      ...parts,
    },
    null,
  )
  return {
    gateway,
    accept: (wire, handshake) => gateway.acceptSocket(wire, handshake),
    fetch: (request, caller) => answer(gateway, request, caller),
  }
}

/** The few addresses that are asked before a socket can open; the HTTP server's own tests cover the rest. */
async function answer(gateway: Gateway, request: HttpRequest, caller: Caller): Promise<HttpResponse> {
  const { pathname, searchParams, host } = new URL(request.url)
  const asker: Asker = { license: searchParams.get('license'), client_id: searchParams.get('client_id'), host, ...caller }
  const body: unknown = JSON.parse(request.body ?? '{}')
  try {
    switch (`${request.method} ${pathname}`) {
      case 'POST /v1/customer/token':
        return respond(200, await gateway.customerTokens.grant(asker, body))
      case 'DELETE /v1/customer/token':
        return respond(200, (await gateway.customerTokens.forget(asker, body)) ?? {})
      case 'POST /v1/agent/session': {
        const { secret, response } = await gateway.agentSessions.signIn(asker, body)
        return respond(200, response, writeSessionCookie(secret, false))
      }
      case 'DELETE /v1/agent/session':
        return respond(200, (await gateway.agentSessions.signOut(asker)) ?? {})
      default:
        return respond(404, {})
    }
  } catch (error) {
    if (error instanceof Refusal) return respond(ERRORS[error.type].status, { error: error.body() })
    throw error
  }
}

const respond = (status: number, body: object, cookie?: string): HttpResponse => ({
  status,
  body: JSON.stringify(body),
  header: (name) => (name.toLowerCase() === 'set-cookie' ? (cookie ?? null) : null),
})
