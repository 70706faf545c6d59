/** HTTP on one port: the only file that knows fastify. It turns requests into plain data for the routes, and replies back. */
import type { IncomingMessage } from 'node:http'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { MAX_FILE_BYTES, MAX_FRAME_BYTES, UPLOAD_IDLE_MS, UPLOAD_TIMEOUT_MS } from '../../protocol/limits.ts'
import { Refusal } from '../domain/refusal.ts'
import { addressOf, type Trust } from './address.ts'
import { apiRoutes } from './api.ts'
import type { Assets } from './assets.ts'
import { chatPageRoutes } from './chat-page.ts'
import { readableBy } from './cors.ts'
import { fileRoute } from './files.ts'
import type { Gateway } from './gateway.ts'
import { operationRoutes } from './operations.ts'
import { referenceRoutes } from './reference.ts'
import { type HttpAsked, type HttpReply, type Route, refused } from './routes.ts'

export interface HttpOptions {
  readonly gateway: Gateway
  readonly trust: Trust
  readonly assets: Assets
  /** What whoever reads the metrics must show; null when only this machine may. */
  readonly metricsToken: string | null
}

/** A client that dawdles over its request is not waited for. The library knows one such time for all, which is that of uploads. */
const REQUEST_TIMEOUT_MS = 30_000

export function createHttp({ gateway, trust, assets, metricsToken }: HttpOptions): FastifyInstance {
  const refuse = (error: unknown, request_id: string, purpose: string) => {
    const refusal = gateway.refusalFor(known(error, purpose), purpose, request_id)
    gateway.counts.refusals.add({ type: refusal.type })
    return refused(refusal)
  }
  const http = Fastify({
    logger: false,
    genReqId: () => gateway.parts.id(),
    bodyLimit: MAX_FRAME_BYTES,
    requestTimeout: UPLOAD_TIMEOUT_MS,
    routerOptions: { maxParamLength: 128 },
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    // Addresses that the router cannot even read.
    frameworkErrors: (error, request, reply) => answer(reply, refuse(error, request.id, 'find the address')),
  })
  http.removeAllContentTypeParsers()
  http.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
  const routes = [...programRoutes(gateway, metricsToken), ...chatPageRoutes(gateway.parts.store), ...assets.routes]
  http.register(async (scope) => {
    scope.addHook('onRequest', async ({ raw }) => hurry(raw))
    for (const route of routes.filter(({ streams }) => !streams)) register(scope, route, trust)
  })
  streaming(http, (scope) => {
    for (const route of routes.filter(({ streams }) => streams)) register(scope, route, trust)
  })
  http.setErrorHandler((error, request, reply) => answer(reply, refuse(error, request.id, purposeOf(request))))
  http.setNotFoundHandler((request, reply) =>
    answer(reply, refuse(new Refusal('not_found', 'unable to find the address; there is nothing here'), request.id, '')),
  )
  addHeaders(http, gateway)
  logRequests(http, gateway)
  return http
}

/** What programs call, and all of it stands in the document (DOC1). The rest are pages, and files for them. */
export const programRoutes = (gateway: Gateway, metricsToken: string | null): Route[] => [
  ...apiRoutes(gateway),
  fileRoute(gateway),
  ...operationRoutes(gateway, metricsToken),
  ...referenceRoutes(gateway),
]

/** Ends a request whose body is not there in time. */
function hurry(request: IncomingMessage): void {
  if (request.method === 'GET') return
  const late = setTimeout(() => request.destroy(), REQUEST_TIMEOUT_MS)
  request.once('close', () => clearTimeout(late))
}

/** Routes whose bodies are taken as they come. */
function streaming(http: FastifyInstance, add: (scope: FastifyInstance) => void): void {
  http.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, _body, done) => done(null))
    scope.addHook('onRequest', async ({ raw }) => void raw.setTimeout(UPLOAD_IDLE_MS))
    scope.addHook('onSend', async ({ headers }, reply) => {
      // Whatever is left of it is read and thrown away, which must have an end.
      const bounded = Number(headers['content-length']) <= 2 * MAX_FILE_BYTES
      if (!bounded) reply.header('connection', 'close')
    })
    add(scope)
  })
}

function register(http: FastifyInstance, { method, path, purpose, handle }: Route, trust: Trust): void {
  http.route({
    method,
    url: path,
    config: { purpose },
    handler: async (request, reply) => answer(reply, await handle(askedBy(request, reply, trust))),
  })
}

function askedBy(request: FastifyRequest, reply: FastifyReply, trust: Trust): HttpAsked {
  const { headers, raw } = request
  const header = (name: string) => {
    const value = headers[name]
    return value === undefined ? null : String(value)
  }
  const [path = '', query] = request.url.split('?', 2)
  const parameters = new URLSearchParams(query)
  const { name, '*': rest } = request.params as Partial<Record<string, string>>
  return {
    method: request.method,
    path,
    name: name ?? rest ?? '',
    body: typeof request.body === 'string' ? request.body : '',
    incoming: { bytes: raw, gone: () => reply.raw.destroyed },
    request_id: request.id,
    license: parameters.get('license'),
    client_id: parameters.get('client_id'),
    redirect_uri: parameters.get('redirect_uri'),
    origin: header('origin'),
    host: header('host'),
    cookie: header('cookie'),
    address: addressOf(raw.socket.remoteAddress ?? '', header('x-forwarded-for') ?? undefined, trust),
    header,
    query: (name) => parameters.get(name),
    tell: (headers) => void reply.headers(headers),
  }
}

function answer(reply: FastifyReply, { status, headers, body }: HttpReply): FastifyReply {
  return reply.code(status).headers(headers).send(body)
}

/** What the library refuses by itself, in the words of our table. */
function known(error: unknown, purpose: string): unknown {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : 500
  if (status === 413)
    return new Refusal('entity_too_large', `unable to ${purpose}; the body is over ${MAX_FRAME_BYTES} bytes`, { limit: MAX_FRAME_BYTES })
  if (typeof status === 'number' && status >= 400 && status < 500)
    return new Refusal('validation', `unable to ${purpose}; the request is malformed`)
  return error
}

const purposeOf = (request: FastifyRequest): string => {
  const { purpose } = request.routeOptions.config as { purpose?: string }
  return purpose ?? 'answer'
}

function addHeaders(http: FastifyInstance, gateway: Gateway): void {
  const { secure } = gateway.authenticator
  http.addHook('onSend', async (request, reply) => {
    reply.header('x-request-id', request.id).header('x-content-type-options', 'nosniff')
    reply.headers(readableBy(request.headers.origin ?? null, request.url))
    if (!reply.hasHeader('referrer-policy')) reply.header('referrer-policy', 'no-referrer')
    if (!reply.hasHeader('cross-origin-resource-policy')) reply.header('cross-origin-resource-policy', 'same-origin')
    if (secure) reply.header('strict-transport-security', 'max-age=31536000')
  })
}

/** Who asked for what and how it went: without the query, the body, or anything that proves who somebody is. */
function logRequests(http: FastifyInstance, gateway: Gateway): void {
  const { log } = gateway.parts
  http.addHook('onResponse', async (request, reply) => {
    const [path = ''] = request.url.split('?', 1)
    const fields = { request_id: request.id, method: request.method, path, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }
    if (path.startsWith('/v1/')) log.info(fields, 'request')
    else log.debug(fields, 'request')
  })
}
