/** The files that browsers load: scripts for any site, and the server's own pages under a strict policy. Read once, kept in memory. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import { pageHeaders } from './pages.ts'
import { type HttpAsked, type HttpReply, json, type Route } from './routes.ts'

export interface Assets {
  readonly routes: readonly Route[]
  /** The scripts by name, with the hashes that a page may pin them to. */
  readonly integrity: Readonly<Record<string, string>>
}

interface Asset {
  readonly type: string
  readonly body: Buffer
  readonly etag: string
  /** Made when first asked for, unless the build brought it. */
  brotli: Promise<Buffer> | null
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
}

const COMPRESSED = new Set(['.html', '.js', '.css', '.json', '.map', '.svg', '.txt', '.webmanifest'])

const FOREVER = 'public, max-age=31536000, immutable'
const SHORTLY = 'public, max-age=300, stale-while-revalidate=86400'
/** Scripts are for pages of any origin, also those that isolate themselves. */
const FOR_ANY_SITE = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' } as const

export interface AssetOptions {
  /** The folder whose files appear under `/`. */
  readonly directory: string
  readonly version: string
  /** Where `/` leads; without it a short page says what this is. */
  readonly home: string | null
}

export function loadAssets({ directory, version, home }: AssetOptions): Assets {
  const assets = new Map(filesIn(directory).map((path) => [path, read(directory, path)]))
  const scripts = [...assets].filter(([path]) => /^[\w-]+\.js$/.test(path))
  const integrity = Object.fromEntries(scripts.map(([path, { body }]) => [path, sri(body)]))
  const files = [...assets].flatMap(([path, asset]) => routesOf(path, asset))
  const pinned = scripts.map(([path, asset]) =>
    get(`/assets/${version}/${path}`, (asked) => reply(asset, asked, { ...FOR_ANY_SITE, 'cache-control': FOREVER })),
  )
  const hashes = get(`/assets/${version}/integrity.json`, () => json(integrity, { ...FOR_ANY_SITE, 'cache-control': SHORTLY }))
  return { integrity, routes: [...files, ...pinned, hashes, ...(assets.has('index.html') ? [] : [get('/', () => landing(home))])] }
}

function filesIn(directory: string): string[] {
  if (!existsSync(directory)) return []
  const found = readdirSync(directory, { recursive: true, withFileTypes: true })
  return found
    .filter((entry) => entry.isFile() && extname(entry.name) in TYPES)
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).split(sep).join('/'))
}

function read(directory: string, path: string): Asset {
  const body = readFileSync(join(directory, path))
  const ready = join(directory, `${path}.br`)
  return {
    type: TYPES[extname(path)] as string,
    body,
    etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
    brotli: existsSync(ready) ? Promise.resolve(readFileSync(ready)) : null,
  }
}

/** A page stands for its folder; the folder without its slash leads there. */
function routesOf(path: string, asset: Asset): Route[] {
  const page = (asked: HttpAsked) => serve(path, asset, asked)
  if (!path.endsWith('index.html')) return [get(`/${path}`, page)]
  const folder = `/${path.slice(0, -'index.html'.length)}`
  const bare = folder === '/' ? [] : [get(folder.slice(0, -1), () => redirect(folder))]
  return [get(folder, page), get(`/${path}`, page), ...bare]
}

const get = (path: string, handle: Route['handle']): Route => ({ method: 'GET', path, purpose: 'load the file', handle })

const redirect = (location: string): HttpReply => ({ status: 302, headers: { location }, body: '' })

function serve(path: string, asset: Asset, asked: HttpAsked): Promise<HttpReply> | HttpReply {
  if (path.endsWith('.html')) return reply(asset, asked, { 'cache-control': 'no-cache', ...pageHeaders(path, asked.host) })
  // What the bundler named by its content never changes.
  if (/\/assets\/[^/]+-[\w-]{8}\.\w+$/.test(`/${path}`)) return reply(asset, asked, { 'cache-control': FOREVER })
  return reply(asset, asked, { ...FOR_ANY_SITE, 'cache-control': SHORTLY })
}

async function reply(asset: Asset, asked: HttpAsked, headers: Readonly<Record<string, string>>): Promise<HttpReply> {
  const all = { 'content-type': asset.type, etag: asset.etag, vary: 'Accept-Encoding', ...headers }
  if (asked.header('if-none-match') === asset.etag) return { status: 304, headers: all, body: '' }
  const brotli = /\bbr\b/.test(asked.header('accept-encoding') ?? '') && compresses(asset)
  if (!brotli) return { status: 200, headers: all, body: asset.body }
  asset.brotli ??= compress(asset.body, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })
  return { status: 200, headers: { ...all, 'content-encoding': 'br' }, body: await asset.brotli }
}

const compress = promisify(brotliCompress)
const compresses = ({ type, body }: Asset) => body.length > 256 && [...COMPRESSED].some((extension) => TYPES[extension] === type)
const sri = (body: Buffer) => `sha384-${createHash('sha384').update(body).digest('base64')}`

function landing(home: string | null): HttpReply {
  if (home !== null) return redirect(home)
  return {
    status: 200,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body: 'This is a Porchlight server. The inbox is at /inbox/.\n',
  }
}
