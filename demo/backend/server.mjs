// A shop's own back end, as small as it can be: it knows who is signed in and vouches for them to the chat, tells them there
// when their order ships, and hears what is said there.
//
//   npm run -s demo:backend      beside `npm start`: makes the keys, and the shop is at http://127.0.0.1:4700/demo/sdk/
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { Porchlight, SignatureError } from 'porchlight/server-sdk'

const { IDENTITY_SECRET, PORCHLIGHT_API_KEY, PORT = '4700', PORCHLIGHT = 'http://127.0.0.1:4600' } = process.env

const porchlight = new Porchlight({ apiKey: PORCHLIGHT_API_KEY, identitySecret: IDENTITY_SECRET, baseUrl: PORCHLIGHT })

/** Shown once, when the webhook is registered: yours lies beside the API key. */
let webhookSecret

/** Tells this shop what is said, from now on. Whoever starts it anew registers anew. */
async function listenToChats(url) {
  for await (const webhook of porchlight.webhooks.list()) if (webhook.url === url) await porchlight.webhooks.unregister(webhook.id)
  webhookSecret = (await porchlight.webhooks.register({ url, events: ['incoming_event', 'chat_rated'] })).secret
}

/** Yours come from a database, and have passwords. */
const customers = {
  ada: { user_name: 'Ada Palmer', email: 'ada@shop.example' },
  bo: { user_name: 'Bo Lindqvist', email: 'bo@shop.example' },
}
/** Who is signed in, by the cookie that their browser has. */
const sessions = new Map()

const sessionOf = ({ headers }) => /session=([\w-]+)/.exec(headers.cookie)?.[1]
const signedIn = (request) => sessions.get(sessionOf(request))

/** The customer's support chat, made when they have none. */
async function chatOf(user_id) {
  await porchlight.users.create({ external_id: user_id })
  const [chat] = (await porchlight.chats.list({ user_id, kind: 'support', limit: 1 })).data
  return chat ?? porchlight.chats.create({ kind: 'support', users: [user_id] }, { idempotencyKey: `support-${user_id}` })
}

/** Nobody says it, and everybody sees it. The order's number keeps it from being said twice. */
async function tellOfShipping(user_id, order) {
  const { id } = await chatOf(user_id)
  const said = { type: 'system', text: `Order ${order} is on its way.`, properties: { shop: { order } } }
  return porchlight.events.send(id, said, { idempotencyKey: `shipped-${order}` })
}

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
  async 'GET /chat-token'(request) {
    const user_id = signedIn(request)
    if (!user_id) return { status: 401 }
    const { token } = await porchlight.auth.createToken({ user_id, ...customers[user_id], expires_in: 3600 })
    return { status: 200, headers: { 'cache-control': 'no-store' }, body: token }
  },
  async 'POST /ship'(request) {
    const user_id = signedIn(request)
    if (!user_id) return { status: 401 }
    await tellOfShipping(user_id, await text(request))
    return { status: 204 }
  },
  async 'POST /webhook'(request) {
    const body = await text(request)
    try {
      const { type, data } = porchlight.webhooks.verify(request.headers, body, webhookSecret)
      console.log(`${type}: ${data.event?.text ?? data.rating?.value ?? ''}`)
      return { status: 204 }
    } catch (error) {
      if (error instanceof SignatureError) return { status: 400, body: error.message }
      throw error
    }
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
}).listen(Number(PORT), '127.0.0.1', async function listening() {
  const url = `http://127.0.0.1:${this.address().port}`
  if (PORCHLIGHT_API_KEY) await listenToChats(`${url}/webhook`)
  console.log(`The shop is at ${url}/demo/sdk/`)
})
