/** Erasing a person: what is gone, what stays for the others, and that it ends though it was cut off or met others on its way. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openOrganization, refusal, type TestOrganization } from '../../../testing/organization.ts'
import type { Write } from '../../store/change.ts'
import type { Store } from '../../store/store.ts'
import type { Principal } from '../context.ts'
import { fingerprint } from '../fingerprints.ts'
import { erase } from './erasure.ts'

let organization: TestOrganization
let serve: TestOrganization['serve']
let store: Store
beforeEach(async () => {
  organization = await openOrganization()
  serve = organization.serve
  store = organization.store
})
afterEach(() => organization.close())

const PAGE = { view: 'agents', thread_id: null, before: null, after: null, from: 1, to: null, limit: 9, replies: 'among' } as const
const message = (text: string) => ({ type: 'message' as const, text })
const principal = (id: string): Principal => ({ type: 'customer', id, organization_id: 'acme' })
const erasing = (id: string) => ({ organization_id: 'acme', id, user_type: 'customer' }) as const
const texts = async (chat_id: string) => (await serve('list_events', { chat_id, order: 'asc' })).data.map(({ text }) => text ?? null)
const say = (chat_id: string, user_id: string, text: string) => serve('send_event', { chat_id, user_id, event: message(text) })

async function group(...users: string[]): Promise<string> {
  const { chat } = await serve('create_chat', { users })
  return chat.id
}

describe('[USR4] who is erased', () => {
  it('is nobody any more: no profile, no activity, no file, and the host’s id is free', async () => {
    const { user } = await serve('create_user', { external_id: 'jo', display_name: 'Jo', username: 'jo', custom: { a: 1 } })
    const jo = principal(user.id)
    await organization.act(jo, 'update_customer', { session_fields: [{ plan: 'pro' }] })
    await organization.act(jo, 'track_event', { name: 'bought' })
    const told = await serve('delete_user', { user_id: 'jo' })
    expect(told).toMatchObject({ user_id: user.id, remaining: { chats: 0, blanked_events: 0 } })
    expect(await store.customer('acme', user.id)).toMatchObject({
      ...{ name: null, username: null, custom: {}, session_fields: [], external_id: null, visitor_key_hash: null },
    })
    expect(await store.activity(user.id)).toEqual([])
    for (const user_id of ['jo', user.id]) expect(await refusal(serve('get_user', { user_id }))).toBe('not_found')
    expect((await serve('create_user', { external_id: 'jo', username: 'jo' })).user.id).not.toBe(user.id)
  })

  it('has said nothing, wherever they were, and others have said what they said', async () => {
    const [here, left] = [await group('jo', 'kim'), await group('jo', 'kim', 'lee')]
    for (const chat_id of [here, left]) {
      await say(chat_id, 'jo', 'mine')
      await say(chat_id, 'kim', 'not theirs')
    }
    await serve('leave_chat', { chat_id: left, user_id: 'jo' })
    expect((await serve('delete_user', { user_id: 'jo' })).remaining).toEqual({ chats: 2, blanked_events: 2 })
    for (const chat_id of [here, left]) {
      expect(await texts(chat_id)).toEqual([null, 'not theirs'])
      const { users } = (await serve('get_chat', { chat_id })).chat
      expect(users.filter(({ present }) => present)).not.toContainEqual(expect.objectContaining({ name: 'jo' }))
    }
  })

  it('leaves a chat without them, and none where they were the last', async () => {
    const [alone, support] = [
      (await serve('create_chat', { created_by: 'jo' })).chat.id,
      (await serve('create_chat', { kind: 'support', users: ['jo'] })).chat.id,
    ]
    await say(support, 'jo', 'help')
    await serve('delete_user', { user_id: 'jo' })
    expect(await refusal(serve('get_chat', { chat_id: alone }))).toBe('not_found')
    expect((await serve('get_chat', { chat_id: support })).chat).toMatchObject({ active: false, users: [{ present: false }] })
  })

  it('is erased in the words of a rating as well', async () => {
    const { user } = await serve('create_user', { external_id: 'jo' })
    const { chat } = await serve('create_chat', { kind: 'support', users: ['jo'] })
    await say(chat.id, 'jo', 'help')
    await organization.act(principal(user.id), 'rate_chat', { chat_id: chat.id, rating: { value: 'bad', comment: 'from Jo' } })
    await serve('delete_user', { user_id: 'jo' })
    expect((await serve('get_chat', { chat_id: chat.id })).chat.thread?.rating).toEqual({ value: 'bad' })
  })

  it('gives back nothing by what was under way when they went', async () => {
    const { user } = await serve('create_user', { external_id: 'jo' })
    const jo = principal(user.id)
    const chat_id = await group('jo', 'kim')
    const late = [
      ...Array.from({ length: 5 }, () => organization.act(jo, 'send_event', { chat_id, event: message('late') })),
      organization.act(jo, 'start_chat', { chat: { thread: { events: [message('late')] } } }),
      organization.act(jo, 'update_customer', { name: 'Jo again' }),
      organization.act(jo, 'track_event', { name: 'late' }),
      serve('update_user', { user_id: 'jo', nickname: 'late' }),
      serve('create_chat', { users: ['jo', 'kim'] }),
    ]
    const erased = serve('delete_user', { user_id: 'jo' })
    await Promise.allSettled([...late, erased])
    const row = await store.customer('acme', user.id)
    expect([row?.name, row?.nickname, await store.activity(user.id)]).toEqual([null, null, []])
    for (const id of await store.chatsOfUser(user.id)) {
      expect((await store.present(id)).map(({ user_id }) => user_id)).not.toContain(user.id)
      if (await store.chat('acme', id)) expect(await texts(id)).not.toContain('late')
    }
  })

  it('is erased though others come, go and delete at the same moment, and though two erase at once', async () => {
    const chat_id = await group('jo', 'kim', 'lee')
    const { user } = await serve('create_user', { external_id: 'jo' })
    const sent = []
    for (let at = 0; at < 5; at++) sent.push((await say(chat_id, 'jo', `mine ${at}`)).event.id)
    const others = [
      ...['a', 'b', 'c'].map((user_id) => serve('add_users_to_chat', { chat_id, user_ids: [user_id] })),
      serve('delete_event', { chat_id, event_id: sent[2] ?? '' }),
      serve('leave_chat', { chat_id, user_id: 'lee' }),
      serve('delete_user', { user_id: 'jo' }),
      serve('delete_user', { user_id: 'jo' }),
    ]
    await Promise.allSettled(others)
    expect(await texts(chat_id)).toEqual(Array(5).fill(null))
    expect((await store.present(chat_id)).map(({ user_id }) => user_id)).not.toContain(user.id)
    expect(await store.unerased(9e15, 9)).toEqual([])
  })

  it('loses no step to others who were first', async () => {
    const chat_id = await group('jo', 'kim')
    const { user } = await serve('create_user', { external_id: 'jo' })
    const sent: string[] = []
    for (let at = 0; at < 3; at++) sent.push((await say(chat_id, 'jo', 'mine')).event.id)
    /** What others do just before the step is taken, once. */
    const first: Partial<Record<Write['write'], () => Promise<unknown>>> = {
      delete_event: () => serve('delete_event', { chat_id, event_id: sent[1] ?? '' }),
      remove_user: () => serve('leave_chat', { chat_id, user_id: 'kim' }),
    }
    const lost: string[] = []
    await erase(store, erasing(user.id), organization.clock.now, async (change) => {
      const step = change.writes[0]?.write ?? 'delete'
      const others = first[step]
      delete first[step]
      await others?.()
      const done = await store.commit(change)
      if (!done.ok) lost.push(step)
      return done.ok ? done.committed : null
    })
    expect(lost).toEqual(['delete_event', 'remove_user'])
    expect((await store.events({ ...PAGE, chat_id })).events.map(({ text }) => text)).toEqual([null, null, null])
    expect([await store.present(chat_id), await store.chat('acme', chat_id)]).toEqual([[], null])
  })

  it('is gone on with where it was left', async () => {
    const chat_id = await group('jo', 'kim')
    for (let at = 0; at < 3; at++) await say(chat_id, 'jo', 'mine')
    const { user } = await serve('create_user', { external_id: 'jo' })
    const set = { deleted_at: organization.clock.now(), external_id: null }
    const key = { organization_id: 'acme', id: user.id }
    await store.commit({ at: 0, expect: [], writes: [{ write: 'update', table: 'customers', key, set }], idempotency: [] })
    let left = 1
    const cut = erase(store, erasing(user.id), organization.clock.now, async (change) => {
      if (left-- === 0) throw new Error('the process died')
      const done = await store.commit(change)
      return done.ok ? done.committed : null
    })
    await expect(cut).rejects.toThrow('died')
    expect(await store.unerased(9e15, 9)).toMatchObject([{ id: user.id }])
    await erase(store, erasing(user.id), organization.clock.now, async (change) => {
      const done = await store.commit(change)
      return done.ok ? done.committed : null
    })
    expect([await texts(chat_id), await store.unerased(9e15, 9)]).toEqual([[null, null, null], []])
  })

  it('as an agent or a bot leaves what was said in the organization’s name, and says no more', async () => {
    await serve('create_user', { external_id: 'bot', type: 'bot', display_name: 'Helper' })
    const { chat } = await serve('create_chat', { kind: 'support', users: ['jo', 'bot'] })
    await say(chat.id, 'bot', 'How can I help?')
    const told = await serve('delete_user', { user_id: 'bot' })
    expect(told).toMatchObject({ erased: ['profile', 'sessions'], remaining: { chats: 1, blanked_events: 0 } })
    expect(await texts(chat.id)).toEqual(['How can I help?'])
    expect(JSON.stringify((await serve('get_chat', { chat_id: chat.id })).chat.users)).not.toContain('Helper')
    expect(await refusal(say(chat.id, 'bot', 'again'))).toBe('not_found')
  })
  it('leaves nothing of theirs in a chat that was deleted before, for as long as it is kept', async () => {
    const { user } = await serve('create_user', { external_id: 'jo' })
    const jo = principal(user.id)
    const { chat } = await organization.act(jo, 'start_chat', { chat: { thread: { events: [message('mine')] } } })
    await organization.act(jo, 'update_chat_properties', { id: chat.id, properties: { contact: { email: 'jo@shop.test' } } })
    await organization.act(jo, 'rate_chat', { chat_id: chat.id, rating: { value: 'bad', comment: 'from Jo' } })
    await organization.act(await organization.agent('robin'), 'send_event', { chat_id: chat.id, event: message('ours') })
    await serve('delete_chat', { chat_id: chat.id })
    expect((await serve('delete_user', { user_id: 'jo' })).remaining).toEqual({ chats: 1, blanked_events: 1 })
    const { entries } = await store.entries(chat.id, 'agents', 0, 99)
    const kept = JSON.stringify(entries)
    expect(kept).toContain('ours')
    for (const gone of ['mine', 'jo@shop.test', 'from Jo']) expect(kept).not.toContain(gone)
  })

  it('takes along the properties that they were the last to set, and no others', async () => {
    const { user } = await serve('create_user', { external_id: 'jo' })
    const jo = principal(user.id)
    const thread = { properties: { visit: { page: '/', seen: true } } }
    const { chat } = await organization.act(jo, 'start_chat', { chat: { properties: { contact: { email: 'jo@shop.test' } }, thread } })
    const [chat_id, thread_id] = [chat.id, chat.thread?.id ?? '']
    const robin = await organization.agent('robin')
    await organization.act(robin, 'update_chat_properties', { id: chat_id, properties: { crm: { ticket: 7 }, contact: { vip: true } } })
    await organization.act(jo, 'update_chat_properties', { id: chat_id, properties: { crm: { mood: 'bad' } } })
    await organization.act(robin, 'update_thread_properties', { chat_id, thread_id, properties: { visit: { seen: false } } })
    await serve('delete_user', { user_id: 'jo' })
    const now = (await serve('get_chat', { chat_id })).chat
    expect(now.properties).toEqual({ crm: { ticket: 7 }, contact: { vip: true } })
    expect(now.thread?.properties).toEqual({ visit: { seen: false } })
  })

  it('as an agent is in no chat any more, and the last one beside them deletes it by leaving', async () => {
    await serve('create_user', { external_id: 'robin', type: 'agent' })
    const chat_id = await group('robin', 'kim')
    await serve('delete_user', { user_id: 'robin' })
    expect(await store.present(chat_id)).toHaveLength(1)
    expect(await serve('leave_chat', { chat_id, user_id: 'kim' })).toEqual({ destroyed: true })
    expect(await store.unerased(9e15, 9)).toEqual([])
  })

  it('as an agent gets nothing back by what was under way', async () => {
    const { user } = await serve('create_user', { external_id: 'robin', type: 'agent', display_name: 'Robin' })
    const { chat } = await serve('create_chat', { kind: 'support', users: ['jo'] })
    const late = [
      serve('update_user', { user_id: 'robin', display_name: 'Robin again' }),
      serve('add_users_to_chat', { chat_id: chat.id, user_ids: ['robin'] }),
      say(chat.id, 'robin', 'late'),
      serve('create_chat', { users: ['robin', 'kim'] }),
    ]
    await Promise.allSettled([serve('delete_user', { user_id: 'robin' }), ...late])
    expect((await store.agent('acme', user.id))?.name).toBe('')
    for (const id of await store.chatsOfUser(user.id)) {
      expect((await store.present(id)).map(({ user_id }) => user_id)).not.toContain(user.id)
    }
  })

  it('is looked at again when they become somebody whom the host knows meanwhile', async () => {
    const ann = await organization.customer('ann')
    const key = { organization_id: 'acme', id: ann.id }
    const known: Write = { write: 'update', table: 'customers', key, set: { external_id: 'host-ann', name: 'Ann' } }
    const [, told] = await Promise.all([
      store.commit({ at: 0, expect: [], writes: [known], idempotency: [] }),
      serve('delete_user', { user_id: ann.id }),
    ])
    expect(told.user_id).toBe(ann.id)
    expect(await store.customer('acme', ann.id)).toMatchObject({ external_id: null, name: null })
    expect(await store.erasedId('acme', fingerprint('host-ann'))).not.toBeNull()
  })
})
