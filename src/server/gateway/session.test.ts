/** Why a socket ends, and what keeps it alive. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ACCESS_TOKEN_TTL_S, MAX_SOCKET_BACKLOG_BYTES, SERVER_PING_EVERY_MS } from '../../protocol/limits.ts'
import { openScene, type Scene } from '../../testing/gateway.ts'
import { turns } from '../../testing/turns.ts'

let scene: Scene
beforeEach(async () => {
  scene = await openScene()
})
afterEach(() => scene.close())

const message = (text: string) => ({ type: 'message', text })

test('[CON8] pings, and ends what was silent for two rounds', async () => {
  const peer = await scene.customer()
  peer.line.up.hold()
  await scene.clock.advance(SERVER_PING_EVERY_MS * 2 + 1000)
  expect(scene.gateway.fanout.socketsOf('organization-1', peer.frames[0]?.payload['customer_id'] as string).size).toBe(1)
  await scene.clock.advance(SERVER_PING_EVERY_MS)
  expect(scene.gateway.fanout.socketsOf('organization-1', peer.frames[0]?.payload['customer_id'] as string).size).toBe(0)
})

test('[CON8] one that answers its pings may say nothing all day', async () => {
  const agent = await scene.agent()
  await scene.clock.advance(60 * 60 * 1000)
  expect(agent.closedWith).toBeNull()
  await agent.ask('ping')
})

test('[CON9] a slow reader is let go, and others feel nothing', async () => {
  const [slow, agent] = [await scene.agent(0), await scene.agent(1)]
  const customer = await scene.customer()
  const { chat } = await customer.ask('start_chat')
  slow.line.down.hold()
  const text = 'x'.repeat(16_000)
  const sends = Math.ceil(MAX_SOCKET_BACKLOG_BYTES / text.length) + 2
  for (let at = 0; at < sends; at++) await customer.ask('send_event', { chat_id: chat.id, event: message(text) })
  await turns()
  expect(slow.line.down.waiting.at(-1)).toMatchObject({ kind: 'close', code: 1013 })
  expect(slow.line.backlog).toBeLessThan(MAX_SOCKET_BACKLOG_BYTES + 20_000)
  expect(agent.seqs(chat.id).at(-1)).toBe(sends + 1)
  expect(agent.closedWith).toBeNull()
})

test('[RES5] what a reader asked for does not count against it, but it gets no more while it does not read', async () => {
  const customer = await scene.customer()
  const { chat } = await customer.ask('start_chat')
  const text = 'x'.repeat(16_000)
  for (let at = 0; at < 99; at++) await customer.ask('send_event', { chat_id: chat.id, event: message(text) })
  const agent = await scene.agent()
  agent.line.down.hold()
  void agent.request('sync', { chat_id: chat.id, after: 0 })
  void agent.request('sync', { chat_id: chat.id, after: 0 })
  await turns(8)
  await scene.clock.advance(10)
  expect(agent.line.backlog).toBeGreaterThan(MAX_SOCKET_BACKLOG_BYTES)
  void agent.request('sync', { chat_id: chat.id, after: 0 })
  await turns()
  agent.line.down.release()
  await turns(20)
  expect(agent.closedWith).toBeNull()
  expect(agent.frames.at(-1)).toMatchObject({ success: false, payload: { error: { type: 'too_many_requests' } } })
})

test('[LIN6] a socket whose token ended is closed, one that renewed it lives on', async () => {
  const { access_token } = await scene.token('ann')
  const [idle, renewed] = [await scene.connect('customer'), await scene.connect('customer')]
  for (const peer of [idle, renewed]) await peer.ask('login', { token: access_token })
  await scene.clock.advance((ACCESS_TOKEN_TTL_S - 60) * 1000)
  const fresh = await scene.token('ann')
  expect(await renewed.ask('update_session', { token: fresh.access_token })).toEqual({ expires_in: ACCESS_TOKEN_TTL_S })
  await scene.clock.advance(60_000 + SERVER_PING_EVERY_MS)
  expect(idle.closedWith).toBe(1008)
  expect(idle.pushes.at(-1)).toMatchObject({ action: 'customer_disconnected', payload: { reason: 'access_token_expired' } })
  expect((await renewed.request('ping')).success).toBe(true)
})

test('[LIN6] the first request after the end meets a closed door', async () => {
  const peer = await scene.customer()
  const { clock } = scene
  peer.line.up.hold()
  await clock.advance(ACCESS_TOKEN_TTL_S * 1000)
  peer.line.release()
  void peer.request('list_chats')
  await turns()
  expect(peer.closedWith).not.toBeNull()
})

test('[LIN6] a live socket cannot become somebody else', async () => {
  const peer = await scene.customer('ann')
  const { access_token } = await scene.token('bob')
  expect(await peer.refusal('update_session', { token: access_token })).toMatchObject({ type: 'authentication' })
})

test('[LIN7] [CON10] a revoked user is out at once everywhere, another is not', async () => {
  const [one, two, other] = [await scene.customer('ann'), await scene.customer('ann'), await scene.customer('bob')]
  const { customer_id } = await scene.token('ann')
  scene.gateway.revoke('organization-1', customer_id, 'access_token_revoked')
  await turns()
  for (const peer of [one, two]) {
    expect(peer.closedWith).toBe(1008)
    expect(peer.pushes.at(-1)).toMatchObject({ action: 'customer_disconnected', payload: { reason: 'access_token_revoked' } })
  }
  await other.ask('ping')
})

test('[CON9] refusals that nobody reads do not pile up, not even before the login', async () => {
  for (const peer of [await scene.connect('customer'), await scene.customer()]) {
    peer.line.down.hold()
    const unknown = JSON.stringify({ action: 'ping', ['x'.repeat(60_000)]: true })
    for (let at = 0; at < 30; at++) peer.send(unknown)
    await turns()
    expect(peer.line.down.waiting.at(-1)).toMatchObject({ kind: 'close', code: 1013 })
    expect(peer.line.backlog).toBeLessThan(MAX_SOCKET_BACKLOG_BYTES + 3 * unknown.length)
  }
})

test('[CON12] draining: no new requests, answers for those taken, a word, and the end', async () => {
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  const slow = await openScene({
    wrapStore: (store) => ({
      ...store,
      commit: async (change) => {
        if (change.writes.some(({ write }) => write === 'add_event')) await held
        return store.commit(change)
      },
    }),
  })
  const peer = await slow.customer()
  const { chat } = await peer.ask('start_chat')
  const taken = peer.request('send_event', { chat_id: chat.id, event: message('in time') })
  await turns()
  const drained = slow.gateway.drain()
  expect(await peer.refusal('send_event', { chat_id: chat.id, event: message('late') })).toMatchObject({ type: 'service_unavailable' })
  expect(peer.closedWith).toBeNull()
  release()
  expect((await taken).success).toBe(true)
  await slow.clock.advance(100)
  await drained
  await turns()
  expect(peer.closedWith).toBe(1012)
  expect(peer.pushes.at(-1)).toMatchObject({
    action: 'customer_disconnected',
    payload: { reason: 'service_temporarily_unavailable', data: { retry_after_ms: expect.any(Number) } },
  })
  const late = await slow.connect('customer')
  expect(late.closedWith).toBe(1012)
  await slow.close()
})
