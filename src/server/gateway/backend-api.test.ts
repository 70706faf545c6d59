/** What a back end may with its key: nothing twice, nothing beyond its scopes, nothing unseen. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { RATES, ROTATED_KEY_TTL_S } from '../../protocol/limits.ts'
import { createClock } from '../../testing/clock.ts'
import { errorOf, type RunningServer, startServer } from '../../testing/server.ts'

let server: RunningServer
let key: { id: string; secret: string }

beforeAll(async () => {
  server = await startServer({ rateFactor: 1000 })
  key = await server.apiKey()
})
afterAll(() => server.stop())

const act = (action: string, body: unknown, headers: Record<string, string> = {}, secret = key.secret, at = server) =>
  at.post(`/v1/server/action/${action}`, body, { authorization: `Bearer ${secret}`, ...headers })
const answer = async <T>(action: string, body: unknown, headers?: Record<string, string>): Promise<T> => {
  const response = await act(action, body, headers)
  expect(response.status, await response.clone().text()).toBe(200)
  return (await response.json()) as T
}
const audit = async ({ id } = key) =>
  ((await server.administer('key audit', { id, limit: '1000' })) as { uses: { action: string; outcome: string; request_id: string }[] })
    .uses

const atOnce = (times: number, action: string, body: unknown, idempotencyKey: string) =>
  Promise.all(Array.from({ length: times }, () => act(action, body, { 'idempotency-key': idempotencyKey })))

describe('[KEY5] the same write fired 50 times at once under one key', () => {
  const chat = async () => (await answer<{ chat: { id: string } }>('create_chat', { users: ['ann', 'bob'] })).chat.id
  const OTHER: Record<string, object> = {
    create_user: { display_name: 'x' },
    create_chat: { name: 'x' },
    send_event: { event: { type: 'message', text: 'twice' } },
    create_token: { user_name: 'x' },
  }
  /** Users who are made by it. */
  const MADE: Record<string, number> = { create_user: 1, create_chat: 2, create_token: 1 }
  const count = async (action: string, body: object) => (await answer<{ total: number }>(action, { ...body, page: 1 })).total

  test.each<[string, () => Promise<object>, (body: object) => Promise<number>]>([
    ['create_user', async () => ({ external_id: 'fifty' }), async () => 1],
    ['create_chat', async () => ({ users: ['fifty-1', 'fifty-2'], name: 'Fifty' }), () => count('list_chats', { user_id: 'fifty-1' })],
    [
      'send_event',
      async () => ({ chat_id: await chat(), user_id: 'ann', event: { type: 'message', text: 'once' } }),
      (body) => count('list_events', { chat_id: (body as { chat_id: string }).chat_id }),
    ],
    ['create_token', async () => ({ user_id: 'token-fifty', user_info: { badge: 'VIP' } }), async () => 1],
  ])('%s makes one row and fifty equal answers', async (action, bodyOf, rows) => {
    const body = await bodyOf()
    const users = await count('list_users', {})
    const answers = await atOnce(50, action, body, `fifty-${action}`)
    expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(200))
    expect(new Set(await Promise.all(answers.map((response) => response.text()))).size).toBe(1)
    expect(await rows(body)).toBe(1)
    expect((await count('list_users', {})) - users).toBe(MADE[action] ?? 0)
    const other = await errorOf(act(action, { ...body, ...OTHER[action] }, { 'idempotency-key': `fifty-${action}` }))
    expect(other).toMatchObject({ status: 422, type: 'idempotency_mismatch' })
    expect(await rows(body)).toBe(1)
  })

  test('another principal’s same key is independent', async () => {
    const other = await server.apiKey()
    const body = { users: ['two-1', 'two-2'] }
    const ids = await Promise.all(
      [key.secret, other.secret].map(async (secret) => {
        const response = await act('create_chat', body, { 'idempotency-key': 'shared' }, secret)
        return ((await response.json()) as { chat: { id: string } }).chat.id
      }),
    )
    expect(ids[0]).not.toBe(ids[1])
  })

  test('a deletion, though the second finds nothing to delete', async () => {
    await answer('create_user', { external_id: 'leaver' })
    const answers = await atOnce(20, 'delete_user', { user_id: 'leaver' }, 'leave-once')
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200))
    const bodies = await Promise.all(answers.map((response) => response.json()))
    expect(new Set(bodies.map((body) => (body as { user_id: string }).user_id)).size).toBe(1)
    const chat_id = await chat()
    expect((await atOnce(20, 'delete_chat', { chat_id }, 'gone-once')).map(({ status }) => status)).toEqual(Array(20).fill(200))
  })
})

describe('a key', () => {
  test('[KEY1] is shown once, kept by its hash, and refused without its scope', async () => {
    const narrow = await server.apiKey(['chats:read'])
    expect(narrow.secret).toMatch(/^plk_[\w-]{43}$/)
    expect(JSON.stringify(await server.administer('key list', {}))).not.toContain(narrow.secret)
    const refused = await errorOf(act('create_chat', { users: ['a', 'b'] }, {}, narrow.secret))
    expect(refused).toMatchObject({ status: 403, type: 'authorization', data: { scope: 'chats:write' } })
    expect((await act('list_chats', {}, {}, narrow.secret)).status).toBe(200)
    await expect(server.administer('key create', { scope: ['everything'] })).rejects.toThrow('there is no scope "everything"')
  })

  test('[KEY2] is rotated while both secrets count, and revoked while none does', async () => {
    const clock = createClock()
    const timed = await startServer({ rateFactor: 1000, clock })
    try {
      const old = await timed.apiKey()
      const status = async (secret: string) => (await act('list_users', {}, {}, secret, timed)).status
      const next = (await timed.administer('key rotate', { id: old.id })) as { id: string; secret: string }
      expect(next.id).toBe(old.id)
      expect([await status(old.secret), await status(next.secret)]).toEqual([200, 200])
      await clock.advance(ROTATED_KEY_TTL_S * 1000 + 1)
      expect([await status(old.secret), await status(next.secret)]).toEqual([401, 200])
      const last = (await timed.administer('key rotate', { id: old.id, 'at-once': true })) as { secret: string }
      expect([await status(next.secret), await status(last.secret)]).toEqual([401, 200])
      await timed.administer('key revoke', { id: old.id })
      expect(await status(last.secret)).toBe(401)
      await expect(timed.administer('key rotate', { id: old.id })).rejects.toThrow('is revoked')
    } finally {
      await timed.stop()
    }
  })

  test('[KEY3] leaves word of every use, refused ones and repetitions among them', async () => {
    const own = await server.apiKey(['users:write', 'users:read'])
    const use = (action: string, body: unknown, headers = {}) => act(action, body, headers, own.secret)
    const asked = [
      await use('create_user', { external_id: 'watched' }, { 'idempotency-key': 'w' }),
      await use('create_user', { external_id: 'watched' }, { 'idempotency-key': 'w' }),
      await use('get_user', { user_id: 'watched' }),
      await use('get_user', { user_id: 'nobody' }),
      await use('get_user', { user: 'x' }),
      await use('list_chats', {}),
      await use('fly', {}),
    ]
    await server.administer('key revoke', { id: own.id })
    asked.push(await use('get_user', { user_id: 'watched' }))
    expect((await audit(own)).reverse()).toMatchObject([
      { action: 'create_user', outcome: 'ok' },
      { action: 'create_user', outcome: 'ok' },
      { action: 'get_user', outcome: 'ok' },
      { action: 'get_user', outcome: 'not_found' },
      { action: 'get_user', outcome: 'validation' },
      { action: 'list_chats', outcome: 'authorization' },
      { action: 'fly', outcome: 'unsupported_action' },
      { action: 'get_user', outcome: 'authentication' },
    ])
    expect((await audit(own)).map(({ request_id }) => request_id).reverse()).toEqual(
      asked.map(({ headers }) => headers.get('x-request-id')),
    )
    const { keys } = (await server.administer('key list', {})) as { keys: { id: string; last_used_at: string }[] }
    expect(Date.now() - Date.parse(keys.find(({ id }) => id === own.id)?.last_used_at ?? '')).toBeLessThan(60_000)
  })

  test('[KEY4] counts in no page, and no other token counts as one', async () => {
    expect(await errorOf(act('list_users', {}, { origin: 'https://shop.test' }))).toMatchObject({ status: 403, type: 'origin_not_allowed' })
    for (const wrong of ['plk_wrong', 'wrong', '']) expect((await act('list_users', {}, {}, wrong)).status).toBe(401)
  })
})

describe('what a back end knows', () => {
  test('[MEM6] is its own organization', async () => {
    await server.administer('org create', { name: 'Other' })
    const other = (await server.administer('key create', { license: '2' })) as { secret: string }
    await answer('create_user', { external_id: 'ours' })
    const { chat } = await answer<{ chat: { id: string } }>('create_chat', { users: ['ours', 'ours-2'] })
    for (const [action, body] of [
      ['get_user', { user_id: 'ours' }],
      ['get_chat', { chat_id: chat.id }],
      ['delete_chat', { chat_id: chat.id }],
    ] as const) {
      expect(await errorOf(act(action, body, {}, other.secret))).toMatchObject({ status: 404, type: 'not_found' })
    }
    expect(((await (await act('list_users', {}, {}, other.secret)).json()) as { data: [] }).data).toEqual([])
  })
})

describe('how much a back end may ask', () => {
  let strict: RunningServer
  let own: { id: string; secret: string }
  beforeAll(async () => {
    strict = await startServer()
    own = await strict.apiKey()
  })
  afterAll(() => strict.stop())
  const ask = (action: string, body: unknown, secret = own.secret) => act(action, body, {}, secret, strict)

  test('[CON16][CON17] is its key’s own rate, whatever it was asked to look at', async () => {
    for (let at = 0; at < RATES.nonsense.burst + 10; at++) expect((await ask('verify_token', { token: 'forged' })).status).toBe(401)
    const refused = await ask('create_user', { external_id: 'jo', email: 7 })
    expect([refused.status, refused.headers.get('ratelimit')]).toEqual([400, expect.stringMatching(/^"backend_write";r=599/)])
    expect((await ask('fly', {})).headers.get('ratelimit')).toMatch(/^"backend_read"/)
    expect((await ask('create_user', { external_id: 'jo' })).status).toBe(200)
  })

  test('[FIL8] counts uploads by the key and not by where they come from', async () => {
    const put = async (at: number) => {
      const { upload_url } = (await (await ask('create_upload', { name: `${at}.txt` })).json()) as { upload_url: string }
      return (await fetch(upload_url, { method: 'PUT', body: `file ${at}` })).status
    }
    const statuses = []
    for (let at = 0; at <= RATES.upload_address.burst; at++) statuses.push(await put(at))
    expect(new Set(statuses)).toEqual(new Set([200]))
  })

  test('[CON16] ends for an address that shows wrong and revoked keys', async () => {
    const revoked = await strict.apiKey()
    await strict.administer('key revoke', { id: revoked.id })
    const statuses = []
    for (let at = 0; at < RATES.nonsense.burst + 20; at++)
      statuses.push((await ask('list_users', {}, at % 2 ? 'plk_wrong' : revoked.secret)).status)
    expect([statuses[0], statuses[1], statuses.at(-1)]).toEqual([401, 401, 429])
  })
})
