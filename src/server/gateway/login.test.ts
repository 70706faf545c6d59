/** Logging in: by what proof, what the answer says, and what comes before it. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { LOGIN_TIMEOUT_MS, MAX_SOCKETS_PER_USER } from '../../protocol/limits.ts'
import { openScene, type Scene } from '../../testing/gateway.ts'
import { turns } from '../../testing/turns.ts'

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
