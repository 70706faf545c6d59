/** Logging in: by what proof, what the answer says, and what comes before it. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { LOGIN_TIMEOUT_MS, MAX_SOCKETS_PER_USER } from '../../protocol/limits.ts'
import { SOME_DAY } from '../../testing/clock.ts'
import { openScene, type Scene } from '../../testing/gateway.ts'
import { turns } from '../../testing/turns.ts'
import type { Write } from '../store/change.ts'

let scene: Scene
beforeEach(async () => {
  scene = await openScene()
})
afterEach(() => scene.close())

test('[LIN1] anything before it is refused, and the socket lives on', async () => {
  const peer = await scene.connect('customer')
  expect(await peer.refusal('list_chats')).toMatchObject({ type: 'authentication' })
  expect(await peer.refusal('ping')).toMatchObject({ type: 'authentication' })
  const { access_token } = await scene.token()
  expect(await peer.ask('login', { token: access_token })).toMatchObject({ version: '1.0', chats: [] })
})

test('[LIN1] a socket without it is closed after 30 s', async () => {
  const peer = await scene.connect('customer')
  await scene.clock.advance(LOGIN_TIMEOUT_MS - 1)
  expect(peer.closedWith).toBeNull()
  await scene.clock.advance(1)
  expect(peer.closedWith).toBe(1008)
  expect(peer.pushes).toMatchObject([{ action: 'customer_disconnected', payload: { reason: 'connection_timeout' } }])
})

test('[LIN2] a token may be sent with or without its scheme; a wrong one is refused', async () => {
  const { access_token } = await scene.token()
  const peer = await scene.connect('customer')
  expect(await peer.refusal('login', { token: `${access_token}x` })).toMatchObject({ type: 'authentication' })
  await peer.ask('login', { token: `Bearer ${access_token}` })
})

test('[LIN2] guessing tokens on one socket ends it', async () => {
  const peer = await scene.connect('customer')
  for (let at = 0; at < 5; at++) await peer.refusal('login', { token: `guess ${at}` })
  await turns()
  expect(peer.closedWith).toBe(1013)
})

test('[LIN4] [FEA1] the answer carries version, features, epoch and the own log', async () => {
  const peer = await scene.connect('customer')
  const { access_token, customer_id } = await scene.token()
  const login = { token: access_token, customer: { name: 'Ann' }, customer_page: { url: 'https://shop.test/' } }
  const welcome = await peer.ask('login', login)
  expect(welcome).toMatchObject({ version: '1.0', epoch: scene.store.epoch, customer_id, customer: { name: 'Ann' }, user_seq: 1 })
  expect(welcome.features).toContain('start_chat')
  const agent = await scene.agent()
  const greeting = agent.frames[0]?.payload
  expect(greeting).toMatchObject({ agent_id: 'agent-1-1', organization: { name: 'Shop 1' }, my_profile: { email: expect.any(String) } })
  expect(greeting?.['features']).not.toContain('start_chat')
  // EDT5: what agents may do with what others said, as it is unless the organization says otherwise.
  expect(greeting).toMatchObject({ organization: { policies: { agents_edit: 'own', agents_delete: 'own' } } })
})

test('[LIN8] a second one is refused', async () => {
  const peer = await scene.customer()
  expect(await peer.refusal('login', { token: 'x' })).toMatchObject({ type: 'validation' })
})

test('a user with very many sockets gets no more, and keeps those', async () => {
  const { access_token } = await scene.token()
  for (let at = 0; at < MAX_SOCKETS_PER_USER; at++) await (await scene.connect('customer')).ask('login', { token: access_token })
  const late = await scene.connect('customer')
  expect(await late.refusal('login', { token: access_token })).toMatchObject({ type: 'too_many_requests' })
})

describe('[LIN7] who is revoked while the login is being answered', () => {
  /** Revokes when the proof was read and nobody listens yet. */
  async function between(read: 'customer' | 'organization', revoke: (scene: Scene) => Promise<void>) {
    let meanwhile: (() => Promise<void>) | null = null
    const once = async <T>(row: T): Promise<T> => {
      const task = meanwhile
      meanwhile = null
      await task?.()
      return row
    }
    const racing = await openScene({
      wrapStore: (store) => ({
        ...store,
        customer: async (...of) => (read === 'customer' ? once(await store.customer(...of)) : store.customer(...of)),
        organization: async (id) => (read === 'organization' ? once(await store.organization(id)) : store.organization(id)),
      }),
    })
    meanwhile = () => revoke(racing)
    return racing
  }
  const { organization_id, id } = { organization_id: 'organization-1', id: 'agent-1-1' }
  const commit = (scene: Scene, write: Write) => scene.store.commit({ at: SOME_DAY, expect: [], writes: [write], idempotency: [] })

  test('a customer is not let in', async () => {
    const racing = await between('customer', async (scene) => {
      const not_before = scene.clock.now() + 1000
      await commit(scene, { write: 'update', table: 'customers', key: { organization_id }, set: { not_before } })
    })
    const peer = await racing.connect('customer')
    const { access_token } = await racing.token('ann')
    expect(await peer.refusal('login', { token: access_token })).toMatchObject({ type: 'authentication' })
    await racing.close()
  })

  test.each<readonly [string, Write]>([
    ['has a new password', { write: 'update', table: 'agents', key: { organization_id, id }, set: { not_before: SOME_DAY + 1 } }],
    ['signed out', { write: 'delete', table: 'agent_sessions', key: { organization_id, agent_id: id } }],
  ])('an agent who %s is not let in', async (_, write) => {
    const racing = await between('organization', async (scene) => void (await commit(scene, write)))
    await expect(racing.agent()).rejects.toThrow('authentication')
    await racing.close()
  })
})
