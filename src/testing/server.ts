/** A whole server on a port of its own and a folder that goes with it, with an organization and clients of every kind. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer, type Server, type ServerOptions } from '../server/index.ts'

export interface RunningServer extends Server {
  readonly url: string
  /** What its own pages send as `Origin`. */
  readonly origin: string
  readonly data: string
  readonly agent: { readonly email: string; readonly password: string }
  fetch(path: string, init?: RequestInit): Promise<Response>
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>
  /** The end, and the end of its folder. */
  stop(): Promise<void>
}

export const SHOP = 'https://shop.test'

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
  return {
    ...server,
    url,
    origin: url,
    data,
    agent,
    fetch: call,
    post: (path, body, headers = {}) => {
      const text = typeof body === 'string' ? body : JSON.stringify(body)
      return call(path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: text })
    },
    async stop() {
      await server.close()
      rmSync(data, { recursive: true, force: true })
    },
  }
}
