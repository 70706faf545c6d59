/** Somebody's web site: a small server on an origin of its own that serves a page with the headers the site insists on. */
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { extname } from 'node:path'
import { type HostPage, page } from './host-page.ts'

const TYPES: Readonly<Record<string, string>> = {
  '': 'text/html; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
}

export class HostServer {
  readonly #server: Server

  private constructor(server: Server) {
    this.#server = server
  }

  static async serve({ html = page(''), headers = {}, files = {} }: HostPage): Promise<HostServer> {
    const server = createServer(({ url = '/' }, response) => {
      const { pathname } = new URL(url, 'http://host')
      if (pathname === '/favicon.ico') return response.writeHead(204).end()
      const type = TYPES[extname(pathname)] ?? 'text/plain'
      return response.writeHead(200, { 'content-type': type, ...headers }).end(files[pathname] ?? html)
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
