/** What a page may ask without a login: how much is unread, with what an earlier login has left it. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { RequestOf } from '../../protocol/actions.ts'
import { RATES, UNREAD_TOKEN_TTL_S } from '../../protocol/limits.ts'
import type { CustomerWelcome } from '../../protocol/session.ts'
import type { TokenResponse } from '../../protocol/tokens.ts'
import { openScene, type Peer, type Scene } from '../../testing/gateway.ts'
import { vouchFor } from '../../testing/identity.ts'
import type { Caller } from '../../testing/network.ts'
import { createClient } from '../domain/organizations.ts'

let scene: Scene
beforeEach(async () => {
  scene = await openScene({ origins: ['https://shop.test'] })
})
afterEach(() => scene.close())

const SHOP = { origin: 'https://shop.test' }
const QUERY = '?license=1&client_id=demo'

async function post(path: string, body: object, caller: Partial<Caller> = SHOP) {
  const { status, body: text } = await scene.http({ method: 'POST', path: path + QUERY, body: JSON.stringify(body) }, caller)
  return { status, ...(JSON.parse(text) as Record<string, unknown>) }
}

async function logIn(grant: object, login: Partial<RequestOf<'login'>> = {}) {
  const given = (await post('/v1/customer/token', grant)) as unknown as TokenResponse
  const peer = await scene.connect('customer', SHOP)
  const { unread_token: token = '' } = (await peer.ask('login', { token: given.access_token, ...login })) as CustomerWelcome
  return { peer, token, given }
}

const anonymous = { grant_type: 'anonymous', visitor_key: 'ann'.padEnd(22, '.') }
const count = (token: string, caller?: Partial<Caller>) => post('/v1/customer/unread', { token }, caller)
const REFUSED = { status: 401, error: { type: 'authentication' } }

async function answered(peer: Peer, times: number) {
  const { chat } = await peer.ask('start_chat', {})
  const agent = await scene.agent()
  const event = { type: 'message', text: 'hello' }
  for (let at = 0; at < times; at++) await agent.ask('send_event', { chat_id: chat.id, event })
  return chat.id
}

test('[LIN10] the token of a login counts, changes nothing, and goes on counting when the socket is gone', async () => {
  const { peer, token } = await logIn(anonymous)
  expect(await count(token)).toEqual({ status: 200, unread: 0 })
  const chat_id = await answered(peer, 3)
  peer.line.link.close()
  const before = await scene.store.userHead('ann')
  expect([await count(token), await count(token)]).toEqual(Array(2).fill({ status: 200, unread: 3 }))
  expect(await scene.store.userHead('ann')).toBe(before)
  const again = await logIn(anonymous)
  await again.peer.ask('mark_events_as_seen', { chat_id })
  expect([await count(token), await count(again.token)]).toEqual(Array(2).fill({ status: 200, unread: 0 }))
})

test('[LIN10] it is good for nothing else, and nothing else is good for it', async () => {
  const { token, given } = await logIn(anonymous)
  const peer = await scene.connect('customer', SHOP)
  expect(await peer.refusal('login', { token })).toMatchObject({ type: 'authentication' })
  for (const other of [given.access_token, given.refresh_token, `${token}x`, token.slice(0, -2), 'x']) {
    expect(await count(other)).toMatchObject(REFUSED)
  }
  for (const body of [{}, { token: 7 }, { token: '' }, { token, more: 1 }]) {
    expect(await post('/v1/customer/unread', body)).toMatchObject({ status: 400, error: { type: 'validation' } })
  }
})

test('[LIN10] [LIN3] it counts for pages of its client only', async () => {
  const { token } = await logIn(anonymous)
  for (const origin of ['https://evil.test', null]) {
    expect(await count(token, { origin })).toMatchObject({ status: 403, error: { type: 'origin_not_allowed' } })
  }
  const other = { id: 'other', organization_id: scene.founded.organization_id, name: 'Other', kind: 'web', created_at: 1 } as const
  await scene.store.commit(createClient({ ...other, origins: [SHOP.origin], redirect_uris: [] }))
  const request = { method: 'POST', path: '/v1/customer/unread?license=1&client_id=other', body: JSON.stringify({ token }) } as const
  expect((await scene.http(request, SHOP)).status).toBe(401)
})

test('[LIN10] it ends after 30 days, and with a revocation', async () => {
  const { token, given } = await logIn(anonymous)
  await scene.clock.advance((UNREAD_TOKEN_TTL_S - 60) * 1000)
  expect(await count(token)).toMatchObject({ status: 200 })
  await scene.clock.advance(61_000)
  expect(await count(token)).toMatchObject(REFUSED)
  const fresh = (await logIn(anonymous)).token
  const key = { id: given.customer_id }
  const revoke = { write: 'update', table: 'customers', key, set: { not_before: scene.clock.now() + 1 } } as const
  await scene.store.commit({ at: scene.clock.now(), expect: [], writes: [revoke], idempotency: [] })
  expect(await count(fresh)).toMatchObject(REFUSED)
})

test("[LIN10] [IDN3] [IDN4] a known customer's ends with the host's word, and that of the stranger they were with becoming known", async () => {
  const stranger = await logIn(anonymous)
  const identity_token = vouchFor(scene.founded.identity_secret, 'user 7', scene.clock.now())
  const known = await logIn({ grant_type: 'identity', identity_token, refresh_token: stranger.given.refresh_token })
  expect(known.given.customer_id).toBe(stranger.given.customer_id)
  expect(await count(known.token)).toMatchObject({ status: 200 })
  expect(await count(stranger.token)).toMatchObject(REFUSED)
  await scene.clock.advance(25 * 60 * 60 * 1000)
  expect(await count(known.token)).toMatchObject(REFUSED)
})

test('[CON14] it is asked for so often and no more, and who asks too often can still log in', async () => {
  const { token } = await logIn(anonymous)
  for (let at = 0; at < RATES.unread.burst; at++) expect((await count(token)).status).toBe(200)
  expect(await count(token)).toMatchObject({ status: 429, error: { type: 'too_many_requests', data: { retry_after_ms: 2000 } } })
  await logIn(anonymous)
})
