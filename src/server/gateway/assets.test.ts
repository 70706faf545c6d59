/** Files for browsers: the right headers for each, compressed where that helps, and nothing else from the disk. */
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Assets, loadAssets } from './assets.ts'
import type { HttpAsked, HttpReply } from './routes.ts'

let directory: string
let assets: Assets
const widget = `globalThis.Porchlight = ${JSON.stringify('x'.repeat(5000))}`
const loader = `import("widget.js") // ${'x'.repeat(500)}`

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'porchlight-assets-'))
  const files = {
    'widget.js': widget,
    'inbox/index.html': '<!doctype html><title>Inbox</title>',
    'inbox/assets/main-AbC1d2_3.js': 'export {}',
    'demo/index.html': '<!doctype html><title>Shop</title>',
    'native/index.html': '<!doctype html><title>App</title>',
    'icons/light.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
    'secrets.env': 'TOKEN=1',
    'loader.js': loader,
    'loader.js.br': brotliCompressSync(loader),
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(directory, path, '..'), { recursive: true })
    writeFileSync(join(directory, path), text)
  }
  assets = loadAssets({ directory, version: '1.2.3', home: '/demo/' })
})
afterAll(() => rmSync(directory, { recursive: true }))

async function get(path: string, headers: Record<string, string> = {}): Promise<HttpReply> {
  const route = assets.routes.find((one) => one.path === path)
  if (!route) throw new Error(`there is no ${path}`)
  const asked = { path, host: 'chat.test:4600', header: (name: string) => headers[name] ?? null } as HttpAsked
  return route.handle(asked)
}

describe('scripts', () => {
  test('are for pages of any site, and kept for minutes', async () => {
    const { headers, body } = await get('/widget.js')
    expect(String(body)).toBe(widget)
    expect(headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': expect.stringContaining('max-age=300'),
    })
  })

  test('by version they are kept for ever, and can be pinned', async () => {
    const { headers } = await get('/assets/1.2.3/widget.js')
    expect(headers['cache-control']).toContain('immutable')
    const { body } = await get('/assets/1.2.3/integrity.json')
    const hash = (script: string) => `sha384-${createHash('sha384').update(script).digest('base64')}`
    expect(JSON.parse(String(body))).toEqual({ 'widget.js': hash(widget), 'loader.js': hash(loader) })
  })

  test('that were packed ahead go out as they were weighed', async () => {
    const { headers, body } = await get('/loader.js', { 'accept-encoding': 'br' })
    expect(headers['content-encoding']).toBe('br')
    expect(body).toEqual(readFileSync(join(directory, 'loader.js.br')))
    expect(assets.routes.filter(({ path }) => path.endsWith('.br'))).toEqual([])
  })

  test('come compressed to whoever takes that, and not at all to whoever has them', async () => {
    const { headers, body } = await get('/widget.js', { 'accept-encoding': 'gzip, br' })
    expect(headers).toMatchObject({ 'content-encoding': 'br', vary: 'Accept-Encoding' })
    expect(brotliDecompressSync(body as Buffer).toString()).toBe(widget)
    expect((body as Buffer).length).toBeLessThan(200)
    const again = await get('/widget.js', { 'if-none-match': headers['etag'] ?? '' })
    expect([again.status, again.body]).toEqual([304, ''])
  })
})

describe('pages', () => {
  test('the one in an app’s web view asks this server, runs its own script, and stands in no frame', async () => {
    const { headers } = await get('/native/')
    const policy = (headers['content-security-policy'] ?? '').split('; ')
    expect(policy.sort()).toEqual([
      "base-uri 'none'",
      "connect-src 'self'",
      "default-src 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      "script-src 'self'",
      "trusted-types 'none'",
    ])
    expect(headers).toMatchObject({ 'x-frame-options': 'DENY', 'cross-origin-opener-policy': 'same-origin' })
  })

  test('the inbox may do next to nothing', async () => {
    const { headers } = await get('/inbox/')
    const policy = headers['content-security-policy'] ?? ''
    for (const rule of [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "connect-src 'self' ws://chat.test:4600 wss://chat.test:4600",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
    ]) {
      expect(policy.split('; ')).toContain(rule)
    }
    expect(headers['cache-control']).toBe('no-cache')
    expect(headers['access-control-allow-origin']).toBeUndefined()
  })

  test('a host made up to reach into the policy is left out', async () => {
    const route = assets.routes.find(({ path }) => path === '/inbox/')
    const asked = { path: '/inbox/', host: "x; script-src 'unsafe-inline'", header: () => null } as unknown as HttpAsked
    expect((await route?.handle(asked))?.headers['content-security-policy']).not.toContain('unsafe-inline')
  })

  test('what the bundler named by its content never changes', async () => {
    const { headers } = await get('/inbox/assets/main-AbC1d2_3.js')
    expect(headers['cache-control']).toContain('immutable')
  })

  test('the demo is a page like anybody’s', async () => {
    const { headers } = await get('/demo/')
    expect(headers['content-security-policy']).toBeUndefined()
    expect((await get('/demo')).headers['location']).toBe('/demo/')
    const home = await get('/')
    expect([home.status, home.headers['location']]).toEqual([302, '/demo/'])
  })
})

test('only files of a known type are served', () => {
  expect(assets.routes.map(({ path }) => path)).not.toContain('/secrets.env')
})

test('without a build there is still a server', () => {
  const { routes } = loadAssets({ directory: join(directory, 'nothing'), version: '1.2.3', home: null })
  expect(routes.map(({ path }) => path)).toEqual(['/assets/1.2.3/integrity.json', '/'])
})
