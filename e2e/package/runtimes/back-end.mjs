// A host's back end, whatever runs it: `back-end.mjs <server> <API key> <identity secret>` uses each kind of call once, and prints what came of it.
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { Readable } from 'node:stream'
import { init } from 'porchlight'
import { initAgent } from 'porchlight/agent'
import { rich } from 'porchlight/rich'
import { Porchlight } from 'porchlight/server-sdk'

// Node has a WebSocket of its own since version 22.
globalThis.WebSocket ??= (await import('ws')).WebSocket

const [baseUrl, apiKey, identitySecret] = process.argv.slice(2)
const porchlight = new Porchlight({ apiKey, baseUrl })

/** What a call is refused with. @param {Promise<unknown>} call */
const refusal = (call) =>
  call.then(
    () => 'nothing',
    ({ name, code, status }) => [name, code, status].join(' ').trim(),
  )

async function overHttp() {
  const ann = await porchlight.users.create({ external_id: 'ann', display_name: 'Ann' })
  const chat = await porchlight.chats.create({ kind: 'group', name: 'Order #1', users: ['ann', 'ben'] })
  await porchlight.events.send(chat.id, { user_id: ann.id, type: 'text', text: 'Hello' })
  const uploads = {
    'bytes.txt': new TextEncoder().encode('bytes'),
    'blob.txt': new Blob(['blob']),
    'node.txt': Readable.from([Buffer.from('a stream '), Buffer.from('of Node')]),
    'web.txt': new Blob(['a stream of the web']).stream(),
  }
  for (const [name, bytes] of Object.entries(uploads)) {
    const { file_id } = await porchlight.files.upload(bytes, { name })
    await porchlight.events.send(chat.id, { user_id: 'ann', type: 'file', file_id })
  }
  const events = []
  for await (const { text, name, url } of porchlight.events.list(chat.id, { order: 'asc', limit: 2 })) {
    events.push(text ?? `${name}: ${await (await fetch(url)).text()}`)
  }
  return { chat: chat.id, events }
}

async function refusals() {
  const silent = createServer(() => {}).listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const { port } = /** @type {import('node:net').AddressInfo} */ (silent.address())
  const at = (/** @type {string} */ baseUrl) => new Porchlight({ apiKey, baseUrl, timeout: 500, maxRetries: 0 })
  const refused = {
    missing: await refusal(porchlight.chats.get('missing')),
    aborted: await refusal(porchlight.chats.get('missing', { signal: AbortSignal.abort() })),
    late: await refusal(at(`http://127.0.0.1:${port}`).chats.get('missing')),
    unreachable: await refusal(at('http://127.0.0.1:1').chats.get('missing')),
  }
  silent.closeAllConnections()
  silent.close()
  return refused
}

function webhook() {
  const [id, at, body] = ['msg_1', String(Math.floor(Date.now() / 1000)), '{"type":"incoming_event","data":{}}']
  const key = Buffer.alloc(32, 'a secret of a webhook')
  const signature = createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64')
  const headers = new Headers({ 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': `v1,${signature}` })
  return porchlight.webhooks.verify(headers, body, `whsec_${key.toString('base64')}`).type
}

/** With tokens that are signed here, without a request. @param {string} chat */
async function overSockets(chat) {
  const signing = new Porchlight({ identitySecret, baseUrl })
  const token = async (/** @type {string} */ user_id, /** @type {'customer' | 'agent'} */ role) =>
    (await signing.auth.createToken({ user_id, role })).token
  const sdk = init({ license: 1, clientId: 'back-end', server: baseUrl, getToken: () => token('ann', 'customer') })
  const connected = new Promise((resolve) => sdk.once('connected', resolve))
  const heard = new Promise((resolve) => sdk.once('new_event', ({ event }) => resolve(event.text)))
  await connected
  const { text } = await sdk.sendMessage(chat, { text: 'Over a socket' })
  await porchlight.events.send(chat, { user_id: 'ben', type: 'text', text: 'And back' })
  const back = await heard
  sdk.destroy()
  const agent = initAgent({ server: baseUrl, license: 1, getToken: () => token('robin', 'agent') })
  const { name } = await agent.connect()
  agent.destroy()
  return { text, back, agent: name }
}

/** Two users and an agent among themselves, by what extends their clients. */
async function amongUsers() {
  const token = async (/** @type {string} */ user_id, /** @type {'customer' | 'agent'} */ role) =>
    (await porchlight.auth.createToken({ user_id, role })).token
  const client = (/** @type {string} */ name) =>
    rich(init({ license: 1, clientId: 'back-end', server: baseUrl, getToken: () => token(name, 'customer') }))
  const [ann, ben] = [client('ann'), client('ben')]
  await Promise.all([ann, ben].map((sdk) => new Promise((resolve) => sdk.on('connected', resolve))))
  const robin = rich(initAgent({ server: baseUrl, license: 1, getToken: () => token('robin', 'agent') }))
  await robin.connect()
  const { id } = await ann.createChat({ users: ['ben', 'robin'], name: 'Trip' })
  const { file_id } = await ann.uploadAttachment(new Blob(['a photo']), { name: 'photo.txt' })
  const told = new Promise((resolve) => ben.on('user_mentioned', resolve))
  const sent = await ann.sendMessage(id, { text: 'Look', attachments: [file_id], mentions: ['ben'] })
  await told
  const heard = new Promise((resolve) => ann.chat(id).on('reaction_added', ({ emoji }) => resolve(emoji)))
  await robin.addReaction(id, sent.id, '👍')
  const emoji = await heard
  await robin.sendMessage(id, { text: 'A reply', replyTo: sent.id })
  const { events } = await ben.listReplies(id, sent.id)
  const present = Object.keys(await ben.getPresence(id)).length
  for (const sdk of [ann, ben, robin]) sdk.destroy()
  return { emoji, present, replies: events.map(({ text }) => text), file: sent.attachments?.[0]?.name, status: ann.status }
}

const { chat, events } = await overHttp()
console.log(
  JSON.stringify({ events, refusals: await refusals(), webhook: webhook(), sockets: await overSockets(chat), rich: await amongUsers() }),
)
