// A shop's own back end, as small as it can be: it knows who is signed in, and vouches for them to the chat.
//
//   npm run -s porchlight -- key create --identity --license 1   prints the secret, which no page ever sees
//   IDENTITY_SECRET=… node demo/back-end/server.mjs                  and the pages of demo/ are at http://127.0.0.1:4700/demo/sdk/
import { createHmac, randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

const { IDENTITY_SECRET, PORT = '4700', PORCHLIGHT = 'http://127.0.0.1:4600' } = process.env
if (!IDENTITY_SECRET) throw new Error('unable to vouch for anyone; IDENTITY_SECRET is not set')

/** Yours come from a database, and have passwords. */
const customers = {
  ada: { name: 'Ada Palmer', email: 'ada@shop.example' },
  bo: { name: 'Bo Lindqvist', email: 'bo@shop.example' },
}
/** Who is signed in, by the cookie that their browser has. */
const sessions = new Map()

const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** What the chat believes, because nobody else has the secret. It is asked for anew whenever it is needed, so it may end soon. */
function identityToken(id) {
  const exp = Math.floor(Date.now() / 1000) + 3600
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: id, role: 'customer', ...customers[id], exp })}`
  return `${signed}.${createHmac('sha256', IDENTITY_SECRET).update(signed).digest('base64url')}`
}

const sessionOf = ({ headers }) => /session=([\w-]+)/.exec(headers.cookie)?.[1]

const routes = {
  async 'POST /session'(request) {
    const id = await text(request)
    if (!Object.hasOwn(customers, id)) return { status: 403 }
    const session = randomUUID()
    sessions.set(session, id)
    return { status: 204, headers: { 'set-cookie': `session=${session}; Path=/; HttpOnly; SameSite=Strict` } }
  },
  'DELETE /session'(request) {
    sessions.delete(sessionOf(request))
    return { status: 204 }
  },
  'GET /chat-token'(request) {
    const id = sessions.get(sessionOf(request))
    return id ? { status: 200, headers: { 'cache-control': 'no-store' }, body: identityToken(id) } : { status: 401 }
  },
}

const root = fileURLToPath(new URL('../..', import.meta.url))
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' }

/** The pages of `demo/`, whose script tags carry the address of the chat's server as yours would. */
async function page({ url }) {
  const path = normalize(url.split('?')[0]).replace(/\/$/, '/index.html')
  const type = path.startsWith('/demo/') && types[extname(path)]
  const file = type && (await readFile(join(root, path)).catch(() => undefined))
  if (!file) return { status: 404 }
  const body = type === 'text/html' ? String(file).replace(/src="(\/[\w-]+\.js)"/g, `src="${PORCHLIGHT}$1"`) : file
  return { status: 200, headers: { 'content-type': type }, body }
}

/** One request that cannot be answered is not the end of the shop. */
function failed(error) {
  console.error(error)
  return { status: 500 }
}

createServer(async (request, response) => {
  const handle = routes[`${request.method} ${request.url}`] ?? page
  const { status, headers, body } = await Promise.resolve(request).then(handle).catch(failed)
  response.writeHead(status, headers).end(body)
}).listen(Number(PORT), '127.0.0.1', function listening() {
  console.log(`The shop is at http://127.0.0.1:${this.address().port}/demo/sdk/`)
})
