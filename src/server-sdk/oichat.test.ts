/** What @oichat/server-sdk documents, from the top of its page to the bottom, against a real server. */
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningServer, startServer } from '../testing/server.ts'
import {
  ApiError,
  type Chat,
  ConnectionError,
  type CreateChatParams,
  NetworkError,
  NotFoundError,
  Porchlight,
  type SendEventParams,
  ServerError,
  TimeoutError,
  type Token,
} from './index.ts'

let server: RunningServer
let porchlight: Porchlight

beforeAll(async () => {
  server = await startServer({ rateFactor: 1000 })
  porchlight = new Porchlight({ apiKey: (await server.apiKey()).secret, baseUrl: server.url })
})
afterAll(() => server.stop())

const group = (more: Partial<CreateChatParams> = {}) => porchlight.chats.create({ users: ['user-1', 'user-2'], ...more })

test('Installation: a door of the package, which asks for no other and for Node 18', () => {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8'))
  expect(manifest.exports['./server-sdk']).toMatchObject({ import: { types: expect.any(String) }, require: { types: expect.any(String) } })
  expect([manifest.dependencies, manifest.engines.node]).toEqual([undefined, '>=18'])
})

describe('Quick Start', () => {
  test('1. a token for a user, 2. a chat room, 3. a system message', async () => {
    const { token, expires_at } = await porchlight.auth.createToken({ user_id: 'user-123', user_name: 'John Doe' })
    expect(token.split('.')).toHaveLength(3)
    expect(Date.parse(expires_at) - Date.now()).toBeGreaterThan(86_000_000)
    const room = await porchlight.chats.create({ kind: 'group', name: 'Order #1234 Support', users: ['user-123', 'agent-1'] })
    expect(room).toMatchObject({ kind: 'group', name: 'Order #1234 Support', active: true })
    const { event } = await porchlight.events.send(room.id, { user_id: 'system', type: 'system', text: 'Your order has been confirmed.' })
    expect(event).toMatchObject({ type: 'system_message', text: 'Your order has been confirmed.' })
    expect(event).not.toHaveProperty('author_id')
    expect((await porchlight.chats.get(room.id)).last_event).toEqual(event)
  })
})

describe('Configuration', () => {
  test('apiKey is required, and names the project by itself', async () => {
    expect(() => new Porchlight({ baseUrl: server.url })).toThrow(
      'unable to start; apiKey is missing, as are identitySecret and webhookSecret',
    )
    const wrong = new Porchlight({ apiKey: 'plk_nobody', baseUrl: server.url })
    await expect(wrong.users.list()).rejects.toMatchObject({ status: 401, code: 'authentication' })
  })

  test('baseUrl, timeout and maxRetries', async () => {
    for (const [name, value] of [
      ['baseUrl', 'nowhere'],
      ['timeout', 0],
      ['maxRetries', -1],
    ] as const) {
      expect(() => new Porchlight({ apiKey: 'plk_x', baseUrl: server.url, [name]: value })).toThrow(name)
    }
    let tried = 0
    const slow: typeof fetch = (_, init) => {
      tried++
      return new Promise((_, reject) => init?.signal?.addEventListener('abort', () => reject(init.signal?.reason)))
    }
    const impatient = new Porchlight({ apiKey: 'plk_x', baseUrl: server.url, timeout: 20, maxRetries: 1, fetch: slow })
    await expect(impatient.users.list()).rejects.toThrow(TimeoutError)
    expect(tried).toBe(2)
  })
})

describe('API Reference: Auth', () => {
  test('createToken says who the user is', async () => {
    const { token } = await porchlight.auth.createToken({
      ...{ user_id: 'vip', user_name: 'John Doe', role: 'user', channels: [] },
      user_info: { avatar_url: 'https://shop.test/a.png', nickname: 'Johnny', badge: 'VIP', custom: { tier: 'gold' } },
    })
    expect(await porchlight.users.get('vip')).toMatchObject({
      ...{ external_id: 'vip', display_name: 'John Doe', nickname: 'Johnny', badge: 'VIP', custom: { tier: 'gold' } },
      avatar: 'https://shop.test/a.png',
    })
    expect((await porchlight.auth.verify(token)).user.external_id).toBe('vip')
  })

  test('createToken lets into channels at once', async () => {
    const { id } = await group()
    await porchlight.auth.createToken({ user_id: 'latecomer', channels: [id] })
    const { users } = await porchlight.chats.get(id)
    expect(users.find(({ external_id }) => external_id === 'latecomer')).toMatchObject({ present: true })
    await expect(porchlight.auth.createToken({ user_id: 'latecomer', channels: ['nowhere'] })).rejects.toThrow(NotFoundError)
  })

  test('createToken with the role of an agent', async () => {
    const { token } = await porchlight.auth.createToken({ user_id: 'support-7', user_name: 'Kim', role: 'agent' })
    expect((await porchlight.auth.verify(token)).user).toMatchObject({ type: 'agent', display_name: 'Kim' })
    await expect(porchlight.auth.createToken({ user_id: 'support-7' })).rejects.toMatchObject({ code: 'conflict' })
  })

  test('refreshToken renews what has ended', async () => {
    const { token } = await porchlight.auth.createToken({ user_id: 'user-123', user_name: 'John Doe', expires_in: 60 })
    const again = await porchlight.auth.refreshToken({ token })
    expect(again.token).not.toBe(token)
    expect((await porchlight.auth.verify(again.token)).user.display_name).toBe('John Doe')
    await porchlight.auth.revokeTokens('user-123')
    for (const old of [token, again.token]) {
      await expect(porchlight.auth.refreshToken({ token: old })).rejects.toMatchObject({ status: 401 })
    }
  })
})

describe('API Reference: Rooms', () => {
  test('create takes 2 to 500 participants', async () => {
    const metadata = { shop: { order_id: '1234' } }
    const room = await porchlight.chats.create({ kind: 'direct', name: 'Chat Room', users: ['user-1', 'user-2'], properties: metadata })
    expect(room).toMatchObject({ kind: 'direct', name: 'Chat Room', properties: metadata })
    expect(room.users.map(({ external_id }) => external_id).sort()).toEqual(['user-1', 'user-2'])
    for (const users of [['user-1'], ['user-1', 'user-1'], []])
      await expect(group({ users })).rejects.toMatchObject({ status: 400, field: 'users' })
    const many = Array.from({ length: 501 }, (_, at) => `many-${at}`)
    await expect(group({ users: many })).rejects.toMatchObject({ status: 400, field: 'users' })
    expect((await group({ users: many.slice(1) })).users).toHaveLength(500)
    await expect(group({ kind: 'direct', users: many.slice(0, 3) })).rejects.toMatchObject({ field: 'users' })
  })

  test('list goes by cursor', async () => {
    for (let at = 0; at < 5; at++) await group({ users: ['lister', 'user-2'], name: `room ${at}` })
    const first = await porchlight.chats.list({ user_id: 'lister', limit: 3 })
    expect([first.data.length, first.has_more]).toEqual([3, true])
    const rest = await porchlight.chats.list({ user_id: 'lister', limit: 3, cursor: first.next_cursor ?? '' })
    expect([rest.data.length, rest.has_more, rest.next_cursor]).toEqual([2, false, null])
    expect([...first.data, ...rest.data].map(({ name }) => name).sort()).toEqual(['room 0', 'room 1', 'room 2', 'room 3', 'room 4'])
    for (const limit of [0, 101]) await expect(porchlight.chats.list({ limit })).rejects.toMatchObject({ field: 'limit' })
    expect((await porchlight.chats.list()).data.length).toBeLessThanOrEqual(20)
  })

  test('get, update and delete', async () => {
    const { id } = await group({ name: 'Old Name' })
    const updated = await porchlight.chats.update(id, { name: 'New Name', properties: { shop: { updated: true } }, status: 'resolved' })
    expect(updated).toMatchObject({ name: 'New Name', properties: { shop: { updated: true } }, active: false })
    expect(await porchlight.chats.get(id)).toEqual(updated)
    expect((await porchlight.chats.update(id, { status: 'open' })).active).toBe(true)
    await porchlight.chats.delete(id)
    for (const gone of [porchlight.chats.get(id), porchlight.chats.delete(id), porchlight.events.list(id)]) {
      await expect(gone).rejects.toThrow(NotFoundError)
    }
  })

  test('addParticipant and removeParticipant', async () => {
    const { id } = await group()
    const here = async () => (await porchlight.chats.get(id)).users.flatMap((user) => (user.present ? (user.external_id ?? []) : [])).sort()
    await porchlight.chats.addUser(id, { user_id: 'user-3' })
    expect(await here()).toEqual(['user-1', 'user-2', 'user-3'])
    expect(await porchlight.chats.removeUser(id, 'user-3')).toEqual({ destroyed: false })
    expect(await here()).toEqual(['user-1', 'user-2'])
    await expect(porchlight.chats.removeUser(id, 'user-3')).rejects.toMatchObject({ status: 404, code: 'not_found' })
  })

  test('leave destroys the room with the last one', async () => {
    const { id } = await group()
    expect((await porchlight.chats.leave(id, { user_id: 'user-1' })).destroyed).toBe(false)
    expect((await porchlight.chats.leave(id, { user_id: 'user-2' })).destroyed).toBe(true)
    await expect(porchlight.chats.get(id)).rejects.toThrow(NotFoundError)
  })
})

describe('API Reference: Messages', () => {
  test('send takes text, image, file, system and custom', async () => {
    const { id } = await group()
    const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
    const image = await porchlight.files.upload(png, { name: 'dot.png' })
    const file = await porchlight.files.upload(randomBytes(64), { name: 'data.bin' })
    const properties = { shop: { order_id: '1234' } }
    const all: SendEventParams[] = [
      { user_id: 'user-1', type: 'text', text: 'Hello' },
      { user_id: 'user-1', type: 'image', file_id: image.file_id },
      { user_id: 'user-2', type: 'file', file_id: file.file_id },
      { user_id: 'system', type: 'system', text: 'Transaction completed.', properties },
      { type: 'custom', content: { any: ['thing'] } },
    ]
    for (const params of all) await porchlight.events.send(id, params)
    const { data } = await porchlight.events.list(id, { order: 'asc' })
    expect(data).toMatchObject([
      { type: 'message', text: 'Hello' },
      { type: 'file', name: 'dot.png', content_type: 'image/png', width: 1, height: 1 },
      { type: 'file', name: 'data.bin', size: 64 },
      { type: 'system_message', text: 'Transaction completed.', properties },
      { type: 'custom', content: { any: ['thing'] } },
    ])
  })

  test('send in the name of one who is not in the room is refused', async () => {
    const { id } = await group()
    await porchlight.users.create({ external_id: 'outsider' })
    await expect(porchlight.events.send(id, { user_id: 'outsider', type: 'text', text: 'x' })).rejects.toThrow(NotFoundError)
  })
})

describe('Idempotency', () => {
  const recording = () => {
    const keys: (string | null)[] = []
    const watched: typeof fetch = (url, init) => {
      keys.push(new Headers(init?.headers).get('idempotency-key'))
      return fetch(url, init)
    }
    return { keys, watched }
  }

  test('each POST that writes has a key of its own, or the one given', async () => {
    const { keys, watched } = recording()
    const { secret } = await server.apiKey()
    const own = new Porchlight({ apiKey: secret, baseUrl: server.url, fetch: watched })
    const params: CreateChatParams = { kind: 'group', users: ['user-1', 'user-2'] }
    const rooms = [await own.chats.create(params), await own.chats.create(params)]
    expect(new Set(keys).size).toBe(2)
    expect(rooms[0]?.id).not.toBe(rooms[1]?.id)
    const again = async () =>
      (await own.chats.create({ kind: 'group', users: ['user-1', 'user-2'] }, { idempotencyKey: 'order-1234-room' })).id
    expect(await again()).toBe(await again())
    await own.chats.create({ users: ['user-1', 'user-2'] }, { idempotencyKey: null })
    expect(keys.slice(2)).toEqual(['order-1234-room', 'order-1234-room', null])
  })

  test('a retry carries the key of the first try', async () => {
    const keys: (string | null)[] = []
    const failing: typeof fetch = async (url, init) => {
      keys.push(new Headers(init?.headers).get('idempotency-key'))
      const response = await fetch(url, init)
      // The server did it, and the answer was lost on its way.
      if (keys.length === 1) throw new TypeError('fetch failed')
      return response
    }
    const { secret } = await server.apiKey()
    const own = new Porchlight({ apiKey: secret, baseUrl: server.url, fetch: failing })
    const room = await own.chats.create({ users: ['once-1', 'once-2'] })
    expect(keys[0]).toBe(keys[1])
    expect((await porchlight.chats.list({ user_id: 'once-1' })).data.map(({ id }) => id)).toEqual([room.id])
  })
})

describe('Error Handling', () => {
  test('4xx is an ApiError with status, code and message', async () => {
    const error = await porchlight.chats.get('nonexistent').catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(ApiError)
    expect(error).not.toBeInstanceOf(ServerError)
    expect(error).toMatchObject({ status: 404, code: 'not_found', message: 'unable to get_chat; there is no such chat' })
    expect(error).toMatchObject({ requestId: expect.stringMatching(/^\w{32}$/), docUrl: `${server.url}/docs/api#error-404` })
  })

  test('5xx is a ServerError once the retries are used up', async () => {
    let tried = 0
    const failing: typeof fetch = async () => {
      tried++
      return new Response('down', { status: 503, headers: { 'retry-after': '0' } })
    }
    const own = new Porchlight({ apiKey: 'plk_x', baseUrl: server.url, maxRetries: 1, fetch: failing })
    const error = await own.chats.get('x').catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(ServerError)
    expect(error).not.toBeInstanceOf(ApiError)
    expect([error, tried]).toMatchObject([{ status: 503 }, 2])
  })

  test('a failure of the network is a NetworkError with its cause', async () => {
    const own = new Porchlight({ apiKey: 'plk_x', baseUrl: 'http://127.0.0.1:1', maxRetries: 0 })
    const error = await own.chats.get('x').catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(NetworkError)
    expect(error).toBeInstanceOf(ConnectionError)
    expect((error as Error).cause).toBeInstanceOf(Error)
  })
})

test('TypeScript Types: requests and answers have names', async () => {
  const createSupportRoom = (orderId: string): Promise<Chat> =>
    porchlight.chats.create({ kind: 'group', name: `Order #${orderId}`, users: ['customer', 'support-agent'] })
  const answer: Token = await porchlight.auth.createToken({ user_id: 'customer' })
  const params: SendEventParams = { user_id: 'customer', type: 'text', text: answer.expires_at }
  expect((await porchlight.events.send((await createSupportRoom('7')).id, params)).event.text).toBe(answer.expires_at)
})

test('Links: the reference, the sample with Next.js, the SDK and the components for pages', () => {
  for (const file of [
    'docs/reference/porchlight/server-sdk.md',
    'demo/nextjs/package.json',
    'docs/reference/porchlight.md',
    'docs/react.md',
  ]) {
    expect(existsSync(file), file).toBe(true)
  }
})
