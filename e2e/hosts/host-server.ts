/** Somebody's web site: a small server on an origin of its own that serves one page with the headers the site insists on. */
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { HostPage } from './pages.ts'

const TYPES = { html: 'text/html; charset=utf-8', js: 'text/javascript; charset=utf-8' } as const

export class HostServer {
  readonly #server: Server

  private constructor(server: Server) {
    this.#server = server
  }

  static async serve({ html, headers = {}, scripts = {} }: HostPage): Promise<HostServer> {
    const server = createServer(({ url = '/' }, response) => {
      const script = scripts[url]
      if (script !== undefined) return response.writeHead(200, { 'content-type': TYPES.js }).end(script)
      if (url === '/favicon.ico') return response.writeHead(204).end()
      return response.writeHead(200, { 'content-type': TYPES.html, ...headers }).end(html)
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    return new HostServer(server)
  }

  /** Another origin than the chat's, and another site by name. */
  get url(): string {
    const address = this.#server.address()
    if (address === null || typeof address === 'string') throw new Error('unable to name the page; the server does not listen')
    return `http://localhost:${address.port}/`
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }
}
