/** One socket: what it may say when, how much at once, and why it ends. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  ACCESS_TOKEN_TTL_S,
  LOGIN_TIMEOUT_MS,
  MAX_PENDING_REQUESTS,
  MAX_SOCKET_BACKLOG_BYTES,
  MAX_SOCKETS_PER_USER,
  RATES,
  SERVER_PING_EVERY_MS,
} from '../../protocol/limits.ts'
import { openScene, type Scene } from '../../testing/gateway.ts'
import { turns } from '../../testing/turns.ts'

let scene: Scene
beforeEach(async () => {
  scene = await openScene()
})
afterEach(() => scene.close())

const message = (text: string) => ({ type: 'message', text })

describe('login', () => {
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
})

describe('requests', () => {
  test('[CON3] bad frames are answered, and nothing ends or changes', async () => {
    const peer = await scene.customer()
    const bad = ['', '{', '[]', '"x"', '{"action":1}', `{"action":"x","payload":${'['.repeat(20_000)}`, 'x'.repeat(70 * 1024)]
    for (const frame of bad) peer.send(frame)
    await turns(8)
    const answers = peer.frames.filter(({ success }) => success === false).map(({ payload }) => (payload['error'] as { type: string }).type)
    expect(answers).toEqual([...Array(bad.length - 1).fill('validation'), 'entity_too_large'])
    expect(await peer.ask('list_chats')).toMatchObject({ total_chats: 0 })
    expect(peer.closedWith).toBeNull()
  })

  test.each(['__proto__', 'constructor', 'hasOwnProperty', 'toString', 'no_such_action', 'LOGIN '])(
    '[CON4] %s is no action',
    async (action) => {
      const peer = await scene.customer()
      expect(await peer.refusal(action)).toMatchObject({ type: 'unsupported_action' })
    },
  )

  test('[CON4] what only the other side can do is no action here', async () => {
    const agent = await scene.agent()
    for (const action of ['start_chat', 'send_sneak_peek', 'update_session']) {
      expect(await agent.refusal(action, {})).toMatchObject({ type: 'unsupported_action' })
    }
  })

  test('[CON5] [CON13] a field that nobody knows is refused by its path', async () => {
    const peer = await scene.customer()
    const error = await peer.refusal('send_event', { chat_id: 'c', event: { ...message('x'), author_id: 'someone else' } })
    expect(error).toMatchObject({ type: 'validation', data: { path: 'event.author_id' } })
    expect(error.message).toMatch(/^unable to send_event; event\.author_id /)
  })

  test('[CON6] ten requests may wait, the eleventh is refused', async () => {
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const slow = await openScene({
      wrapStore: (store) => ({
        ...store,
        chats: async (listing) => {
          await held
          return store.chats(listing)
        },
      }),
    })
    const peer = await slow.customer()
    const asked = Array.from({ length: MAX_PENDING_REQUESTS }, () => peer.request('list_chats'))
    expect(await peer.refusal('ping')).toMatchObject({ type: 'pending_requests_limit_reached' })
    release()
    for (const answer of await Promise.all(asked)) expect(answer.success).toBe(true)
    expect((await peer.request('ping')).success).toBe(true)
    await slow.close()
  })

  test('[CON14] over the rate a request is told when to try again', async () => {
    const peer = await scene.customer()
    const { burst } = RATES.signal
    for (let at = 0; at < burst; at++) await peer.ask('ping')
    const error = await peer.refusal('ping')
    expect(error).toMatchObject({ type: 'too_many_requests', data: { retry_after_ms: 250 } })
    await scene.clock.advance(250)
    await peer.ask('ping')
  })

  test('a fault of ours is told without its cause, and the next request is served', async () => {
    const faulty = await openScene({ wrapStore: (store) => ({ ...store, chats: () => Promise.reject(new Error('secret path /var/x')) }) })
    const peer = await faulty.customer()
    const error = await peer.refusal('list_chats')
    expect(error.type).toBe('internal')
    expect(JSON.stringify(error)).not.toContain('secret')
    expect((await peer.request('ping')).success).toBe(true)
    await faulty.close()
  })
})

describe('order', () => {
  test('[LOG6] the answer stands where the push would stand, among the pushes of others', async () => {
    const customer = await scene.customer('ann')
    const { chat } = await customer.ask('start_chat')
    const [agent, other] = [await scene.agent(0), await scene.agent(1)]
    await Promise.all(
      Array.from({ length: 8 }, (_, at) => [
        agent.ask('send_event', { chat_id: chat.id, event: message(`a${at}`) }),
        other.ask('send_event', { chat_id: chat.id, event: message(`b${at}`) }),
        customer.ask('send_event', { chat_id: chat.id, event: message(`c${at}`) }),
      ]).flat(),
    )
    await turns(8)
    for (const peer of [agent, other, customer]) {
      const seen = peer.frames.flatMap(({ type, action, payload }) => {
        if (action === 'send_event' && type === 'response') {
          const entries = (payload['entries'] ?? []) as { payload: { seq: number } }[]
          return [...entries.map((entry) => entry.payload.seq), payload['seq'] as number].sort((a, b) => a - b)
        }
        return type === 'push' && payload['chat_id'] === chat.id && 'seq' in payload ? [payload['seq'] as number] : []
      })
      expect(seen).toEqual(Array.from(seen, (_, at) => (seen[0] ?? 0) + at))
      expect(seen.at(-1)).toBe((await peer.ask('get_chat', { chat_id: chat.id })).chat.seq)
    }
  })

  test('[LOG6] the same user hears of it on other sockets, the origin only by its answer', async () => {
    const [one, two] = [await scene.customer('ann'), await scene.customer('ann')]
    const { chat } = await one.ask('start_chat')
    const { seq } = await one.ask('send_event', { chat_id: chat.id, event: message('hello') })
    await turns()
    expect(one.seqs(chat.id)).toEqual([])
    expect(two.seqs(chat.id)).toEqual(Array.from({ length: seq }, (_, at) => at + 1))
  })

  test('[IDM6] writes of one socket are carried out in the order they were sent', async () => {
    const peer = await scene.customer()
    const { chat } = await peer.ask('start_chat', { active: false })
    const texts = Array.from({ length: 9 }, (_, at) => `m${at}`)
    await Promise.all(texts.map((text) => peer.ask('send_event', { chat_id: chat.id, event: message(text) })))
    const { events } = await peer.ask('list_events', { chat_id: chat.id })
    expect(events.map(({ text }) => text)).toEqual(texts)
  })
})

describe('the end', () => {
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
})
