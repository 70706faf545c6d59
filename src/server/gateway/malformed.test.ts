/** Requests of back ends with what cannot be kept, or is not known, at every place: refused by the place's name, and nothing is changed. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ActionSpec, SERVER_ACTIONS } from '../../protocol/actions.ts'
import { errorOf, type RunningServer, startServer } from '../../testing/server.ts'
import type { Store } from '../store/store.ts'

let server: RunningServer
let store: Store
let secret: string
let ids: Record<string, string>
beforeAll(async () => {
  server = await startServer({
    rateFactor: 100_000,
    wrapStore(opened) {
      store = opened
      return opened
    },
  })
  secret = (await server.apiKey()).secret
  const { user } = await answer<{ user: { id: string } }>('create_user', { external_id: 'jo' })
  const { chat } = await answer<{ chat: { id: string } }>('create_chat', { users: ['jo', 'kim'] })
  const { event } = await answer<{ event: { id: string } }>('send_event', {
    chat_id: chat.id,
    user_id: 'jo',
    event: { type: 'message', text: 'x' },
  })
  const { token } = await answer<{ token: string }>('create_token', { user_id: 'jo' })
  ids = { user_id: user.id, chat_id: chat.id, event_id: event.id, token }
})
afterAll(() => server.stop())

const act = (action: string, body: unknown) => server.post(`/v1/server/action/${action}`, body, { authorization: `Bearer ${secret}` })
const answer = async <T>(action: string, body: unknown): Promise<T> => (await (await act(action, body)).json()) as T

/** A good value for each field that there is, by its name. */
const GOOD: Readonly<Record<string, unknown>> = {
  ...{ user_name: 'Jo', email: 'jo@shop.test', user_info: { custom: { a: 1 } }, role: 'user', channels: [], expires_in: 60 },
  ...{ external_id: 'new', type: 'customer', username: 'jo', display_name: 'Jo', nickname: 'J', avatar: 'a.png', badge: 'VIP' },
  ...{ status: 'active', custom: { a: 1 }, anonymous: true, kind: 'group', name: 'General', users: ['jo', 'kim'], created_by: 'jo' },
  ...{ properties: { shop: { a: 1 } }, joinable: true, history: true, custom_id: 'c', user_ids: ['jo'], text: 'x', content: { a: 1 } },
  ...{ event: { type: 'message', text: 'x' }, order: 'asc', limit: 1, file_id: 'none', webhook_id: 'none', delivery_id: 'none' },
  ...{ url: 'https://hooks.example.com/', events: [], description: 'x', enabled: false, page: 1 },
}
const schemaOf = (spec: ActionSpec) => spec.request as unknown as { properties: Record<string, object>; required?: string[] }
const good = (field: string): unknown => ids[field] ?? GOOD[field]

/** What is required, and the one field that is tried. */
function bodyWith(spec: ActionSpec, field: string, value: unknown): Record<string, unknown> {
  const { required = [] } = schemaOf(spec)
  const others = Object.fromEntries(required.map((name) => [name, good(name)]))
  return { ...others, ...(field !== 'users' && 'users' in schemaOf(spec).properties && { users: good('users') }), [field]: value }
}

const NUL = 'a\0b'
const LONE = 'a\ud800b'

/** The same value with this text at its first text, or in the place of what has none. */
function spoiled(value: unknown, text: string): unknown {
  if (typeof value === 'string') return text
  if (Array.isArray(value)) return [text]
  if (typeof value === 'object' && value !== null) {
    const [[name, inside] = ['a', 'x']] = Object.entries(value).slice(-1)
    return { ...value, [name]: spoiled(inside, text) }
  }
  return text
}

const actions = Object.entries<ActionSpec>(SERVER_ACTIONS).filter(([name]) => name !== 'upload_file')
const fields = actions.flatMap(([action, spec]) =>
  Object.keys(schemaOf(spec).properties)
    .filter((field) => field !== 'cursor')
    .map((field) => [action, field, spec] as const),
)

/** Everything that is kept, but for what is written down of the uses of keys. */
const kept = async () => {
  const page = { organization_id: (await store.organizations())[0]?.id ?? '', from: { offset: 0 }, limit: 1000, count: true } as const
  const chats = await store.organizationChats({ ...page, reader: { user_id: '', view: 'agents' }, kind: null, active: null })
  return JSON.stringify([await store.customersPage({ ...page, anonymous: true }), chats, await store.webhooks(page.organization_id)])
}

/** Refused as malformed, by the name of the field or of a place in it. */
async function refusedAt(action: string, field: string, asked: Promise<Response>): Promise<void> {
  const { status, type, message, data } = await errorOf(asked)
  expect({ status, type, path: String(data?.['path']).split('.')[0] }).toEqual({ status: 400, type: 'validation', path: field })
  expect(message).toMatch(new RegExp(`^unable to ${action}; ${field}`))
}

describe('a request that is not as it must be is refused by the field’s name, and changes nothing', () => {
  test.each(fields)('%s with %s', async (action, field, spec) => {
    const before = await kept()
    const value = good(field)
    for (const text of [NUL, LONE]) await refusedAt(action, field, act(action, bodyWith(spec, field, spoiled(value, text))))
    // Nothing of the sort, numbers that no store could keep among it.
    const data = field === 'settings' ? [] : ['{"more":{"than":["this"]}}']
    for (const wrong of ['[[]]', '1e999', ...data]) {
      const text = JSON.stringify(bodyWith(spec, field, 'HERE')).replace('"HERE"', wrong)
      await refusedAt(action, field, act(action, text))
    }
    expect(await kept()).toBe(before)
  })

  test.each(actions)('%s with a field that it does not know, or none that it needs', async (action, spec) => {
    const { required = [] } = schemaOf(spec)
    const others = Object.fromEntries(required.map((name) => [name, good(name)]))
    await refusedAt(action, 'surplus', act(action, { ...others, surplus: 1 }))
    await refusedAt(action, '__proto__', act(action, JSON.stringify({ ...others, HERE: 1 }).replace('HERE', '__proto__')))
    for (const name of required) {
      const { [name]: _, ...rest } = others
      await refusedAt(action, name, act(action, rest))
    }
    for (const body of ['[]', '"x"', 'null', '{', '1e999']) expect((await errorOf(act(action, body))).status).toBe(400)
  })

  test.each([
    ['create_user', 'custom', { a: 1e308 }],
    ['update_user', 'custom', { a: -1e308, __proto__: 1 }],
    ['create_chat', 'properties', { shop: { a: 1e308, constructor: 'x' } }],
  ])('%s keeps a number as large as it can be, as it is', async (action, field, value) => {
    const spec = SERVER_ACTIONS[action as keyof typeof SERVER_ACTIONS]
    const { user, chat } = await answer<{ user?: object; chat?: object }>(action, bodyWith(spec, field, value))
    expect({ ...user, ...chat }).toMatchObject({ [field]: value })
  })

  test.each(['{"a":1e999}', '{"a":{"b":[-1e999]}}'])(
    'send_event with the content %s, of which something would be lost',
    async (content) => {
      const { chat_id, user_id } = ids
      const body = JSON.stringify({ chat_id, user_id, event: { type: 'custom', content: 'HERE' } }).replace('"HERE"', content)
      const { status, data } = await errorOf(act('send_event', body))
      expect([status, String(data?.['path'])]).toEqual([400, expect.stringMatching(/^event\.content/)])
    },
  )

  test('upload_file under a name that cannot be kept, in the address or in the form', async () => {
    const form = (custom_id?: string) => {
      const body = new FormData()
      if (custom_id !== undefined) body.append('custom_id', custom_id)
      body.append('file', new File(['x'], 'a.txt'))
      return { method: 'POST', headers: { authorization: `Bearer ${secret}` }, body }
    }
    const path = '/v1/server/action/upload_file'
    for (const asked of [server.fetch(`${path}?custom_id=a%00b`, form()), server.fetch(path, form(NUL))]) {
      await refusedAt('upload_file', 'custom_id', asked)
    }
  })
})
