/** A whole server on a port of its own and a folder that goes with it, with an organization and clients of every kind. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ErrorBody } from '../protocol/errors.ts'
import type { Scope } from '../protocol/scopes.ts'
import type { TokenResponse } from '../protocol/tokens.ts'
import { createServer, type Server, type ServerOptions } from '../server/index.ts'

export interface RunningServer extends Server {
  readonly url: string
  /** What its own pages send as `Origin`. */
  readonly origin: string
  readonly data: string
  readonly agent: { readonly email: string; readonly password: string }
  fetch(path: string, init?: RequestInit): Promise<Response>
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>
  /** Uploads a file as a page would. */
  upload(token: TokenResponse, file: File | null, fields?: Record<string, string>, query?: string): Promise<Response>
  /** The tokens of a visitor to the shop; the same name is the same visitor. */
  token(visitor: string): Promise<TokenResponse>
  /** A key for a back end, with these scopes or all. */
  apiKey(scope?: readonly Scope[]): Promise<{ id: string; secret: string }>
  /** A secret with which a back end signs by itself. */
  identitySecret(): Promise<string>
  /** The end, and the end of its folder. */
  stop(): Promise<void>
}

export const SHOP = 'https://shop.test'
export const TOKEN_PATH = '/v1/customer/token?license=1&client_id=shop'
export const customerAction = (name: string, client = 'shop') => `/v1/customer/action/${name}?license=1&client_id=${client}`
/** As long as the protocol wants it, and the same for the same name. */
export const visitorKey = (name: string) => name.padEnd(22, '.')

/** How a request was refused, with its status. */
export async function errorOf(asked: Promise<Response> | Response): Promise<{ status: number } & ErrorBody> {
  const response = await asked
  return { status: response.status, ...((await response.json()) as { error: ErrorBody }).error }
}

export async function startServer(options: Partial<ServerOptions> = {}): Promise<RunningServer> {
  const data = options.data ?? mkdtempSync(join(tmpdir(), 'porchlight-server-'))
  const server = await createServer({ port: 0, ...options, data })
  await server.administer('org create', { name: 'Shop' })
  await server.administer('client create', { id: 'shop', origin: [SHOP] })
  await server.administer('client create', { id: 'app', kind: 'native' })
  const agent = { email: 'robin@shop.test', password: 'correct horse' }
  await server.administer('agent create', { ...agent, name: 'Robin' })
  const { url } = await server.listen()
  const call: RunningServer['fetch'] = (path, init) => fetch(url + path, { redirect: 'manual', ...init })
  const post: RunningServer['post'] = (path, body, headers = {}) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    return call(path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: text })
  }
  return {
    ...server,
    url,
    origin: url,
    data,
    agent,
    fetch: call,
    post,
    upload({ access_token }, file, fields = {}, query = '') {
      const form = new FormData()
      for (const [name, value] of Object.entries(fields)) form.append(name, value)
      if (file) form.append('file', file)
      const headers = { origin: SHOP, authorization: `Bearer ${access_token}` }
      return call(customerAction('upload_file') + query, { method: 'POST', headers, body: form })
    },
    async token(visitor) {
      const response = await post(TOKEN_PATH, { grant_type: 'anonymous', visitor_key: visitorKey(visitor) }, { origin: SHOP })
      if (!response.ok) throw new Error(`unable to get a token; ${response.status}`)
      return (await response.json()) as TokenResponse
    },
    async apiKey(scope) {
      return (await server.administer('key create', scope ? { scope } : {})) as { id: string; secret: string }
    },
    async identitySecret() {
      return ((await server.administer('key create', { identity: true })) as { secret: string }).secret
    },
    async stop() {
      await server.close()
      rmSync(data, { recursive: true, force: true })
    },
  }
}
