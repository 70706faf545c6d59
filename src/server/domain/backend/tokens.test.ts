/** Identity tokens as a back end gets them made, renewed, read and voided, and where they let nobody in. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { IDENTITY_TOKEN_GRACE_S, MAX_CHAT_USERS } from '../../../protocol/limits.ts'
import { vouchFor } from '../../../testing/identity.ts'
import { openOrganization, refusal, type TestOrganization } from '../../../testing/organization.ts'
import { createKey } from '../organizations.ts'

let organization: TestOrganization
let serve: TestOrganization['serve']
beforeEach(async () => {
  organization = await openOrganization()
  serve = organization.serve
  await organization.store.commit(createKey({ id: 'k', organization_id: 'acme', scopes: ['identity'], secret: 'secret', created_at: 0 }))
})
afterEach(() => organization.close())

const create = async (user_id: string, more: object = {}) => (await serve('create_token', { user_id, ...more })).token
const verify = (token: string, at = 'acme') => serve('verify_token', { token }, at)
const refresh = async (token: string) => (await serve('refresh_token', { token })).token
const byHost = (sub: string, says: object = {}) => vouchFor('secret', sub, organization.clock.now(), says)
const present = async (chat_id: string) => (await organization.store.present(chat_id)).map(({ user_id }) => user_id)

describe('[TOK1] create_token', () => {
  it('makes the user, describes them, and signs what says so', async () => {
    const said = { user_name: 'Jo', email: 'jo@shop.test', user_info: { nickname: 'J', custom: { tier: 'gold' } } }
    const { user } = await verify(await create('jo', said))
    expect(user).toMatchObject({ external_id: 'jo', display_name: 'Jo', email: 'jo@shop.test', nickname: 'J', custom: { tier: 'gold' } })
    await create('jo', { user_name: 'Joan' })
    expect((await serve('get_user', { user_id: user.id })).user).toMatchObject({ id: user.id, display_name: 'Joan', nickname: 'J' })
  })

  it('lets into the channels that it names, many at once too', async () => {
    const { chat } = await serve('create_chat', { users: ['a', 'b'] })
    const users = Array.from({ length: 30 }, (_, at) => `user-${at}`)
    await Promise.all(users.map((user) => create(user, { channels: [chat.id] })))
    expect(await present(chat.id)).toHaveLength(32)
  })

  it('lets into no direct chat, no other customer’s support chat and no full group, and stops nobody', async () => {
    const direct = (await serve('create_chat', { kind: 'direct', users: ['a', 'b'] })).chat.id
    const support = (await serve('create_chat', { kind: 'support', users: ['a'] })).chat.id
    const full = (await serve('create_chat', { users: Array.from({ length: MAX_CHAT_USERS }, (_, at) => `user-${at}`) })).chat.id
    const free = (await serve('create_chat', { users: ['a', 'b'] })).chat.id
    const { user } = await verify(await create('jo', { channels: [direct, support, full, free] }))
    const inside = async (id: string) => (await present(id)).includes(user.id)
    expect([await inside(direct), await inside(support), await inside(full), await inside(free)]).toEqual([false, false, false, true])
    const { user: robin } = await verify(await create('robin', { role: 'agent', channels: [support] }))
    expect(await present(support)).toContain(robin.id)
  })

  it('names the channel that there is not, like another organization’s and a deleted one, and makes nobody', async () => {
    const theirs = (await serve('create_chat', { users: ['a', 'b'] }, 'other')).chat.id
    const gone = (await serve('create_chat', { users: ['a', 'b'] })).chat.id
    await serve('delete_chat', { chat_id: gone })
    for (const id of ['nowhere', theirs, gone]) {
      const asked = serve('create_token', { user_id: 'jo', channels: [id] })
      await expect(asked).rejects.toMatchObject({ type: 'not_found', message: expect.stringContaining('channels.0 names no chat') })
    }
    expect(await refusal(serve('get_user', { user_id: 'jo' }))).toBe('not_found')
  })

  it('is good for 24 h at most', async () => {
    const { token, expires_at } = await serve('create_token', { user_id: 'jo' })
    await organization.clock.advance(Date.parse(expires_at) - organization.clock.now() + 31_000)
    expect(await refusal(verify(token))).toBe('authentication')
  })

  it('gives no user the role of another kind', async () => {
    await serve('create_user', { external_id: 'bot', type: 'bot' })
    await create('jo')
    for (const [user, role] of [
      ['jo', 'agent'],
      ['bot', 'customer'],
    ]) {
      await expect(create(user as string, { role })).rejects.toMatchObject({ type: 'conflict', data: { path: 'role' } })
    }
    expect((await verify(await create('bot', { role: 'agent' }))).user.type).toBe('bot')
  })
})

describe('[TOK1] create_token for an existing user', () => {
  const existing = (user_id: string, more: object = {}) => create(user_id, { existing: true, ...more })
  const roleIn = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).role

  it('has the role that they have, by either of their ids', async () => {
    await serve('create_user', { external_id: 'bot', type: 'bot' })
    const { user: jo } = await serve('create_user', { external_id: 'jo' })
    for (const [ref, role] of [
      ['jo', 'customer'],
      [jo.id, 'customer'],
      ['bot', 'agent'],
      [(await organization.agent('robin')).id, 'agent'],
    ] as const) {
      const token = await existing(ref)
      expect([ref, roleIn(token)]).toEqual([ref, role])
      await verify(token)
    }
    await expect(existing('jo', { role: 'agent' })).rejects.toMatchObject({ type: 'conflict', data: { path: 'role' } })
    for (const role of ['user', 'customer']) expect(await refusal(existing('bot', { role }))).toBe('conflict')
  })

  it('makes nobody, and no agent of whom nobody calls one', async () => {
    await expect(existing('jo')).rejects.toMatchObject({ type: 'not_found', data: { path: 'user_id' } })
    expect(await refusal(existing('jo', { role: 'agent' }))).toBe('not_found')
    expect(await refusal(serve('get_user', { user_id: 'jo' }))).toBe('not_found')
    await serve('create_user', { external_id: 'bot', type: 'bot' })
    for (const more of [{}, { existing: false }]) expect(await refusal(create('bot', more))).toBe('conflict')
  })
})

describe('[TOK2] refresh_token', () => {
  it('renews what has ended until 24 h after, with all that it said', async () => {
    const { chat } = await serve('create_chat', { users: ['a', 'b'] })
    const token = await create('jo', { user_name: 'Jo', expires_in: 60, channels: [chat.id] })
    await organization.clock.advance(60_000 + IDENTITY_TOKEN_GRACE_S * 1000)
    expect(await refusal(verify(token))).toBe('authentication')
    const again = await organization
      .contextOf({ type: 'backend', id: 'k', organization_id: 'acme' })
      .identities.read(...(['acme', await refresh(token), { action: 'test', field: 'token' }] as const))
    expect(again).toMatchObject({ subject: { external_id: 'jo' }, said: { name: 'Jo' }, channels: [chat.id] })
    expect(again.expires_at - again.issued_at).toBe(60_000)
    await organization.clock.advance(31_000)
    expect(await refusal(refresh(token))).toBe('authentication')
  })

  it('never renews what is from before a revocation, a suspension or an erasure', async () => {
    const ends = {
      revoked: () => serve('revoke_tokens', { user_id: 'revoked' }),
      suspended: () => serve('update_user', { user_id: 'suspended', status: 'suspended' }),
      erased: () => serve('delete_user', { user_id: 'erased' }),
    }
    for (const [user, end] of Object.entries(ends)) {
      const token = await create(user)
      await end()
      await organization.clock.advance(1)
      if (user === 'erased') await serve('create_user', { external_id: user })
      for (const asked of [refresh, verify]) expect([user, await refusal(asked(token))]).toEqual([user, 'authentication'])
    }
  })
})

describe('[TOK3] revoke_tokens', () => {
  it('voids what was issued until then, and nothing of the same moment after', async () => {
    const before = await create('jo')
    await serve('revoke_tokens', { user_id: 'jo' })
    const after = await create('jo')
    expect(await refusal(verify(before))).toBe('authentication')
    expect((await verify(after)).user.external_id).toBe('jo')
    expect((await verify(await refresh(after))).user.external_id).toBe('jo')
  })

  it('voids what the host signed, to the second', async () => {
    const [whole, fraction] = [byHost('jo'), byHost('jo', { iat: organization.clock.now() / 1000 + 0.0005 })]
    await create('jo')
    await organization.clock.advance(1)
    await serve('revoke_tokens', { user_id: 'jo' })
    for (const token of [whole, fraction, byHost('jo'), byHost('jo', { iat: undefined })]) {
      expect(await refusal(verify(token))).toBe('authentication')
    }
    await organization.clock.advance(1000)
    expect((await verify(byHost('jo'))).user.external_id).toBe('jo')
  })

  it('ends the sessions of an agent, and the links that would open others', async () => {
    const { id } = await organization.agent('robin')
    const row = { organization_id: 'acme', agent_id: id, expires_at: 9e15 }
    const writes = [
      { write: 'insert', table: 'agent_sessions', row: { ...row, hash: 's', created_at: 0 } },
      { write: 'insert', table: 'sign_in_links', row: { ...row, hash: 'l' } },
    ] as const
    await organization.store.commit({ at: 0, expect: [], writes, idempotency: [] })
    await serve('revoke_tokens', { user_id: id })
    expect([await organization.store.agentSession('s'), await organization.store.signInLink('l')]).toEqual([null, null])
  })
})

describe('[TOK4] a token', () => {
  it('of the host’s own making says the same', async () => {
    await create('jo')
    const token = byHost('jo', { name: 'Jo' })
    expect((await verify(token)).user.external_id).toBe('jo')
    expect((await verify(await refresh(token))).user.external_id).toBe('jo')
  })

  it('of the host’s own making names nobody by an id of ours', async () => {
    const { user } = await verify(await create('jo'))
    for (const token of [byHost(user.id), byHost('nobody', { user_id: user.id })]) {
      for (const asked of [verify, refresh]) expect(await refusal(asked(token))).toBe('authentication')
    }
  })

  it('[MEM6] of one organization is none in another', async () => {
    const token = await create('jo')
    await serve('create_user', { external_id: 'jo' }, 'other')
    expect(await refusal(verify(token, 'other'))).toBe('authentication')
  })

  it.each([
    ['without a signature', (token: string) => token.replace(/[^.]*$/, '')],
    ['of no algorithm', (token: string) => token.replace(/^[^.]*/, Buffer.from('{"alg":"none"}').toString('base64url'))],
    ['that was altered', (token: string) => token.replace(/\.[^.]*\./, `.${Buffer.from('{"sub":"kim"}').toString('base64url')}.`)],
    ['that is none', () => 'a.b.c'],
  ])('%s is none', async (_, alter) => {
    const token = await create('jo')
    expect(await refusal(verify(alter(token)))).toBe('authentication')
    expect(await refusal(refresh(alter(token)))).toBe('authentication')
  })

  it.each([
    { exp: 1e308 },
    { exp: -1e308 },
    { iat: 1e308 },
    { nbf: 1e308 },
    { iat: -1e308 },
    { channels: ['a'.repeat(65)] },
    { role: 'owner' },
    { info: { custom: { a: {} } } },
    { name: 'a\0b' },
  ])('that says %j is refused', async (says) => {
    await create('jo')
    expect(await refusal(verify(byHost('jo', says)))).toBe('authentication')
  })
})

it('[USR3] who is suspended gets no token, and gets one again when they are not', async () => {
  const token = await create('jo')
  await serve('update_user', { user_id: 'jo', status: 'suspended' })
  await expect(create('jo')).rejects.toMatchObject({ type: 'authorization', data: { path: 'user_id' } })
  expect(await refusal(verify(token))).toBe('authentication')
  await serve('update_user', { user_id: 'jo', status: 'active' })
  expect((await verify(await create('jo'))).user.status).toBe('active')
  expect(await refusal(verify(token))).toBe('authentication')
})
