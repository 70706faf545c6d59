/** The real gateway over a real store, reached through the network in memory instead of a port. */
import { Readable } from 'node:stream'
import { createMemoryBus } from '../server/bus/memory.ts'
import { createReach } from '../server/domain/addresses.ts'
import { Refusal } from '../server/domain/refusal.ts'
import type { Files } from '../server/files/files.ts'
import { apiRoutes } from '../server/gateway/api.ts'
import type { Clock } from '../server/gateway/clock.ts'
import { fileRoute } from '../server/gateway/files.ts'
import { Gateway } from '../server/gateway/gateway.ts'
import { silentLog } from '../server/gateway/log.ts'
import { Metrics } from '../server/gateway/metrics.ts'
import type { Parts } from '../server/gateway/parts.ts'
import { createRateLimiter } from '../server/gateway/ratelimit.ts'
import { type HttpAsked, type HttpReply, refused } from '../server/gateway/routes.ts'
import type { Store } from '../server/store/store.ts'
import type { Caller, FarEnd, FarRequest, HttpAnswer } from './network.ts'
import type { Random } from './random.ts'

export interface FarEndOptions {
  readonly store: Store
  readonly clock: Clock
  readonly random: Random
  readonly files: Files
  /** Parts to use in place of the usual ones. */
  readonly parts?: Partial<Parts>
}

export interface TestServer extends FarEnd {
  readonly gateway: Gateway
  /** The file at an address, as a browser gets it. */
  read(url: string): Promise<{ readonly status: number; readonly bytes: Buffer }>
}

const NOBODY: Caller = { origin: null, address: '127.0.0.1', cookie: null }

export function createFarEnd({ store, files, clock, random, parts = {} }: FarEndOptions): TestServer {
  const id = () => random.id()
  const rates = createRateLimiter({ clock })
  const usual = {
    store,
    files,
    clock,
    bus: createMemoryBus(),
    log: silentLog,
    metrics: new Metrics(),
    rates,
    reach: createReach(),
    id,
    random: () => random.next(),
  }
  const gateway = new Gateway({ ...usual, ...parts }, null)
  const refuse = (error: unknown, { name, request_id }: HttpAsked) => refused(gateway.refusalFor(error, name, request_id))
  const routes = apiRoutes(gateway)
  const file = fileRoute(gateway)
  return {
    gateway,
    accept: (wire, handshake) => gateway.acceptSocket(wire, handshake),
    async fetch(request, caller) {
      const told: Record<string, string> = {}
      const asked = { ...askedBy(request, caller, id()), tell: (headers: object) => void Object.assign(told, headers) }
      const route = routes.find(({ method, path }) => method === asked.method && path.replace(':name', asked.name) === asked.path)
      if (!route) return respond(refused(new Refusal('not_found', 'unable to find the address; there is nothing here')))
      const reply = await Promise.resolve(route.handle(asked)).catch((error: unknown) => refuse(error, asked))
      return respond({ ...reply, headers: { ...told, ...reply.headers } })
    },
    async read(url) {
      const asked = askedBy({ method: 'GET', url }, NOBODY, id())
      const named = { ...asked, name: asked.path.replace('/files/', '') }
      const { status, body } = await Promise.resolve(file.handle(named)).catch((error: unknown) => refuse(error, named))
      return { status, bytes: body instanceof Readable ? Buffer.concat(await body.toArray()) : Buffer.from(body) }
    },
  }
}

/** A request as the HTTP server would have read it. */
function askedBy({ method, url, headers = {}, body, bytes, incoming }: FarRequest, caller: Caller, request_id: string): HttpAsked {
  const { pathname, searchParams, host } = new URL(url)
  const lowered = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
  return {
    method,
    path: pathname,
    name: pathname.split('/').at(-1) ?? '',
    body: body ?? '',
    incoming: incoming ?? { bytes: Readable.from(bytes ? [bytes] : []), gone: () => false },
    request_id,
    license: searchParams.get('license'),
    client_id: searchParams.get('client_id'),
    host,
    ...caller,
    header: (name) => lowered.get(name) ?? null,
    query: (name) => searchParams.get(name),
    tell: () => {},
  }
}

const respond = ({ status, headers, body }: HttpReply): HttpAnswer => ({
  status,
  body: body.toString(),
  header: (name) => headers[name.toLowerCase()] ?? null,
})
