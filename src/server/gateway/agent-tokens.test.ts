/** Agents by the host's word (IDN9): let in from any program without a session, for as long as the word counts. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { found } from '../../testing/factories.ts'
import { openScene, type Scene } from '../../testing/gateway.ts'
import { type Saying, vouchFor } from '../../testing/identity.ts'

let scene: Scene
beforeEach(async () => {
  scene = await openScene()
})
afterEach(() => scene.close())

const PROGRAM = { origin: null, cookie: null }
const token = (sub: string, says: Saying = {}, secret = scene.founded.identity_secret) =>
  vouchFor(secret, sub, scene.clock.now(), { role: 'agent', ...says })

async function logIn(identity_token: string, license = 1) {
  const peer = await scene.connect('agent', PROGRAM, `?license=${license}`)
  return { peer, frame: await peer.request('login', { token: identity_token }) }
}
const request = (identity_token: string, license = 1, action = 'list_chats') =>
  scene.http(
    {
      method: 'POST',
      path: `/v1/agent/action/${action}?license=${license}`,
      body: '{}',
      headers: { authorization: `Bearer ${identity_token}` },
    },
    PROGRAM,
  )
const signIn = (body: object) => scene.http({ method: 'POST', path: '/v1/agent/session', body: JSON.stringify(body) }, PROGRAM)

describe('[IDN9] an identity token of role agent', () => {
  test('lets an agent in over a socket and over HTTP, and makes whom nobody knows, once', async () => {
    const logins = await Promise.all(Array.from({ length: 5 }, () => logIn(token('kim', { name: 'Kim' }))))
    const ids = new Set(logins.map(({ frame }) => frame.payload['agent_id']))
    expect([ids.size, logins[0]?.frame.payload['my_profile']]).toMatchObject([1, { name: 'Kim', type: 'agent' }])
    expect((await request(token('kim'))).status).toBe(200)
    const agents = await scene.store.agents(scene.founded.organization_id)
    expect(agents.filter(({ external_id }) => external_id === 'kim')).toMatchObject([{ email: null, kind: 'agent' }])
  })

  test('says who it is, opens no session, and sets no cookie', async () => {
    const response = await signIn({ license: '1', identity_token: token('kim') })
    expect([response.status, response.header('set-cookie')]).toEqual([200, null])
    const { agent_id, expires_in } = JSON.parse(response.body) as { agent_id: string; expires_in: number }
    expect((await logIn(token('kim'))).frame.payload['agent_id']).toBe(agent_id)
    expect(expires_in).toBe(3600 + 30)
  })

  test.each<[string, () => string]>([
    ['of a customer', () => token('kim', { role: 'customer' })],
    ['of another organization', () => token('kim', {}, 'identity secret of organization-2')],
    ['that has ended', () => token('kim', { exp: scene.clock.now() / 1000 - 31 })],
    ['that is no token', () => 'a.b.c'],
    ['that names an id of ours', () => token(scene.founded.agents[0]?.id ?? '')],
  ])('%s lets nobody in, anywhere, and makes nobody', async (_, forged) => {
    await found(scene.store, { license: 2 })
    const before = await scene.store.agents(scene.founded.organization_id)
    expect((await logIn(forged())).frame.payload['error']).toMatchObject({ type: 'authentication' })
    expect((await request(forged())).status).toBe(401)
    expect((await signIn({ license: '1', identity_token: forged() })).status).toBe(401)
    expect(await scene.store.agents(scene.founded.organization_id)).toEqual(before)
  })

  test('is none to be a customer with, nor makes one', async () => {
    const path = '/v1/customer/token?license=1&client_id=demo'
    const grant = (identity_token: string) =>
      scene.http({ method: 'POST', path, body: JSON.stringify({ grant_type: 'identity', identity_token }) })
    expect((await grant(token('kim'))).status).toBe(401)
    await logIn(token('kim'))
    expect((await grant(token('kim', { role: 'customer' }))).status).toBe(401)
    expect(await scene.store.customerByExternalId(scene.founded.organization_id, 'kim')).toBeNull()
  })

  test('[TOK3] counts no more once it is revoked: open sockets end, and none opens', async () => {
    const kim = token('kim')
    const { peer, frame } = await logIn(kim)
    const key = { organization_id: scene.founded.organization_id, id: String(frame.payload['agent_id']) }
    const set = { not_before: scene.clock.now() + 1 }
    await scene.store.commit({ at: 0, expect: [], writes: [{ write: 'update', table: 'agents', key, set }], idempotency: [] })
    scene.gateway.revoke(key.organization_id, key.id, 'access_token_revoked')
    await scene.clock.advance(0)
    expect(peer.closedWith).toBe(1008)
    expect((await logIn(kim)).frame.payload['error']).toMatchObject({ type: 'authentication' })
    expect((await request(kim)).status).toBe(401)
    await scene.clock.advance(1000)
    expect((await request(token('kim'))).status).toBe(200)
  })

  test('ends its socket with itself', async () => {
    const { peer } = await logIn(token('kim', { exp: Math.floor(scene.clock.now() / 1000) + 60 }))
    await scene.clock.advance(120_000)
    expect(peer.pushes.at(-1)).toMatchObject({ action: 'agent_disconnected', payload: { reason: 'access_token_expired' } })
  })
})
