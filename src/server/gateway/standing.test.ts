/** Who is suspended, revoked or erased: let in by nothing from before, wherever the moment falls in which it happens. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { ServerAction } from '../../protocol/actions.ts'
import type { Scope } from '../../protocol/scopes.ts'
import type { TokenResponse } from '../../protocol/tokens.ts'
import { openScene, type Scene } from '../../testing/gateway.ts'
import { type Saying, vouchFor } from '../../testing/identity.ts'
import type { Change, Outcome } from '../store/change.ts'
import { hashSecret } from './secrets.ts'

const SECRET = 'plk_secret-of-a-back-end'
let scene: Scene
/** What happens just before the next change is committed. */
let meanwhile: (() => Promise<unknown>) | null

beforeEach(async () => {
  meanwhile = null
  scene = await openScene({
    wrapStore: (store) => ({
      ...store,
      async commit(change: Change): Promise<Outcome> {
        const first = meanwhile
        meanwhile = null
        await first?.()
        return store.commit(change)
      },
    }),
  })
  const row = { id: 'key', organization_id: scene.founded.organization_id, name: 'Shop', created_at: 0 }
  const unused = { previous_hash: null, previous_until: null, last_used_at: null, revoked_at: null }
  const scopes: Scope[] = ['auth', 'users:write', 'users:read', 'chats:write']
  const writes = [{ write: 'insert', table: 'api_keys', row: { ...row, ...unused, scopes, hash: hashSecret(SECRET) } }] as const
  await scene.store.commit({ at: 0, expect: [], writes, idempotency: [] })
})
afterEach(() => scene.close())

async function serve(action: ServerAction, body: object): Promise<Record<string, Record<string, string>>> {
  const headers = { authorization: `Bearer ${SECRET}` }
  const request = { method: 'POST' as const, path: `/v1/server/action/${action}`, body: JSON.stringify(body), headers }
  const response = await scene.http(request, { origin: null })
  if (response.status !== 200) throw new Error(response.body)
  return JSON.parse(response.body)
}
async function grant(body: object) {
  const path = '/v1/customer/token?license=1&client_id=demo'
  const response = await scene.http({ method: 'POST', path, body: JSON.stringify(body) })
  return { status: response.status, ...(JSON.parse(response.body) as TokenResponse) }
}
const word = (sub: string, says: Saying = {}) => vouchFor(scene.founded.identity_secret, sub, scene.clock.now(), says)
const identify = (identity_token = word('jo')) => grant({ grant_type: 'identity', identity_token })
async function connect(access_token: string) {
  const peer = await scene.connect('customer')
  return { peer, frame: await peer.request('login', { token: access_token }) }
}

const ENDS = {
  revoked: () => serve('revoke_tokens', { user_id: 'jo' }),
  suspended: () => serve('update_user', { user_id: 'jo', status: 'suspended' }),
  erased: () => serve('delete_user', { user_id: 'jo' }),
} as const

describe.each(Object.entries(ENDS))('[USR3][TOK3][USR4] who is %s', (name, end) => {
  test('is let in by nothing from before, and their sockets end at once', async () => {
    const said = word('jo')
    const given = await identify(said)
    const { peer, frame } = await connect(given.access_token)
    await scene.clock.advance(10)
    await end()
    await scene.clock.advance(10)
    expect(peer.pushes.at(-1)).toMatchObject({ action: 'customer_disconnected', payload: { reason: 'access_token_revoked' } })
    expect((await connect(given.access_token)).frame.payload['error']).toMatchObject({ type: 'authentication' })
    const body = JSON.stringify({ token: frame.payload['unread_token'] })
    const shown = { authorization: `Bearer ${given.access_token}` }
    const tries = [
      (await identify(said)).status,
      (await grant({ grant_type: 'refresh', refresh_token: given.refresh_token })).status,
      (await scene.http({ method: 'POST', path: '/v1/customer/unread?license=1&client_id=demo', body })).status,
      (await scene.http({ method: 'POST', path: '/v1/customer/action/list_chats?license=1&client_id=demo', body: '{}', headers: shown }))
        .status,
    ]
    expect(tries).toEqual([401, 401, 401, 401])
    const made = await scene.store.customerByExternalId(scene.founded.organization_id, 'jo')
    expect(made?.id).toBe(name === 'erased' ? undefined : given.customer_id)
  })

  test('is let in by no grant that is under way', async () => {
    const { customer_id } = await identify()
    for (const says of [{}, { name: 'Jo' }]) {
      await scene.clock.advance(1000)
      const said = word('jo', says)
      meanwhile = async () => {
        await end()
        await scene.clock.advance(10)
      }
      const given = await identify(said)
      if (given.status === 200) expect((await connect(given.access_token)).frame.payload['error']).toMatchObject({ type: 'authentication' })
      else expect(given.status).toBe(401)
      const row = await scene.store.customer(scene.founded.organization_id, customer_id)
      expect(row?.name).toBeNull()
      if (name === 'erased') break
      if (name === 'suspended') await serve('update_user', { user_id: 'jo', status: 'active' })
    }
  })

  test('is let in by no socket that is logging in', async () => {
    const { access_token, customer_id } = await identify()
    const peer = await scene.connect('customer')
    await scene.clock.advance(5)
    meanwhile = end
    peer.send(JSON.stringify({ action: 'login', payload: { token: access_token, customer: { name: 'Jo again' } } }))
    await vi.waitFor(() => expect(peer.closedWith).toBe(1008))
    expect(peer.frames.filter(({ success }) => success)).toEqual([])
    if (name === 'erased') expect((await scene.store.customer(scene.founded.organization_id, customer_id))?.name).toBeNull()
  })
})

test('[USR3] an anonymous visitor who is suspended is let in by no visitor key, also while they ask', async () => {
  const visitor = 'visitor'.padEnd(22, '.')
  const ask = () => grant({ grant_type: 'anonymous', visitor_key: visitor })
  const { customer_id } = await ask()
  meanwhile = async () => {
    await serve('update_user', { user_id: customer_id, status: 'suspended' })
    await scene.clock.advance(10)
  }
  expect((await ask()).status).toBe(401)
  expect((await ask()).status).toBe(401)
})

describe('[USR2] the host’s word for somebody', () => {
  test('names nobody by an id of ours, and nobody who is an agent, and makes nobody so', async () => {
    const { customer_id } = await identify()
    await serve('create_user', { external_id: 'robin', type: 'agent' })
    const { customer_id: erased } = await identify(word('gone'))
    await serve('delete_user', { user_id: 'gone' })
    const anonymous = await grant({ grant_type: 'anonymous', visitor_key: 'v'.padEnd(22, '.') })
    for (const sub of [customer_id, erased, scene.founded.agents[0]?.id ?? '', 'robin']) {
      expect([sub, (await identify(word(sub))).status]).toEqual([sub, 401])
      const { refresh_token } = anonymous
      expect((await grant({ grant_type: 'identity', identity_token: word(sub), refresh_token })).status).toBe(401)
      expect(await scene.store.customerByExternalId(scene.founded.organization_id, sub)).toBeNull()
    }
    expect(await serve('get_user', { user_id: 'robin' })).toMatchObject({ user: { type: 'agent' } })
  })

  test('`system` and the like are names like any other', async () => {
    for (const sub of ['system', 'null', '__proto__', 'a/b?c', '0']) {
      const { customer_id, status } = await identify(word(sub))
      expect([sub, status, (await serve('get_user', { user_id: sub }))['user']?.['id']]).toEqual([sub, 200, customer_id])
    }
  })
})

describe('[USR4] the word for who was erased', () => {
  test('makes them again only where it is from after that', async () => {
    const said = word('jo', { name: 'Jo' })
    const { customer_id } = await identify(said)
    await serve('delete_user', { user_id: 'jo' })
    await scene.clock.advance(2000)
    expect((await identify(said)).status).toBe(401)
    await serve('create_user', { external_id: 'jo' })
    expect((await identify(said)).status).toBe(401)
    const again = await identify(word('jo'))
    expect(again.status).toBe(200)
    expect(again.customer_id).not.toBe(customer_id)
  })

  test('and was an agent lets nobody in, nor does a sign-in that was under way', async () => {
    const says = { role: 'agent' }
    const login = async (token: string) => {
      const path = '/v1/agent/action/list_chats?license=1'
      const headers = { authorization: `Bearer ${token}` }
      return (await scene.http({ method: 'POST', path, body: '{}', headers }, { origin: null })).status
    }
    const said = word('kim', says)
    expect(await login(said)).toBe(200)
    await serve('delete_user', { user_id: 'kim' })
    await scene.clock.advance(2000)
    expect(await login(said)).toBe(401)
    expect(await login(word('kim', says))).toBe(200)
  })
})

test('[IDN9] an agent who is erased while they sign in has no session', async () => {
  const [{ id } = { id: '' }] = scene.founded.agents
  const { organization_id } = scene.founded
  await serve('delete_user', { user_id: id })
  const row = { hash: hashSecret('late'), organization_id, agent_id: id, created_at: scene.clock.now() + 50, expires_at: 9e15 }
  await scene.store.commit({ at: 0, expect: [], writes: [{ write: 'insert', table: 'agent_sessions', row }], idempotency: [] })
  await scene.clock.advance(100)
  const caller = { origin: 'http://chat.test', cookie: 'porchlight=late' }
  const over = await scene.http({ method: 'POST', path: '/v1/agent/action/list_chats', body: '{}' }, caller)
  expect(over.status).toBe(401)
  const peer = await scene.connect('agent', caller, '')
  expect((await peer.request('login')).payload['error']).toMatchObject({ type: 'authentication' })
})
