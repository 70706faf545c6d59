/** What @tegrabox/chat-sdk documents, from the top of its page to the bottom, against a real server. */
import { existsSync, readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type AgentSDK, initAgent } from '../sdk/agent/index.ts'
import { type CustomerSDK, init } from '../sdk/customer/index.ts'
import { type RunningServer, startServer } from '../testing/server.ts'
import {
  AuthenticationError,
  ConflictError,
  type CreateUserParams,
  NetworkError,
  NotFoundError,
  type NumberedPage,
  PermissionError,
  Porchlight,
  ServerError,
  type User,
  ValidationError,
} from './index.ts'

let server: RunningServer
let porchlight: Porchlight
const open: { destroy(): void }[] = []

beforeAll(async () => {
  server = await startServer({ rateFactor: 1000 })
  porchlight = new Porchlight({ apiKey: (await server.apiKey()).secret, baseUrl: server.url })
})
afterEach(() => {
  for (const sdk of open.splice(0)) sdk.destroy()
})
afterAll(() => server.stop())

let made = 0
const someone = (more: Partial<CreateUserParams> = {}) => porchlight.users.create({ external_id: `user_${++made}`, ...more })
const room = async (...users: User[]) => porchlight.chats.create({ name: 'General Chat', users: users.map(({ id }) => id) })

/** A back end's own client for a user, as an app would have it. */
async function connect(user: User): Promise<CustomerSDK> {
  const { token } = await porchlight.users.generateToken(user.id)
  const sdk = init({ license: 1, clientId: 'app', server: server.url, storage: 'memory', getToken: () => token })
  open.push(sdk)
  await heard(sdk, 'connected')
  return sdk
}

const heard = (sdk: CustomerSDK | AgentSDK, name: string) =>
  new Promise<unknown>((resolve) => (sdk.on as (name: string, listener: (data: unknown) => void) => void)(name, resolve))

test('Installation and Requirements: doors of one package, which asks for no other and for Node 18', () => {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8'))
  expect(Object.keys(manifest.exports)).toEqual(expect.arrayContaining(['.', './agent', './server-sdk']))
  expect([manifest.dependencies, manifest.engines.node]).toEqual([undefined, '>=18'])
})

test('Use Cases: a back end manages, a front end has a token and no key', async () => {
  const [user, other] = [await someone(), await someone()]
  const { token } = await porchlight.users.generateToken(user.id)
  const ask = (action: string, body: object) =>
    server.post(`/v1/server/action/${action}`, body, { authorization: `Bearer ${token}` }).then(({ status }) => status)
  expect([await ask('list_users', {}), await ask('get_user', { user_id: other.id })]).toEqual([401, 401])
})

describe('Quick Start', () => {
  test('Backend (with API Key): a user, a token, a room, a message', async () => {
    const user = await porchlight.users.create({ external_id: 'user_12345', username: 'johndoe', display_name: 'John Doe' })
    expect(user).toMatchObject({ external_id: 'user_12345', username: 'johndoe', display_name: 'John Doe', status: 'active' })
    const { token } = await porchlight.users.generateToken(user.id)
    expect((await porchlight.auth.verify(token)).user.id).toBe(user.id)
    const chat = await porchlight.chats.create({ name: 'General Chat', created_by: user.id })
    expect(chat).toMatchObject({ name: 'General Chat', users: [{ id: user.id, present: true }] })
    const { event } = await porchlight.events.send(chat.id, { user_id: user.id, type: 'text', text: 'Hello, world!' })
    expect(event).toMatchObject({ text: 'Hello, world!', author_id: user.id })
  })

  test('Frontend (with JWT Token): connected, in a room, verified', async () => {
    const [user, other] = [await someone(), await someone()]
    const chat = await room(user, other)
    const sdk = await connect(user)
    expect((await sdk.getChatsSummary()).chatsSummary.map(({ id }) => id)).toEqual([chat.id])
    const { user: verified, expiresAt } = await sdk.verify()
    expect([verified.id, expiresAt > Date.now()]).toEqual([user.id, true])
  })
})

describe('Authentication', () => {
  test('API Key: for everything of the organization, and never in a page', async () => {
    const { secret } = await server.apiKey()
    const ask = (headers: Record<string, string>) =>
      server.fetch('/v1/server/action/list_users', {
        method: 'POST',
        headers: { authorization: `Bearer ${secret}`, ...headers },
        body: '{}',
      })
    expect((await ask({})).status).toBe(200)
    expect((await ask({ origin: 'https://shop.test' })).status).toBe(403)
    for (const scope of ['window', 'document']) Reflect.set(globalThis, scope, {})
    try {
      expect(() => new Porchlight({ apiKey: secret, baseUrl: server.url })).toThrow('the server SDK is for back ends')
    } finally {
      for (const scope of ['window', 'document']) Reflect.deleteProperty(globalThis, scope)
    }
  })

  test('JWT Token: for one user', async () => {
    const { token } = await porchlight.users.generateToken((await someone()).id)
    const asBackend = new Porchlight({ apiKey: token, baseUrl: server.url })
    await expect(asBackend.users.list()).rejects.toThrow(AuthenticationError)
  })
})

describe('API Reference: Users', () => {
  test('create', async () => {
    const params = { external_id: 'once', username: 'once', display_name: 'Once', email: 'once@shop.test' }
    const user = await porchlight.users.create(params)
    expect(await porchlight.users.create(params)).toEqual(user)
    expect(await porchlight.users.create({ external_id: 'once', avatar: 'https://shop.test/o.png' })).toEqual({
      ...user,
      avatar: 'https://shop.test/o.png',
    })
    await expect(porchlight.users.create({ external_id: 'once', display_name: 'Twice' })).rejects.toThrow(ConflictError)
    await expect(porchlight.users.create({ external_id: 'another', username: 'once' })).rejects.toThrow(ConflictError)
  })

  test('list, by page and by cursor', async () => {
    const mine: User[] = []
    for (let at = 0; at < 5; at++) mine.push(await someone())
    const result = await porchlight.users.list({ page: 1, limit: 2 })
    expect(result).toMatchObject({ page: 1, totalPages: Math.ceil(result.total / 2) })
    expect(result.items.map(({ id }) => id)).toEqual([mine[4]?.id, mine[3]?.id])
    const second = await porchlight.users.list({ page: 2, limit: 2 })
    expect(second.items.map(({ id }) => id)).toEqual([mine[2]?.id, mine[1]?.id])
    const all: string[] = []
    for await (const { id } of porchlight.users.list({ limit: 2 })) all.push(id)
    expect(all).toHaveLength(result.total)
    expect(new Set(all).size).toBe(all.length)
    const paged: string[] = []
    for await (const { id } of porchlight.users.list({ page: 1, limit: 3 })) paged.push(id)
    expect(paged).toEqual(all)
  })

  test('get, by our id and by the host’s', async () => {
    const user = await someone({ display_name: 'Ann' })
    expect(await porchlight.users.get(user.id)).toEqual(user)
    expect(await porchlight.users.get(user.external_id ?? '')).toEqual(user)
    await expect(porchlight.users.get('nobody')).rejects.toThrow(NotFoundError)
  })

  test('update', async () => {
    const user = await someone({ display_name: 'Old Name', email: 'a@shop.test' })
    expect(await porchlight.users.update(user.id, { display_name: 'New Name', status: 'active', email: null })).toMatchObject({
      display_name: 'New Name',
    })
    expect(await porchlight.users.get(user.id)).not.toHaveProperty('email')
    await porchlight.users.update(user.id, { status: 'suspended' })
    await expect(porchlight.users.generateToken(user.id)).rejects.toThrow(PermissionError)
  })

  test('generateToken and revokeToken', async () => {
    const user = await someone()
    const { token } = await porchlight.users.generateToken(user.id)
    await porchlight.auth.revokeTokens(user.id)
    await expect(porchlight.auth.verify(token)).rejects.toThrow(AuthenticationError)
    expect((await porchlight.auth.verify((await porchlight.users.generateToken(user.id)).token)).user.id).toBe(user.id)
  })

  test('generateToken is for who is there, in their role, in one request that needs one scope', async () => {
    const asked: string[] = []
    const recording: typeof fetch = (url, init) => {
      asked.push(new URL(String(url)).pathname)
      return fetch(url, init)
    }
    const { secret: apiKey } = await server.apiKey(['auth'])
    const signing = new Porchlight({ apiKey, baseUrl: server.url, fetch: recording })
    const [user, bot] = [await someone(), await porchlight.users.create({ external_id: 'greeter', type: 'bot', display_name: 'Greeter' })]
    for (const { id, external_id = '' } of [user, bot]) {
      for (const ref of [id, external_id]) {
        asked.length = 0
        const { token } = await signing.users.generateToken(ref)
        expect(asked).toEqual(['/v1/server/action/create_token'])
        expect((await signing.auth.verify(token)).user.id).toBe(id)
      }
    }
    await expect(signing.users.generateToken('nobody')).rejects.toThrow(NotFoundError)
    await expect(signing.users.generateToken(bot.id, { role: 'customer' })).rejects.toThrow(ConflictError)
    await expect(porchlight.users.get('nobody')).rejects.toThrow(NotFoundError)
  })

  test('delete erases the person and says what stays', async () => {
    const [user, other] = [await someone({ display_name: 'Gone' }), await someone()]
    const chat = await room(user, other)
    await porchlight.events.send(chat.id, { user_id: user.id, type: 'text', text: 'my secret' })
    await porchlight.events.send(chat.id, { user_id: other.id, type: 'text', text: 'not mine' })
    const told = await porchlight.users.delete(user.id)
    expect(told).toMatchObject({ user_id: user.id, remaining: { chats: 1, blanked_events: 1 } })
    expect(told.erased).toContain('profile')
    await expect(porchlight.users.get(user.id)).rejects.toThrow(NotFoundError)
    const { data } = await porchlight.events.list(chat.id, { order: 'asc' })
    expect(data.map(({ text }) => text)).toEqual([undefined, 'not mine'])
    expect(JSON.stringify([data, await porchlight.chats.get(chat.id)])).not.toMatch(/my secret|Gone/)
    // The host's id is free again, and names somebody new.
    expect((await porchlight.users.create({ external_id: user.external_id ?? '' })).id).not.toBe(user.id)
  })
})

describe('API Reference: Rooms', () => {
  test('list, create and get', async () => {
    const user = await someone()
    const chat = await porchlight.chats.create({ name: 'General Chat', created_by: user.id })
    const result: NumberedPage<{ id: string }> = await porchlight.chats.list({ page: 1, limit: 20 })
    expect(result.items[0]?.id).toBe(chat.id)
    expect(result.total).toBeGreaterThan(0)
    expect((await porchlight.chats.get(chat.id)).name).toBe('General Chat')
  })

  test('join and leave', async () => {
    const [user, other] = [await someone(), await someone()]
    const chat = await porchlight.chats.create({ name: 'Open', created_by: user.id, joinable: true })
    await porchlight.chats.join(chat.id, { user_id: other.id })
    expect(await porchlight.chats.leave(chat.id, { user_id: other.id })).toEqual({ destroyed: false })
    const sdk = await connect(other)
    expect(await sdk.joinChat(chat.id)).toMatchObject({ id: chat.id })
    expect((await porchlight.chats.list({ user_id: other.id })).data.map(({ id }) => id)).toEqual([chat.id])
    expect(await sdk.leaveChat(chat.id)).toEqual({ destroyed: false })
    await porchlight.chats.update(chat.id, { joinable: false })
    await expect(sdk.joinChat(chat.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('update and delete, which are not “coming soon”', async () => {
    const chat = await room(await someone(), await someone())
    expect((await porchlight.chats.update(chat.id, { name: 'New Name' })).name).toBe('New Name')
    await porchlight.chats.delete(chat.id)
    await expect(porchlight.chats.get(chat.id)).rejects.toThrow(NotFoundError)
  })
})

describe('API Reference: Messages', () => {
  test('create, list and delete', async () => {
    const [user, other] = [await someone(), await someone()]
    const chat = await room(user, other)
    for (const text of ['one', 'two', 'three']) await porchlight.events.send(chat.id, { user_id: user.id, type: 'text', text })
    const result = await porchlight.events.list(chat.id, { page: 1, limit: 2 })
    expect(result).toMatchObject({ page: 1, total: 3, totalPages: 2 })
    expect(result.items.map(({ text }) => text)).toEqual(['three', 'two'])
    const [last] = result.items
    await porchlight.events.edit(chat.id, last?.id ?? '', { text: 'tree' })
    expect(await porchlight.events.get(chat.id, last?.id ?? '')).toMatchObject({ text: 'tree', edited_at: expect.any(String) })
    expect(await porchlight.events.delete(chat.id, last?.id ?? '')).not.toHaveProperty('text')
    await expect(porchlight.events.edit(chat.id, last?.id ?? '', { text: 'x' })).rejects.toMatchObject({
      status: 410,
      code: 'message_deleted',
    })
  })
})

test('API Reference: Auth: verify says whose token it is', async () => {
  const user = await someone()
  const { token } = await porchlight.users.generateToken(user.external_id ?? '')
  porchlight.setToken(token)
  expect((await porchlight.auth.verify()).user.id).toBe(user.id)
})

describe('WebSocket', () => {
  test('Backend Usage: connect, join a room, listen, send, disconnect', async () => {
    const [user, other] = [await someone({ display_name: 'John' }), await someone()]
    const chat = await room(user, other)
    const [mine, theirs] = [await connect(user), await connect(other)]
    const message = heard(theirs, 'new_event')
    await mine.sendMessage(chat.id, { text: 'Hello!' })
    expect(await message).toMatchObject({ chat: chat.id, event: { text: 'Hello!', author: user.id } })
    mine.disconnect()
    await expect(mine.request('get_customer')).rejects.toMatchObject({ code: 'NO_CONNECTION' })
  })

  test('Frontend Usage: with a token of the back end only', async () => {
    const user = await someone()
    const chat = await room(user, await someone())
    const sdk = await connect(user)
    await sdk.sendMessage(chat.id, { text: 'Hello!' })
    expect((await porchlight.chats.get(chat.id)).last_event).toMatchObject({ text: 'Hello!', author_id: user.id })
  })

  test('WebSocket Events: every one that is listed', async () => {
    const [user, other, third] = [await someone(), await someone(), await someone()]
    const chat = await room(user, other)
    const [mine, theirs] = [await connect(user), await connect(other)]
    const joined = heard(mine, 'user_joined_chat')
    await porchlight.chats.join(chat.id, { user_id: third.id })
    expect(await joined).toEqual({ chat: chat.id, user: third.id })
    const left = heard(mine, 'user_left_chat')
    await porchlight.chats.leave(chat.id, { user_id: third.id })
    expect(await left).toEqual({ chat: chat.id, user: third.id })
    for (const [is_typing, name] of [
      [true, 'user_is_typing'],
      [false, 'user_stopped_typing'],
    ] as const) {
      const typing = heard(mine, name)
      await theirs.setTyping(chat.id, is_typing)
      expect(await typing).toEqual({ chat: chat.id, user: other.id })
    }
    await expect(theirs.request('send_event', { chat_id: 'nowhere', event: { type: 'message', text: 'x' } })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    const [lost, why] = [heard(theirs, 'connection_lost'), heard(theirs, 'disconnected')]
    await porchlight.auth.revokeTokens(other.id)
    expect([await lost, await why]).toEqual([undefined, 'access_token_revoked'])
  })

  test('as an agent, with a token', async () => {
    const customer = await someone()
    const chat = await porchlight.chats.create({ kind: 'support', users: [customer.id] })
    const { token } = await porchlight.auth.createToken({ user_id: 'bot-7', user_name: 'Helper', role: 'agent' })
    const agent = initAgent({ server: server.url, license: 1, getToken: () => token })
    open.push(agent)
    expect(await agent.connect()).toMatchObject({ name: 'Helper', type: 'agent' })
    const theirs = await connect(customer)
    const message = heard(theirs, 'new_event')
    await agent.sendMessage(chat.id, 'How can I help?')
    expect(await message).toMatchObject({ event: { text: 'How can I help?' } })
    const answer = heard(agent, 'new_event')
    await theirs.sendMessage(chat.id, { text: 'Like this.' })
    expect(await answer).toMatchObject({ chat: chat.id, event: { text: 'Like this.' } })
    agent.setTyping(chat.id, true)
    expect(await heard(theirs, 'user_is_typing')).toMatchObject({ chat: chat.id })
  })
})

describe('Error Handling', () => {
  test('each kind has a class', async () => {
    const wrong = new Porchlight({ apiKey: 'plk_wrong', baseUrl: server.url })
    await expect(wrong.users.list()).rejects.toThrow(AuthenticationError)
    const narrow = new Porchlight({ apiKey: (await server.apiKey(['users:read'])).secret, baseUrl: server.url })
    const refused = await narrow.users.create({ external_id: 'x' }).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(AuthenticationError)
    expect(refused).toMatchObject({ status: 403, message: 'unable to create_user; the API key lacks the scope users:write' })
    await expect(porchlight.users.get('nobody')).rejects.toThrow(NotFoundError)
    await expect(porchlight.users.create({ external_id: '' })).rejects.toMatchObject({ field: 'external_id' })
    await expect(porchlight.users.create({ external_id: '' })).rejects.toThrow(ValidationError)
    const down = new Porchlight({
      apiKey: 'plk_x',
      baseUrl: server.url,
      maxRetries: 0,
      fetch: async () => new Response('', { status: 500 }),
    })
    await expect(down.users.list()).rejects.toThrow(ServerError)
    const off = new Porchlight({ apiKey: 'plk_x', baseUrl: 'http://127.0.0.1:1', maxRetries: 0 })
    await expect(off.users.list()).rejects.toThrow(NetworkError)
  })
})

test('Configuration: setBaseUrl moves to another server', async () => {
  const own = new Porchlight({ apiKey: (await server.apiKey()).secret, baseUrl: 'http://127.0.0.1:1', maxRetries: 0 })
  await expect(own.users.list()).rejects.toThrow(NetworkError)
  own.setBaseUrl(`${server.url}/`)
  expect((await own.users.list({ limit: 1 })).data).toHaveLength(1)
})

test('Configuration: connected clients move to another server, and get another token', async () => {
  const second = await startServer({ rateFactor: 1000 })
  try {
    const there = new Porchlight({ apiKey: (await second.apiKey()).secret, baseUrl: second.url })
    const [user, other] = [await someone({ display_name: 'Here' }), await someone({ display_name: 'Other' })]
    const tokens = [await porchlight.users.generateToken(user.id), await there.auth.createToken({ user_id: 'there', user_name: 'There' })]
    let at = 0
    const sdk = init({ license: 1, clientId: 'app', server: server.url, storage: 'memory', getToken: () => tokens[at]?.token ?? '' })
    open.push(sdk)
    expect((await sdk.verify()).user.name).toBe('Here')
    await expect(sdk.setBaseUrl('nowhere')).rejects.toMatchObject({ code: 'INVALID_ARGS', reason: 'server is missing or wrong' })
    at = 1
    await sdk.setBaseUrl(second.url)
    expect((await sdk.verify()).user.name).toBe('There')
    at = 0
    await sdk.setBaseUrl(server.url)
    await sdk.setToken((await porchlight.users.generateToken(other.id)).token)
    expect((await sdk.getCustomer()).name).toBe('Other')

    const asAgent = async (of: Porchlight, user_id: string) => (await of.auth.createToken({ user_id, role: 'agent' })).token
    let word = await asAgent(porchlight, 'agent-here')
    const agent = initAgent({ server: server.url, license: 1, getToken: () => word })
    open.push(agent)
    expect([(await agent.connect()).name, (await agent.verify()).id]).toEqual(['agent-here', agent.me?.id])
    expect((await agent.setToken(await asAgent(porchlight, 'agent-other'))).name).toBe('agent-other')
    await expect(agent.setBaseUrl('localhost:4600')).rejects.toMatchObject({ code: 'INVALID_ARGS' })
    word = await asAgent(there, 'agent-there')
    await expect(agent.setBaseUrl(second.url)).rejects.toMatchObject({ code: 'AUTHENTICATION' })
    expect((await agent.setToken(word)).name).toBe('agent-there')
    const waiting = initAgent({ server: second.url, license: 1, getToken: () => new Promise(() => {}) })
    open.push(waiting)
    waiting.connect()
    expect((await waiting.setToken(word)).name).toBe('agent-there')
  } finally {
    for (const sdk of open.splice(0)) sdk.destroy()
    await second.stop()
  }
})

test('Pagination: a list without parameters begins at the beginning', async () => {
  const [first] = (await porchlight.users.list()).data
  expect((await porchlight.users.list({ page: 1 })).items[0]).toEqual(first)
})

test('TypeScript: what goes in and what comes out has a name', async () => {
  const input: CreateUserParams = { external_id: 'typed' }
  const user: User = await porchlight.users.create(input)
  const page: NumberedPage<User> = await porchlight.users.list({ page: 1 })
  expect(page.items[0]).toEqual(user)
})

test('React Native / Browser Support: there the server SDK does not start', () => {
  const navigator = Object.getOwnPropertyDescriptor(globalThis, 'navigator')
  Object.defineProperty(globalThis, 'navigator', { value: { product: 'ReactNative' }, configurable: true })
  try {
    expect(() => new Porchlight({ apiKey: 'plk_x', baseUrl: server.url })).toThrow('the server SDK is for back ends')
  } finally {
    if (navigator) Object.defineProperty(globalThis, 'navigator', navigator)
  }
})

test('Demo App: one for React Native is there', () => {
  expect(existsSync('demo/react-native/App.tsx')).toBe(true)
})
