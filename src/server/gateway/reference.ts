/** Every address that a program may call: `/openapi.json` for programs (DOC1), `/docs/api` for people (DOC2). */
import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import { openApi } from '../../protocol/openapi/document.ts'
import { cookieName } from './cookies.ts'
import type { Gateway } from './gateway.ts'
import { pageHeaders } from './pages.ts'
import { referencePage, STYLES } from './reference/page.ts'
import { referenceStyles } from './reference/styles.ts'
import type { HttpAsked, HttpReply, Route } from './routes.ts'

/** Tools that draw or try an API run on pages of any origin. */
const FOR_ANY_SITE = {
  'content-type': 'application/json; charset=utf-8',
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
} as const

export function referenceRoutes({ authenticator }: Gateway): Route[] {
  const document = () => openApi({ cookie: cookieName(authenticator.secure) })
  const get = (path: string, handle: Route['handle']): Route => ({ method: 'GET', path, purpose: 'read the document', handle })
  return [
    get(
      '/openapi.json',
      madeOnce(() => JSON.stringify(document()), FOR_ANY_SITE),
    ),
    get(
      '/docs/api',
      madeOnce(() => referencePage(document()), { ...pageHeaders('docs/api', null), 'content-type': 'text/html; charset=utf-8' }),
    ),
    get(
      STYLES,
      madeOnce(() => referenceStyles, { 'content-type': 'text/css; charset=utf-8' }),
    ),
  ]
}

/** Made when it is first asked for: most servers live without. Always asked after, since a new release has another. */
function madeOnce(make: () => string, headers: Readonly<Record<string, string>>): (asked: HttpAsked) => Promise<HttpReply> {
  let made: ReturnType<typeof pack> | null = null
  return async (asked) => {
    made ??= pack(make())
    const { body, etag, brotli } = await made
    const all = { ...headers, etag, 'cache-control': 'no-cache', vary: 'Accept-Encoding' }
    if (asked.header('if-none-match') === etag) return { status: 304, headers: all, body: '' }
    const packed = /\bbr\b/.test(asked.header('accept-encoding') ?? '')
    return packed ? { status: 200, headers: { ...all, 'content-encoding': 'br' }, body: brotli } : { status: 200, headers: all, body }
  }
}

const compress = promisify(brotliCompress)

async function pack(text: string) {
  const body = Buffer.from(text)
  const brotli = await compress(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })
  return { body, brotli, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"` }
}
