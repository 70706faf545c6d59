/** The host's word for who somebody is: whom it is about, what becomes of who they were, and when it ends. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ACCESS_TOKEN_TTL_S } from '../../protocol/limits.ts'
import type { TokenResponse } from '../../protocol/tokens.ts'
import type { Customer } from '../../protocol/users.ts'
import { found } from '../../testing/factories.ts'
import { openScene, type Scene } from '../../testing/gateway.ts'
import { type Saying, vouchFor } from '../../testing/identity.ts'
import type { Write } from '../store/change.ts'

let scene: Scene
beforeEach(async () => {
  scene = await openScene()
})
afterEach(() => scene.close())

const pathOf = (license: number) => `/v1/customer/token?license=${license}&client_id=demo`

async function request(body: object, method: 'POST' | 'DELETE' = 'POST', license = 1) {
  const response = await scene.http({ method, path: pathOf(license), body: JSON.stringify(body) })
  return { status: response.status, body: JSON.parse(response.body) as TokenResponse }
}

const identity = (sub: string, says?: Saying) => vouchFor(scene.founded.identity_secret, sub, scene.clock.now(), says)
const identityGrant = (identity_token: string, refresh_token?: string) => ({
  ...{ grant_type: 'identity', identity_token },
  ...(refresh_token !== undefined && { refresh_token }),
})

async function identify(sub: string, refresh_token?: string, says?: Saying): Promise<TokenResponse> {
  const { status, body } = await request(identityGrant(identity(sub, says), refresh_token))
  if (status !== 200) throw new Error(JSON.stringify(body))
  return body
}

const refresh = (refresh_token: string) => request({ grant_type: 'refresh', refresh_token })
const forget = (refresh_token: string) => request({ refresh_token }, 'DELETE')

/** What an agent sees of a customer. */
async function seen(id: string): Promise<Customer> {
  const agent = await scene.agent()
  return (await agent.ask('get_customer', { id })).customer
}

describe('[IDN2] somebody of whom the host speaks for the first time', () => {
  test('stays the anonymous customer they were', async () => {
    const before = await scene.token('ann')
    const now = await identify('user-1', before.refresh_token, { name: 'Ann', email: 'ann@example.test' })
    expect(now.customer_id).toBe(before.customer_id)
    expect(await seen(now.customer_id)).toMatchObject({ external_id: 'user-1', name: 'Ann', email: 'ann@example.test' })
  })

  test('is a new customer where nothing says who they were', async () => {
    const others = [await scene.token('ann'), await identify('user-2')]
    await found(scene.store, { license: 2 })
    const key = { grant_type: 'anonymous', visitor_key: 'ann'.padEnd(22, '.') }
    const elsewhere = (await request(key, 'POST', 2)).body
    const forgotten = await scene.token('bob')
    await forget(forgotten.refresh_token)
    const shown = [undefined, 'forged', elsewhere.refresh_token, forgotten.refresh_token, others[1]?.refresh_token]
    const made = new Set([...others, elsewhere, forgotten].map(({ customer_id }) => customer_id))
    for (const [at, token] of shown.entries()) {
      const { customer_id } = await identify(`user-${10 + at}`, token)
      expect(made).not.toContain(customer_id)
      made.add(customer_id)
    }
  })

  test('is one customer, asked for many times at once', async () => {
    const { refresh_token, customer_id } = await scene.token('ann')
    const all = await Promise.all(Array.from({ length: 10 }, () => identify('user-1', refresh_token)))
    expect(new Set(all.map((token) => token.customer_id))).toEqual(new Set([customer_id]))
  })

  test('gets the anonymous customer alone, when two come with the same token', async () => {
    const { refresh_token } = await scene.token('ann')
    const [one, two] = await Promise.all([identify('user-1', refresh_token), identify('user-2', refresh_token)])
    expect(one.customer_id).not.toBe(two.customer_id)
    expect(await seen(one.customer_id)).toMatchObject({ external_id: 'user-1' })
    expect(await seen(two.customer_id)).toMatchObject({ external_id: 'user-2' })
  })
})

describe('[IDN2] somebody of whom the host has spoken before', () => {
  test('is who they were, and the anonymous customer keeps what is theirs', async () => {
    const known = await identify('user-1', undefined, { email: 'ann@example.test' })
    const stranger = await scene.customer('stranger')
    await stranger.ask('start_chat')
    const { refresh_token, customer_id } = await scene.token('stranger')
    expect((await identify('user-1', refresh_token)).customer_id).toBe(known.customer_id)
    expect((await refresh(refresh_token)).body.customer_id).toBe(customer_id)
    expect(await seen(customer_id)).not.toHaveProperty('external_id')
    expect((await stranger.ask('list_chats')).total_chats).toBe(1)
  })

  test('is nobody else with the same e-mail address', async () => {
    const one = await identify('user-1', undefined, { email: 'ann@example.test' })
    const visitor = await scene.customer('ann', { customer: { email: 'ann@example.test' } })
    const { refresh_token } = await scene.token('ann')
    const other = await identify('user-2', refresh_token, { email: 'ann@example.test' })
    expect(other.customer_id).toBe((await visitor.ask('get_customer')).customer.id)
    expect(other.customer_id).not.toBe(one.customer_id)
  })

  test('[MEM6] is another in another organization, whose secret says nothing here', async () => {
    const theirs = await found(scene.store, { license: 2 })
    const token = vouchFor(theirs.identity_secret, 'user-1', scene.clock.now())
    expect((await request(identityGrant(token))).status).toBe(401)
    const there = await request(identityGrant(token), 'POST', 2)
    expect(there.body.customer_id).not.toBe((await identify('user-1')).customer_id)
  })
})

describe('[IDN3] proofs from before the customer was known', () => {
  test('say nothing any more: neither the visitor key nor any refresh token, at once or after', async () => {
    const [one, two] = [await scene.token('ann'), await scene.token('ann')]
    const { customer_id, refresh_token } = await identify('user-1', one.refresh_token)
    expect([one.customer_id, two.customer_id]).toEqual([customer_id, customer_id])
    expect([(await refresh(one.refresh_token)).status, (await refresh(two.refresh_token)).status]).toEqual([401, 401])
    const stranger = await scene.token('ann')
    expect(stranger.customer_id).not.toBe(customer_id)
    await forget(refresh_token)
    expect((await scene.token('ann')).customer_id).toBe(stranger.customer_id)
    expect((await refresh(refresh_token)).status).toBe(401)
  })

  test('say nothing either while both are asked for at the same moment', async () => {
    const { refresh_token, customer_id } = await scene.token('ann')
    const [, ...strangers] = await Promise.all([
      identify('user-1', refresh_token),
      ...Array.from({ length: 10 }, () => scene.token('ann').catch(() => null)),
    ])
    for (const given of strangers) {
      if (given?.customer_id === customer_id) expect((await refresh(given.refresh_token)).status).toBe(401)
    }
  })
})

describe('[IDN4] what was given for the host’s word', () => {
  test('ends with it', async () => {
    const exp = Math.floor(scene.clock.now() / 1000) + 3600
    const { refresh_token, expires_in, customer_id } = await identify('user-1', undefined, { exp })
    expect(expires_in).toBe(ACCESS_TOKEN_TTL_S)
    await scene.clock.advance(3_500_000)
    const late = await refresh(refresh_token)
    expect(late.body).toMatchObject({ customer_id, expires_in: 130 })
    await scene.clock.advance(131_000)
    expect((await refresh(refresh_token)).status).toBe(401)
    expect((await request(identityGrant(identity('user-1', { exp }), refresh_token))).status).toBe(401)
    expect((await identify('user-1', refresh_token)).customer_id).toBe(customer_id)
  })

  test('makes room for what is given for the next', async () => {
    const first = await identify('user-1')
    const next = await identify('user-1', first.refresh_token)
    expect((await refresh(first.refresh_token)).status).toBe(401)
    expect((await refresh(next.refresh_token)).body.customer_id).toBe(first.customer_id)
  })

  test('is void once the customer was revoked, and so is the word itself', async () => {
    const { clock, store, founded } = scene
    const [said, unsaid] = [identity('user-1'), identity('user-1', { iat: undefined as never })]
    const { customer_id, refresh_token } = await identify('user-1')
    await clock.advance(5_000)
    const key = { organization_id: founded.organization_id, id: customer_id }
    const write = { write: 'update', table: 'customers', key, set: { not_before: clock.now() } } as const
    await store.commit({ at: clock.now(), expect: [], writes: [write], idempotency: [] })
    expect((await refresh(refresh_token)).status).toBe(401)
    for (const token of [said, unsaid]) expect((await request(identityGrant(token))).status).toBe(401)
    await clock.advance(1_000)
    expect((await identify('user-1')).customer_id).toBe(customer_id)
  })
})

describe('[IDN5] what the host says of somebody', () => {
  test('is told to agents at once, and to the customer', async () => {
    const agent = await scene.agent()
    const ann = await scene.customer('ann')
    const { refresh_token, customer_id } = await scene.token('ann')
    const tell = async (says: Saying) => {
      const before = [agent.pushes.length, ann.pushes.length]
      await identify('user-1', refresh_token, says)
      await scene.clock.advance(0)
      return [agent.pushes.slice(before[0]), ann.pushes.slice(before[1])]
    }
    const customer = { id: customer_id, name: 'Ann', external_id: 'user-1' }
    const [told, toldHer] = await tell({ name: 'Ann' })
    expect(told).toMatchObject([{ action: 'incoming_customer', payload: { customer } }])
    expect(toldHer).toMatchObject([{ action: 'customer_updated', payload: { customer: { id: customer_id, name: 'Ann' } } }])
    expect(JSON.stringify(toldHer)).not.toContain('referrer')
    expect(await tell({ name: 'Ann' })).toEqual([[], []])
    expect((await tell({ name: 'Anna' }))[0]).toMatchObject([{ payload: { customer: { ...customer, name: 'Anna' } } }])
    expect(await seen(customer_id)).toMatchObject({ name: 'Anna' })
  })
})

test.each([
  ['no token', { grant_type: 'identity' }, 'identity_token'],
  ['a token without end', { grant_type: 'identity', identity_token: 'x'.repeat(8193) }, 'identity_token'],
  ['a customer of one’s choice', { grant_type: 'identity', identity_token: 'x', customer_id: 'me' }, 'customer_id'],
])('a grant with %s is refused by name', async (_, body, path) => {
  expect(await request(body)).toMatchObject({ status: 400, body: { error: { type: 'validation', data: { path } } } })
})

describe('[TOK4] the channels that a token names', () => {
  const GROUP = 'group'
  const inside = async (user_id: string) => (await scene.store.present(GROUP)).some((one) => one.user_id === user_id)
  const putOut = (user_id: string): Write => ({ write: 'remove_user', chat_id: GROUP, user_id, by: null })
  const commit = (write: Write) => scene.store.commit({ at: scene.clock.now(), expect: [], writes: [write], idempotency: [] })

  beforeEach(async () => {
    const { organization_id } = scene.founded
    const described = { organization_id, name: null, joinable: false, history: false, properties: {}, created_by: organization_id }
    await commit({ write: 'create_chat', chat_id: GROUP, kind: 'group', members: [], ...described })
  })

  test('let its user in at once, and nobody again who was put out', async () => {
    const { customer_id } = await identify('user-1', undefined, { channels: [GROUP] })
    expect(await inside(customer_id)).toBe(true)
    await commit(putOut(customer_id))
    await identify('user-1', undefined, { channels: [GROUP] })
    expect(await inside(customer_id)).toBe(false)
  })

  test('let an agent in as well, whose sockets are told of it', async () => {
    const program = { origin: null, cookie: null }
    const token = vouchFor(scene.founded.identity_secret, 'bot-7', scene.clock.now(), { role: 'agent', channels: [GROUP] })
    const peer = await scene.connect('agent', program, '?license=1')
    const { agent_id } = (await peer.request('login', { token })).payload as { agent_id: string }
    expect(await inside(agent_id)).toBe(true)
    await commit(putOut(agent_id))
    await (await scene.connect('agent', program, '?license=1')).request('login', { token })
    expect(await inside(agent_id)).toBe(false)
  })
})
