/** Somebody's site with the widget on it, by a tag with attributes of its own, and what the visitor's browser did because of it. */
import type { Page, Request } from '@playwright/test'
import { HostServer } from '../hosts/host-server.ts'
import type { ServerProcess } from '../server.ts'

export type ScriptName = 'widget.js' | 'loader.js'

export const tagOf = (server: string, attributes = '', script: ScriptName = 'widget.js') =>
  `<script async src="${server}/${script}" data-license="1" data-client-id="demo" ${attributes}></script>`

/** A page around the tag. `body` comes before it. */
export const pageWith = (tags: string, body = '') =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A shop</title><link rel="icon" href="data:,"></head>
  <body><h1>A shop</h1>${body}${tags}</body></html>`

export const site = (server: ServerProcess, attributes = '', script: ScriptName = 'widget.js', body = '') =>
  HostServer.serve({ html: pageWith(tagOf(server.url, attributes, script), body) })

/** Counts from now on what leaves the page for the chat's server. */
export function watchTraffic(page: Page, server: ServerProcess) {
  const requests: string[] = []
  const sockets: string[] = []
  page.on('request', (request: Request) => {
    const url = new URL(request.url())
    if (url.origin === server.url) requests.push(`${request.method()} ${url.pathname}`)
  })
  page.on('websocket', (socket) => sockets.push(socket.url()))
  return { requests, sockets }
}

/** Everything that a page may leave in a browser, by name. */
export async function storedBy(page: Page): Promise<string[]> {
  const inPage = await page.evaluate(async () => [
    ...Object.keys(localStorage).map((key) => `local ${key}`),
    ...Object.keys(sessionStorage).map((key) => `session ${key}`),
    ...(await indexedDB.databases()).map(({ name }) => `database ${name}`),
    ...(globalThis.isSecureContext ? await caches.keys() : []).map((name) => `cache ${name}`),
  ])
  const cookies = await page.context().cookies()
  return [...inPage, ...cookies.map(({ name }) => `cookie ${name}`)].sort()
}
