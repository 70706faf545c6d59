/** Proves what users make of chats among themselves: who begins one, who has a say in it, and what they see of each other. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openOrganization, refusal, type TestOrganization } from '../../testing/organization.ts'
import type { Principal } from './context.ts'
import { updatePolicies } from './organizations.ts'

let org: TestOrganization
let ann: Principal
let ben: Principal
let robin: Principal

const known = async (external_id: string): Promise<Principal> => {
  const { user } = await org.serve('create_user', { external_id, display_name: external_id, email: `${external_id}@shop.test` })
  return { type: 'customer', id: user.id, organization_id: 'acme' }
}

beforeEach(async () => {
  org = await openOrganization()
  ann = await known('host-ann')
  ben = await known('host-ben')
  robin = await org.agent('robin')
})
afterEach(() => org.close())

const create = async (who: Principal, more: object = {}) => (await org.act(who, 'create_chat', { users: ['host-ben'], ...more })).chat
const users = async (who: Principal, chat_id: string) => (await org.act(who, 'list_users', { chat_id })).users
const roles = async (who: Principal, chat_id: string) => Object.fromEntries((await users(who, chat_id)).map(({ id, role }) => [id, role]))

describe('[MEM10] a chat among users', () => {
  it('has who began it, as the owner, and whom they name, who are made if need be', async () => {
    const chat = await create(ann, {
      users: ['host-ben', 'host-new', ann.id],
      name: 'Trip',
      avatar: 'https://a.test/a.png',
      settings: { mute: true },
    })
    expect(chat).toMatchObject({ kind: 'group', name: 'Trip', avatar: 'https://a.test/a.png', settings: { mute: true }, active: true })
    const there = await users(ben, chat.id)
    const known = there.map((user) => ('external_id' in user ? `${user.external_id} ${user.role}` : ''))
    expect(known.sort()).toEqual(['host-ann owner', 'host-ben member', 'host-new member'])
    expect((await org.act(ben, 'sync_user', { after: 0 })).entries).toContainEqual(
      expect.objectContaining({ action: 'user_chat_added', payload: expect.objectContaining({ chat_id: chat.id }) }),
    )
  })

  it('may be of two, with the same to say', async () => {
    const chat = await create(ann, { kind: 'direct' })
    expect(await roles(ann, chat.id)).toEqual({ [ann.id]: undefined, [ben.id]: undefined })
    expect(await refusal(create(ann, { kind: 'direct', users: ['host-ben', 'host-new'] }))).toBe('validation')
    expect(await refusal(create(ann, { kind: 'direct', users: [ann.id] }))).toBe('validation')
  })

  it('is for customers whom the host vouches for, where the organization wants it, and for agents', async () => {
    const visitor = await org.customer('visitor')
    expect(await refusal(create(visitor))).toBe('authorization')
    const row = await org.store.organization('acme')
    if (row) await org.store.commit(updatePolicies(1, row, { customer_chats: 'none' }))
    expect(await refusal(create(ann))).toBe('authorization')
    expect(await create(robin)).toMatchObject({ kind: 'group' })
  })

  it('[IDM3] begun again under the same id is the same', async () => {
    const again = () => create(ann, { custom_id: 'k' })
    expect((await again()).id).toBe((await again()).id)
    expect(await refusal(create(ann, { custom_id: 'k', name: 'x' }))).toBe('idempotency_mismatch')
  })

  it('[MEM9] has room for as many as it says', async () => {
    expect(await refusal(create(ann, { users: ['host-ben', 'host-new'], user_limit: 2 }))).toBe('validation')
    const chat = await create(ann, { user_limit: 2, joinable: true })
    expect(await refusal(org.act(ann, 'add_users_to_chat', { chat_id: chat.id, user_ids: ['host-new'] }))).toBe('conflict')
    expect(await refusal(org.act(robin, 'join_chat', { chat_id: chat.id }))).toBe('conflict')
    await org.act(ann, 'update_chat', { chat_id: chat.id, user_limit: null })
    await org.act(robin, 'join_chat', { chat_id: chat.id })
  })
})

describe('[MEM11] a group', () => {
  it('is changed by its owner and admins', async () => {
    const { id: chat_id } = await create(ann)
    expect(await refusal(org.act(ben, 'update_chat', { chat_id, name: 'x' }))).toBe('authorization')
    expect(await refusal(org.act(ben, 'add_users_to_chat', { chat_id, user_ids: ['host-new'] }))).toBe('authorization')
    expect(await refusal(org.act(ben, 'remove_user_from_chat', { chat_id, user_id: 'host-ann' }))).toBe('authorization')
    const { entries } = await org.act(ann, 'update_chat', { chat_id, name: 'Trip', properties: { shop: { order: 1 } } })
    expect(entries).toMatchObject([
      { action: 'chat_updated', payload: { name: 'Trip', requester_id: ann.id } },
      { action: 'chat_properties_updated' },
    ])
    const added = await org.act(ann, 'add_users_to_chat', { chat_id, user_ids: ['host-new', 'host-ben'], role: 'admin' })
    expect(added.users.map(({ role }) => role).sort()).toEqual(['admin', 'member', 'owner'])
    expect(added.entries).toMatchObject([{ action: 'user_added_to_chat', payload: { user: { role: 'admin' } } }])
    const admin = await known('host-new')
    await org.act(admin, 'update_chat', { chat_id, name: null })
    expect(await refusal(org.act(admin, 'remove_user_from_chat', { chat_id, user_id: 'host-ann' }))).toBe('authorization')
    await org.act(admin, 'remove_user_from_chat', { chat_id, user_id: 'host-ben' })
    expect(Object.keys(await roles(ann, chat_id))).toHaveLength(2)
  })

  it('is everybody’s when nobody is left to change it', async () => {
    const { id: chat_id } = await create(ann, { users: ['host-ben', 'host-new'] })
    expect(await org.act(ann, 'remove_user_from_chat', { chat_id, user_id: 'host-ann' })).toMatchObject({ destroyed: false })
    expect((await org.act(ben, 'update_chat', { chat_id, name: 'Ours' })).chat.name).toBe('Ours')
  })

  it('is closed to strangers', async () => {
    const { id: chat_id } = await create(ann)
    const visitor = await org.customer('visitor')
    for (const action of ['list_users', 'get_chat'] as const) expect(await refusal(org.act(visitor, action, { chat_id }))).toBe('not_found')
    expect(await refusal(org.act(visitor, 'update_chat', { chat_id, name: 'x' }))).toBe('not_found')
    expect(await refusal(org.act(robin, 'get_chat', { chat_id }))).toBe('not_found')
    expect(await refusal(org.act(ann, 'remove_user_from_chat', { chat_id, user_id: 'visitor' }))).toBe('not_found')
  })
})

describe('[MEM11] a direct or a support chat', () => {
  it('of two is named by both, and none puts the other out', async () => {
    const { id: chat_id } = await create(ann, { kind: 'direct' })
    for (const who of [ann, ben]) await org.act(who, 'update_chat', { chat_id, name: who.id })
    expect(await refusal(org.act(ann, 'remove_user_from_chat', { chat_id, user_id: 'host-ben' }))).toBe('conflict')
    expect(await refusal(org.act(ann, 'update_chat', { chat_id, joinable: true }))).toBe('validation')
  })

  it('with agents is theirs to name, and keeps its customer', async () => {
    const { id: chat_id } = (await org.act(ann, 'start_chat', { chat: { thread: { events: [{ type: 'message', text: 'hi' }] } } })).chat
    expect(await refusal(org.act(ann, 'update_chat', { chat_id, name: 'x' }))).toBe('authorization')
    expect((await org.act(robin, 'update_chat', { chat_id, name: 'Order 7' })).chat.name).toBe('Order 7')
    await org.agent('kim')
    await org.act(robin, 'add_users_to_chat', { chat_id, user_ids: ['kim'] })
    expect(await refusal(org.act(robin, 'remove_user_from_chat', { chat_id, user_id: ann.id }))).toBe('authorization')
    expect(await refusal(org.act(ann, 'remove_user_from_chat', { chat_id, user_id: 'kim' }))).toBe('authorization')
    await org.act(robin, 'remove_user_from_chat', { chat_id, user_id: 'kim' })
  })
})

describe('[MEM12] a customer', () => {
  it('[MEM4] who comes without its history has seen what was there, and who comes with it has not', async () => {
    const chat = await create(ann)
    for (const [user, history] of [
      ['host-new', false],
      ['host-old', true],
    ] as const) {
      const { entries, users } = await org.act(ann, 'add_users_to_chat', { chat_id: chat.id, user_ids: [user], history })
      const [{ payload }] = entries as [{ payload: { seq: number; user: { id: string; seen_seq: number } } }]
      expect(payload.user.seen_seq).toBe(history ? 0 : payload.seq)
      expect(users.find(({ id }) => id === payload.user.id)?.seen_seq).toBe(payload.user.seen_seq)
    }
  })

  it('sees who the others are, and nothing that is between them and the host', async () => {
    await org.act(ben, 'update_customer', { session_fields: [{ plan: 'secret' }], avatar: 'https://a.test/b.png' })
    const { id: chat_id } = await create(ann)
    const other = (await users(ann, chat_id)).find(({ id }) => id === ben.id)
    expect(other).toMatchObject({ name: 'host-ben', avatar: 'https://a.test/b.png', external_id: 'host-ben', session_fields: [] })
    const seen = [
      await users(ann, chat_id),
      await org.act(ann, 'list_chats', {}),
      await org.act(ann, 'sync', { chat_id, after: 0 }),
      await org.act(ann, 'add_users_to_chat', { chat_id, user_ids: ['host-new'] }),
    ]
    expect(JSON.stringify(seen)).not.toMatch(/ben@shop|secret/)
    expect((await users(ben, chat_id)).find(({ id }) => id === ben.id)).toMatchObject({ email: 'host-ben@shop.test' })
  })
})

describe('a chat’s last event', () => {
  it('is previewed in 80 characters, as it is now', async () => {
    const { id: chat_id } = await create(ann)
    const preview = async () => (await org.act(ben, 'get_chat', { chat_id })).chat.last_event_preview
    const { event } = await org.act(ann, 'send_event', { chat_id, event: { type: 'message', text: '🦊'.repeat(100) } })
    expect(await preview()).toBe('🦊'.repeat(80))
    await org.act(ann, 'edit_event', { chat_id, event_id: event.id, text: 'short' })
    expect(await preview()).toBe('short')
    await org.act(ann, 'delete_event', { chat_id, event_id: event.id })
    expect(await preview()).toBeUndefined()
  })
})
