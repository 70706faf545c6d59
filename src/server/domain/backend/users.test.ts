/** Users as a back end makes, finds, changes and lists them: by the host's id or ours, which never mean two. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openOrganization, refusal, type TestOrganization } from '../../../testing/organization.ts'

let organization: TestOrganization
let serve: TestOrganization['serve']
beforeEach(async () => {
  organization = await openOrganization()
  serve = organization.serve
})
afterEach(() => organization.close())

const create = async (external_id: string, more: object = {}) => (await serve('create_user', { external_id, ...more })).user

describe('[USR1] create_user', () => {
  it('makes a user with all that is said of them', async () => {
    const said = { username: 'jo', display_name: 'Jo', nickname: 'J', email: 'jo@shop.test', avatar: 'a.png', badge: 'VIP' }
    const user = await create('host-1', { ...said, custom: { tier: 'gold', points: 7, beta: true } })
    expect(user).toMatchObject({ type: 'customer', external_id: 'host-1', ...said, status: 'active', custom: { points: 7 } })
  })

  it('answers with the one who is known, and fills what was empty', async () => {
    const user = await create('host-1', { display_name: 'Jo' })
    expect(await create('host-1')).toEqual(user)
    expect(await create('host-1', { display_name: 'Jo' })).toEqual(user)
    const filled = await create('host-1', { email: 'jo@shop.test', custom: { tier: 'gold' } })
    expect(filled).toEqual({ ...user, email: 'jo@shop.test', custom: { tier: 'gold' } })
    expect(await create('host-1', { custom: { tier: 'gold' } })).toEqual(filled)
  })

  it.each([
    ['display_name', { display_name: 'Other' }],
    ['email', { email: 'other@shop.test' }],
    ['custom', { custom: { tier: 'lead' } }],
    ['status', { status: 'suspended' }],
  ])('refuses another %s for one who is known, and changes nothing', async (path, more) => {
    const user = await create('host-1', { display_name: 'Jo', email: 'jo@shop.test', custom: { tier: 'gold' } })
    await expect(create('host-1', { nickname: 'J', ...more })).rejects.toMatchObject({ type: 'conflict', data: { path } })
    expect(await create('host-1')).toEqual(user)
  })

  it('refuses a username that another has, when the user is made, filled or changed', async () => {
    await create('host-1', { username: 'jo' })
    const other = await create('host-2')
    const taken = { type: 'conflict', data: { path: 'username' } }
    await expect(create('host-3', { username: 'jo' })).rejects.toMatchObject(taken)
    await expect(create('host-2', { username: 'jo' })).rejects.toMatchObject(taken)
    await expect(serve('update_user', { user_id: 'host-2', username: 'jo' })).rejects.toMatchObject(taken)
    expect((await serve('get_user', { user_id: 'host-2' })).user).toEqual(other)
    expect(await refusal(serve('get_user', { user_id: 'host-3' }))).toBe('not_found')
    expect((await serve('update_user', { user_id: 'host-1', username: 'jo' })).user.username).toBe('jo')
    expect((await serve('create_user', { external_id: 'theirs', username: 'jo' }, 'other')).user.username).toBe('jo')
  })

  it('makes one user however many ask at once, with or without a key', async () => {
    const made = await Promise.all(Array.from({ length: 20 }, () => create('host-1', { display_name: 'Jo' })))
    expect(new Set(made.map(({ id }) => id)).size).toBe(1)
    expect((await serve('list_users', { page: 1 })).total).toBe(1)
  })

  it('makes agents and bots, of whom only a name and a picture are kept', async () => {
    const bot = await create('bot-1', { type: 'bot', display_name: 'Helper', avatar: 'b.png' })
    expect(bot).toMatchObject({ type: 'bot', display_name: 'Helper', avatar: 'b.png', status: 'active', custom: {} })
    expect(await create('agent-1', { type: 'agent' })).toMatchObject({ type: 'agent', display_name: 'agent-1' })
    expect(await create('agent-1', { type: 'agent', display_name: 'Kim' })).toMatchObject({ display_name: 'Kim' })
    await expect(create('agent-2', { type: 'agent', email: 'a@shop.test' })).rejects.toMatchObject({ data: { path: 'email' } })
    await expect(create('bot-1')).rejects.toMatchObject({ type: 'conflict', data: { path: 'external_id' } })
    await expect(create('agent-1', { type: 'bot' })).rejects.toMatchObject({ type: 'conflict', data: { path: 'external_id' } })
  })
})

describe('[USR2] a user', () => {
  it('is named by the host’s id or by ours, everywhere', async () => {
    const { id } = await create('host-1')
    for (const user_id of [id, 'host-1']) expect((await serve('get_user', { user_id })).user.id).toBe(id)
    const { chat } = await serve('create_chat', { users: [id, 'host-1', 'host-2'] })
    expect(chat.users).toHaveLength(2)
  })

  it('is nobody’s whose id of ours the host would give to another', async () => {
    const { id } = await create('host-1')
    const { id: agent } = await organization.agent('robin')
    for (const external_id of [id, agent]) {
      await expect(create(external_id)).rejects.toMatchObject({ type: 'validation', data: { path: 'external_id' } })
    }
    expect((await serve('list_users', { page: 1 })).total).toBe(1)
  })

  it('[MEM6] is not known in another organization, by either id', async () => {
    const { id } = await create('host-1')
    for (const user_id of [id, 'host-1']) expect(await refusal(serve('get_user', { user_id }, 'other'))).toBe('not_found')
    const theirs = (await serve('create_user', { external_id: 'host-1' }, 'other')).user
    expect(theirs.id).not.toBe(id)
  })

  it.each(['create_chat', 'add_users_to_chat', 'create_token', 'create_user'] as const)(
    'who was erased is not made again under our id by %s',
    async (action) => {
      const { id } = await create('host-1')
      const { chat } = await serve('create_chat', { users: ['host-2', 'host-3'] })
      await serve('delete_user', { user_id: id })
      const asked = {
        create_chat: () => serve('create_chat', { users: [id, 'host-2'] }),
        add_users_to_chat: () => serve('add_users_to_chat', { chat_id: chat.id, user_ids: [id] }),
        create_token: () => serve('create_token', { user_id: id }),
        create_user: () => serve('create_user', { external_id: id }),
      }[action]
      await expect(asked()).rejects.toMatchObject(
        action === 'create_user' ? { type: 'validation', data: { path: 'external_id' } } : { type: 'not_found' },
      )
    },
  )
})

describe('update_user', () => {
  it('sets what it names and takes away what is null', async () => {
    await create('host-1', { display_name: 'Jo', email: 'jo@shop.test', custom: { a: 1 } })
    const { user } = await serve('update_user', { user_id: 'host-1', display_name: 'Joan', email: null, custom: { b: 2 } })
    expect(user).toMatchObject({ display_name: 'Joan', custom: { b: 2 } })
    expect(user).not.toHaveProperty('email')
  })

  it('takes no name from an agent, and says of one nothing that is for customers', async () => {
    await create('agent-1', { type: 'agent', display_name: 'Kim' })
    for (const [path, more] of [
      ['display_name', { display_name: null }],
      ['status', { status: 'suspended' }],
      ['custom', { custom: { a: 1 } }],
    ] as const) {
      await expect(serve('update_user', { user_id: 'agent-1', ...more })).rejects.toMatchObject({ type: 'validation', data: { path } })
    }
    expect((await serve('get_user', { user_id: 'agent-1' })).user.display_name).toBe('Kim')
  })

  it('[CUS1] is heard by the customer, whose own log has it', async () => {
    const { id } = await create('host-1')
    const before = await organization.store.userHead(id)
    await serve('update_user', { user_id: id, display_name: 'Jo' })
    expect(await organization.store.userHead(id)).toBe(before + 1)
  })
})

describe('list_users', () => {
  const make = async (count: number) => {
    for (let at = 0; at < count; at++) {
      await create(`agent-${at}`, { type: 'agent' })
      await create(`host-${at}`)
      await organization.clock.advance(1)
    }
  }

  it.each(['customer', 'agent'] as const)('goes on by its cursor though the %s at which it stands was deleted', async (type) => {
    await make(5)
    const all = (await serve('list_users', { type })).data.map(({ id }) => id)
    const first = await serve('list_users', { type, limit: 2 })
    await serve('delete_user', { user_id: all[1] ?? '' })
    const rest = await serve('list_users', { type, limit: 10, cursor: first.next_cursor ?? '' })
    expect([...first.data, ...rest.data].map(({ id }) => id)).toEqual(all)
  })

  it.each(['', '!', 'e30', 'WzFd', 'WyJhIiwiYiJd', 'bnVsbA'])('refuses the cursor %j by its name', async (cursor) => {
    await expect(serve('list_users', { cursor })).rejects.toMatchObject({ type: 'validation', data: { path: 'cursor' } })
  })

  it('takes a cursor or a page, and not both', async () => {
    await make(3)
    const { next_cursor } = await serve('list_users', { limit: 1 })
    await expect(serve('list_users', { cursor: next_cursor ?? '', page: 1 })).rejects.toMatchObject({ data: { path: 'page' } })
  })
})

it('[USR1] of two who fill the same empty field at once with different words, one is told of the conflict', async () => {
  await serve('create_user', { external_id: 'jo' })
  const both = await Promise.allSettled(['Jo', 'Joan'].map((display_name) => serve('create_user', { external_id: 'jo', display_name })))
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { type: 'conflict', data: { path: 'display_name' } } })
})
