/** Bad input over a real socket: each a typed error, the server keeps serving, and nothing has changed. */
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { createServer, type Server } from '../../src/server/index.ts'

interface Answer {
  readonly success: boolean
  readonly payload: {
    readonly error?: { readonly type: string; readonly message: string; readonly data?: { readonly path?: string } }
    readonly chat?: { id: string }
  }
}

let data: string
let server: Server
let url: string
let token: string
let own: string
let foreign: string

const origin = 'http://localhost:8080'

const address = () => `${url.replace('http', 'ws')}/v1/customer/rtm?license=1&client_id=shop`

async function tokenFor(visitor_key: string): Promise<string> {
  const body = JSON.stringify({ grant_type: 'anonymous', visitor_key })
  const answer = await fetch(`${url}/v1/customer/token?license=1&client_id=shop`, { method: 'POST', headers: { origin }, body })
  return ((await answer.json()) as { access_token: string }).access_token
}

async function open(from = origin): Promise<WebSocket> {
  const socket = new WebSocket(address(), { origin: from })
  await once(socket, 'open')
  return socket
}

/** Sends a frame as it stands and takes the next answer. */
async function say(socket: WebSocket, frame: string | Buffer): Promise<Answer> {
  socket.send(frame)
  for (;;) {
    const [message] = (await once(socket, 'message')) as [Buffer]
    const answer = JSON.parse(message.toString()) as Answer & { type: string }
    if (answer.type === 'response') return answer
  }
}

const ask = (socket: WebSocket, action: string, payload: unknown) => say(socket, JSON.stringify({ request_id: 'r', action, payload }))

async function loggedIn(): Promise<WebSocket> {
  const socket = await open()
  expect((await ask(socket, 'login', { token })).success).toBe(true)
  return socket
}

async function startChat(visitor_key: string): Promise<string> {
  const socket = await open()
  await ask(socket, 'login', { token: await tokenFor(visitor_key) })
  const { payload } = await ask(socket, 'start_chat', { chat: { thread: { events: [{ type: 'message', text: 'Hello' }] } } })
  socket.terminate()
  return payload.chat?.id ?? ''
}

/** Every row of every table. */
function everything(): unknown {
  const db = new DatabaseSync(join(data, 'porchlight.db'), { readOnly: true })
  const tables = db.prepare(`SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`).all() as { name: string }[]
  const rows = tables.map(({ name }) => [name, db.prepare(`SELECT * FROM "${name}"`).all()])
  db.close()
  return rows
}

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'bad-input-'))
  server = await createServer({ data, port: 0 })
  await server.administer('org create', { name: 'Shop' })
  await server.administer('client create', { license: '1', id: 'shop', name: 'Shop', kind: 'web', origin: [origin] })
  ;({ url } = await server.listen())
  token = await tokenFor('a-visitor-key-of-enough-characters')
  own = await startChat('a-visitor-key-of-enough-characters')
  foreign = await startChat('another-visitor-key-of-enough-characters')
})

afterAll(async () => {
  await server.close()
  await rm(data, { recursive: true })
})

const message = { type: 'message', text: 'Hi' }
const frame = (action: string, payload: unknown) => JSON.stringify({ request_id: 'r', action, payload })

/** What is sent on a socket that has logged in, and how it is refused. */
const TABLE: readonly [name: string, frame: () => string | Buffer, type: string, path?: string][] = [
  ['[CON3] no JSON', () => '{"action":', 'validation'],
  ['[CON3] JSON that is no object', () => '[1,2]', 'validation'],
  ['[CON3] an object without an action', () => '{"payload":{}}', 'validation'],
  ['[CON3] a binary frame', () => Buffer.from([0, 255, 128]), 'validation'],
  ['[CON3] nesting without end', () => `{"action":"ping","payload":${'['.repeat(20_000)}${']'.repeat(20_000)}}`, 'validation'],
  [
    '[CON3] a frame of 70 KB',
    () => frame('send_event', { chat_id: own, event: { ...message, text: 'x'.repeat(70_000) } }),
    'entity_too_large',
  ],
  ['[CON4] an unknown action', () => frame('drop_tables', {}), 'unsupported_action'],
  ['[CON4] a name that objects bring along', () => frame('__proto__', {}), 'unsupported_action'],
  ['[CON4] an action of agents is unknown to customers', () => frame('constructor', {}), 'unsupported_action'],
  [
    '[CON5] an unknown field',
    () => frame('send_event', { chat_id: own, event: { ...message, author_id: 'agent' } }),
    'validation',
    'event.author_id',
  ],
  ['[CON5] a field of the wrong type', () => frame('send_event', { chat_id: 7, event: message }), 'validation', 'chat_id'],
  ['[CON5] a number that no log has', () => '{"action":"sync","payload":{"chat_id":"x","after":1e400}}', 'validation'],
  ['[LIN8] a second login', () => frame('login', { token }), 'validation'],
  ['[MEM1] the chat of another', () => frame('send_event', { chat_id: foreign, event: message }), 'not_found'],
  ['[MEM1] a chat that does not exist', () => frame('send_event', { chat_id: 'nowhere', event: message }), 'not_found'],
  ['[MEM1] the log of another', () => frame('sync', { chat_id: foreign, after: 0 }), 'not_found'],
  ['[MEM1] closing the chat of another', () => frame('deactivate_chat', { id: foreign }), 'not_found'],
  ['a text that is blank', () => frame('send_event', { chat_id: own, event: { ...message, text: ' \n' } }), 'validation', 'event.text'],
  ['a text over its bytes', () => frame('send_event', { chat_id: own, event: { ...message, text: 'ü'.repeat(9000) } }), 'entity_too_large'],
  [
    'a private note by a customer',
    () => frame('send_event', { chat_id: own, event: { ...message, visibility: 'agents' } }),
    'authorization',
  ],
  [
    'half of a character',
    () => `{"action":"send_event","payload":{"chat_id":"${own}","event":{"type":"message","text":"\\ud800"}}}`,
    'validation',
  ],
]

for (const [name, make, type, path] of TABLE) {
  test(`${name} is refused as ${type}`, async () => {
    const socket = await loggedIn()
    const before = everything()
    const { success, payload } = await say(socket, make())
    expect(success).toBe(false)
    expect(payload.error?.type).toBe(type)
    expect(payload.error?.message).toMatch(/^unable to .+; .+/)
    if (path) expect(payload.error?.data?.path).toBe(path)
    expect(everything()).toEqual(before)
    expect((await ask(socket, 'ping', {})).success).toBe(true)
    socket.terminate()
  })
}

test("[MEM1] another's chat is answered exactly like one that does not exist", async () => {
  const socket = await loggedIn()
  const there = await ask(socket, 'get_chat', { chat_id: foreign })
  expect(await ask(socket, 'get_chat', { chat_id: 'nowhere' })).toEqual(there)
  socket.terminate()
})

test('[LIN1] any request before the login is refused as authentication', async () => {
  const socket = await open()
  const { payload } = await ask(socket, 'list_chats', {})
  expect(payload.error?.type).toBe('authentication')
  socket.terminate()
})

for (const [name, wrong] of [
  ['a token of nobody', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.'],
  ['no token at all', '…'],
] as const) {
  test(`[LIN2] ${name} is refused as authentication`, async () => {
    const socket = await open()
    const { payload } = await ask(socket, 'login', { token: wrong })
    expect(payload.error?.type).toBe('authentication')
    socket.terminate()
  })
}

test('[LIN2] a token that was tampered with is refused as authentication', async () => {
  const [head, , signature] = token.split('.')
  const claims = Buffer.from(JSON.stringify({ sub: 'somebody', exp: 9e9 })).toString('base64url')
  const socket = await open()
  const { payload } = await ask(socket, 'login', { token: `${head}.${claims}.${signature}` })
  expect(payload.error?.type).toBe('authentication')
  socket.terminate()
})

for (const from of ['http://localhost:8081', 'https://localhost:8080', 'http://localhost:8080.evil.test', 'null']) {
  test(`[LIN3] a page of ${from} is refused as origin_not_allowed`, async () => {
    const socket = await open(from)
    const { payload } = await ask(socket, 'login', { token })
    expect(payload.error?.type).toBe('origin_not_allowed')
    socket.terminate()
    const body = JSON.stringify({ grant_type: 'anonymous', visitor_key: 'a-visitor-key-of-enough-characters' })
    const answer = await fetch(`${url}/v1/customer/token?license=1&client_id=shop`, { method: 'POST', headers: { origin: from }, body })
    expect(answer.status).toBe(403)
  })
}
