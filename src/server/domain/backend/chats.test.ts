/** Chats as a back end makes, changes and deletes them, and who is let in and put out. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MAX_CHAT_USERS } from '../../../protocol/limits.ts'
import { openOrganization, refusal, type TestOrganization } from '../../../testing/organization.ts'
import type { Principal } from '../context.ts'

let organization: TestOrganization
let serve: TestOrganization['serve']
beforeEach(async () => {
  organization = await openOrganization()
  serve = organization.serve
})
afterEach(() => organization.close())

const create = async (request: Parameters<typeof serve<'create_chat'>>[1]) => (await serve('create_chat', request)).chat
const say = (chat_id: string, user_id: string, text: string) => serve('send_event', { chat_id, user_id, event: { type: 'message', text } })
async function principal(external_id: string): Promise<Principal> {
  return { type: 'customer', id: (await serve('create_user', { external_id })).user.id, organization_id: 'acme' }
}
const seen = async (who: Principal, chat_id: string) =>
  (await organization.act(who, 'list_events', { chat_id })).events.map(({ text }) => text)
const present = async (chat_id: string) =>
  (await serve('get_chat', { chat_id })).chat.users.flatMap((user) => ('external_id' in user && user.present ? user.external_id : []))

describe('[MEM9] create_chat', () => {
  it('makes those of its users whom nobody knows, who read it from entry 1', async () => {
    const { user } = await serve('create_user', { external_id: 'jo' })
    const chat = await create({ users: ['jo', 'kim'], name: 'General' })
    expect(chat).toMatchObject({ kind: 'group', name: 'General', active: true, from_seq: 1 })
    expect((await present(chat.id)).sort()).toEqual(['jo', 'kim'])
    expect((await serve('get_user', { user_id: 'jo' })).user).toEqual(user)
    await say(chat.id, 'jo', 'hello')
    expect(await seen(await principal('kim'), chat.id)).toEqual(['hello'])
  })

  it('takes a creator into it, or is itself who made it', async () => {
    expect(await present((await create({ created_by: 'jo' })).id)).toEqual(['jo'])
    expect(await present((await create({ created_by: 'jo', users: ['kim', 'jo'] })).id).then((users) => users.sort())).toEqual([
      'jo',
      'kim',
    ])
  })

  it.each([
    [{}, 'users'],
    [{ users: ['jo'] }, 'users'],
    [{ users: ['jo', 'jo'] }, 'users'],
    [{ kind: 'direct', users: ['jo', 'kim', 'lee'] }, 'users'],
    [{ kind: 'direct', created_by: 'jo' }, 'users'],
    [{ kind: 'support', users: ['jo', 'kim'] }, 'users'],
    [{ kind: 'direct', users: ['jo', 'kim'], joinable: true }, 'joinable'],
  ] as const)('refuses %j, and makes nobody', async (request, path) => {
    await expect(create(request as never)).rejects.toMatchObject({ type: 'validation', data: { path } })
    expect((await serve('list_users', { page: 1 })).total).toBe(0)
  })

  it('answers the same custom id with the same chat, and another chat of that name with a mismatch', async () => {
    const chat = await create({ users: ['jo', 'kim'], custom_id: 'once' })
    expect((await create({ users: ['jo', 'kim'], custom_id: 'once' })).id).toBe(chat.id)
    expect(await refusal(create({ users: ['jo', 'lee'], custom_id: 'once' }))).toBe('idempotency_mismatch')
  })
})

describe('[MEM9] who is let in later', () => {
  it.each([
    [false, undefined, ['new']],
    [true, undefined, ['old', 'new']],
    [false, true, ['old', 'new']],
    [true, false, ['new']],
  ])('where the chat says %s and the request %s reads %j', async (history, asked, expected) => {
    const chat = await create({ users: ['jo', 'kim'], history })
    await say(chat.id, 'jo', 'old')
    await serve('add_users_to_chat', { chat_id: chat.id, user_ids: ['lee'], ...(asked !== undefined && { history: asked }) })
    await say(chat.id, 'jo', 'new')
    expect(await seen(await principal('lee'), chat.id)).toEqual(expected)
  })

  it('who is there already stays as they are', async () => {
    const chat = await create({ users: ['jo', 'kim'] })
    const before = (await serve('get_chat', { chat_id: chat.id })).chat
    expect((await serve('add_users_to_chat', { chat_id: chat.id, user_ids: ['jo', 'kim'] })).chat).toEqual(before)
    expect((await serve('join_chat', { chat_id: chat.id, user_id: 'jo' })).chat).toEqual(before)
  })

  it('is no third one in a direct chat, and no second customer in a support chat, but an agent or the customer who was put out', async () => {
    const direct = await create({ kind: 'direct', users: ['jo', 'kim'] })
    const support = await create({ kind: 'support', users: ['jo'] })
    await principal('lee')
    for (const { id: chat_id } of [direct, support]) {
      expect(await refusal(serve('add_users_to_chat', { chat_id, user_ids: ['lee'] }))).toBe('conflict')
      expect(await refusal(serve('join_chat', { chat_id, user_id: 'lee' }))).toBe('conflict')
    }
    await serve('create_user', { external_id: 'robin', type: 'agent' })
    await serve('add_users_to_chat', { chat_id: support.id, user_ids: ['robin'] })
    await serve('remove_user_from_chat', { chat_id: support.id, user_id: 'jo' })
    await serve('join_chat', { chat_id: support.id, user_id: 'jo' })
    expect(await present(support.id)).toEqual(['jo'])
  })

  it('is one of 500 at most, also of many who come at once', async () => {
    const all = Array.from({ length: MAX_CHAT_USERS - 1 }, (_, at) => `user-${at}`)
    const { id: chat_id } = await create({ users: all, joinable: true })
    for (const external_id of ['a', 'b', 'c']) await principal(external_id)
    const asked = await Promise.allSettled(['a', 'b', 'c'].map((user_id) => serve('join_chat', { chat_id, user_id })))
    expect(asked.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected'])
    for (const one of asked) if (one.status === 'rejected') expect(one.reason).toMatchObject({ type: 'conflict', data: { limit: 500 } })
    expect(await refusal(serve('add_users_to_chat', { chat_id, user_ids: ['d'] }))).toBe('conflict')
    expect((await organization.store.present(chat_id)).length).toBe(MAX_CHAT_USERS)
  })
})

describe('[MEM8] who joins by themselves', () => {
  it('is let into a group that can be joined, and reads it as it says', async () => {
    const open = await create({ users: ['jo', 'kim'], joinable: true, history: true })
    await say(open.id, 'jo', 'old')
    const lee = await principal('lee')
    expect((await organization.act(lee, 'join_chat', { chat_id: open.id })).chat.id).toBe(open.id)
    expect(await seen(lee, open.id)).toEqual(['old'])
    expect((await organization.act(lee, 'join_chat', { chat_id: open.id })).entries).toEqual([])
  })

  it('finds any other like one that does not exist', async () => {
    const lee = await principal('lee')
    const closed = await create({ users: ['jo', 'kim'] })
    const direct = await create({ kind: 'direct', users: ['jo', 'kim'] })
    const support = await create({ kind: 'support', users: ['jo'] })
    const theirs = (await serve('create_chat', { users: ['jo', 'kim'], joinable: true }, 'other')).chat
    const gone = await create({ users: ['jo', 'kim'], joinable: true })
    await serve('delete_chat', { chat_id: gone.id })
    const told = async (chat_id: string) =>
      organization.act(lee, 'join_chat', { chat_id }).catch(({ type, message, data }) => ({ type, message, data }))
    const missing = await told('nowhere')
    expect(missing).toMatchObject({ type: 'not_found' })
    for (const { id } of [closed, direct, support, theirs, gone]) expect(await told(id)).toEqual(missing)
  })

  it('comes together with many others', async () => {
    const { id: chat_id } = await create({ users: ['jo', 'kim'], joinable: true })
    const users = await Promise.all(Array.from({ length: 50 }, (_, at) => principal(`user-${at}`)))
    const joined = await Promise.allSettled(users.map((user) => organization.act(user, 'join_chat', { chat_id })))
    expect(joined.filter(({ status }) => status === 'rejected')).toEqual([])
    expect(await organization.store.present(chat_id)).toHaveLength(52)
  })
})

describe('[MEM8] the last one out', () => {
  it.each(['direct', 'group'] as const)('of a %s chat deletes it in the same change, also of two who leave at once', async (kind) => {
    const { id: chat_id } = await create({ kind, users: ['jo', 'kim'] })
    const out = await Promise.all(['jo', 'kim'].map((user_id) => serve('leave_chat', { chat_id, user_id })))
    expect(out.map(({ destroyed }) => destroyed).sort()).toEqual([false, true])
    expect(await refusal(serve('get_chat', { chat_id }))).toBe('not_found')
    const { entries } = await organization.store.entries(chat_id, 'agents', 0, 100)
    expect(entries.map(({ kind }) => kind).slice(-3)).toEqual(['user_removed', 'user_removed', 'chat_deleted'])
  })

  it('is not the last while another comes', async () => {
    const { id: chat_id } = await create({ created_by: 'jo', joinable: true })
    const lee = await principal('lee')
    const [out, joined] = await Promise.allSettled([
      serve('remove_user_from_chat', { chat_id, user_id: 'jo' }),
      organization.act(lee, 'join_chat', { chat_id }),
    ])
    const alive = (await organization.store.chat('acme', chat_id)) !== null
    expect([out, joined]).toMatchObject([
      { status: 'fulfilled', value: { destroyed: !alive } },
      { status: alive ? 'fulfilled' : 'rejected' },
    ])
  })

  it('leaves a support chat for the agents', async () => {
    const { id: chat_id } = await create({ kind: 'support', users: ['jo'] })
    expect(await serve('leave_chat', { chat_id, user_id: 'jo' })).toEqual({ destroyed: false })
    expect((await serve('get_chat', { chat_id })).chat.kind).toBe('support')
    expect(await refusal(serve('leave_chat', { chat_id, user_id: 'jo' }))).toBe('not_found')
  })
})

it('[SEE7] is listed for a customer with what is unread to them, and by what they see', async () => {
  const [first, second] = [await create({ kind: 'support', users: ['jo'] }), await create({ kind: 'support', users: ['jo'] })]
  const robin = await organization.agent('robin')
  const write = (chat_id: string, visibility: 'all' | 'agents') =>
    organization.act(robin, 'send_event', { chat_id, event: { type: 'message', text: 'x', visibility } })
  await organization.clock.advance(1)
  await write(second.id, 'all')
  await organization.clock.advance(1)
  await write(first.id, 'agents')
  const listed = async () => (await serve('list_chats', { user_id: 'jo' })).data.map(({ id, unread_count }) => [id, unread_count])
  expect(await listed()).toEqual([
    [second.id, 1],
    [first.id, 0],
  ])
  expect((await serve('list_chats', { user_id: 'jo', limit: 1 })).data.map(({ id }) => id)).toEqual([second.id])
})

describe('[MEM7] a deleted chat', () => {
  it('is answered like one that does not exist, to its users, to agents and to back ends', async () => {
    const jo = await principal('jo')
    const robin = await organization.agent('robin')
    const { id: chat_id } = await create({ kind: 'support', users: ['jo'] })
    const { event } = await say(chat_id, 'jo', 'help')
    await serve('delete_chat', { chat_id })
    const told = (asked: Promise<unknown>) => asked.catch(({ type, message, data }) => ({ type, message, data }))
    for (const who of [jo, robin]) {
      for (const action of ['get_chat', 'list_events', 'list_threads'] as const) {
        const asked = (id: string) => told(organization.act(who, action, { chat_id: id }))
        expect(await asked(chat_id)).toEqual(await asked('nowhere'))
      }
      const send = (id: string) => told(organization.act(who, 'send_event', { chat_id: id, event: { type: 'message', text: 'x' } }))
      expect(await send(chat_id)).toEqual(await send('nowhere'))
      expect((await organization.act(who, 'list_chats', {})).total_chats).toBe(0)
    }
    const named = (id: string) => told(serve('get_event', { chat_id: id, event_id: event.id }))
    expect(await named(chat_id)).toEqual(await named('nowhere'))
    expect((await serve('list_chats', { page: 1 })).total).toBe(0)
    expect((await serve('list_chats', { user_id: 'jo', page: 1 })).total).toBe(0)
    expect(await organization.act(jo, 'get_unread_count', {})).toEqual({ unread: 0 })
  })

  it('is gone for those who come back: a login is told so, and their own log', async () => {
    const jo = await principal('jo')
    const { id: chat_id } = await create({ users: ['jo', 'kim'] })
    await serve('delete_chat', { chat_id })
    const { entries } = await organization.act(jo, 'sync_user', { after: 0 })
    expect(entries).toMatchObject([{ action: 'user_chat_added' }, { action: 'user_chat_removed', payload: { chat_id } }])
    expect(await refusal(organization.act(jo, 'sync', { chat_id, after: 0 }))).toBe('not_found')
  })
})

describe('update_chat', () => {
  it('sets what it names, merges properties, opens and resolves', async () => {
    const chat = await create({ users: ['jo', 'kim'], name: 'Old', properties: { shop: { a: 1 } } })
    const change = async (request: object) => (await serve('update_chat', { chat_id: chat.id, ...request })).chat
    expect(await change({ name: 'New', joinable: true, properties: { shop: { b: 2 } } })).toMatchObject({
      ...{ name: 'New', joinable: true, properties: { shop: { a: 1, b: 2 } } },
    })
    expect(await change({ name: null })).not.toHaveProperty('name')
    expect(await change({ status: 'resolved' })).toMatchObject({ active: false })
    const resolved = await change({ status: 'resolved' })
    expect(await change({})).toEqual(resolved)
    expect(await change({ status: 'open' })).toMatchObject({ active: true, thread: { order: 2 } })
  })

  it('names the field that is too large', async () => {
    const { id: chat_id } = await create({ users: ['jo', 'kim'] })
    const properties = { shop: Object.fromEntries(Array.from({ length: 5 }, (_, at) => [`name${at}`, 'x'.repeat(4096)])) }
    const refused = { type: 'entity_too_large', data: { path: 'properties' } }
    await expect(serve('update_chat', { chat_id, properties })).rejects.toMatchObject(refused)
    await expect(create({ users: ['jo', 'kim'], properties })).rejects.toMatchObject(refused)
  })
})
