/** What a socket may ask: in which form, how much at once, and in which order it is answered. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { MAX_PENDING_REQUESTS, RATES } from '../../protocol/limits.ts'
import { openScene, type Scene } from '../../testing/gateway.ts'
import { turns } from '../../testing/turns.ts'

let scene: Scene
beforeEach(async () => {
  scene = await openScene()
})
afterEach(() => scene.close())

const message = (text: string) => ({ type: 'message', text })

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

  test.each(['x', '€'])('[CON15] a text of too many bytes is too large, whatever it is made of: %s', async (sign) => {
    const peer = await scene.customer()
    const text = sign.repeat(16 * 1024 + 1)
    const refusal = await peer.refusal('start_chat', { chat: { thread: { events: [{ type: 'message', text }] } } })
    expect(refusal).toMatchObject({ type: 'entity_too_large', data: { path: 'chat.thread.events.0.text' } })
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
  test.each([
    ['full', 'the server is out of disk'],
    ['busy', "another program holds the server's database"],
  ] as const)('a store that is %s says so, over a socket and over HTTP, and may be asked again', async (why, words) => {
    let failing = false
    const scene = await openScene({
      wrapStore: (store) => ({ ...store, commit: async (change) => (failing ? { ok: false, why } : store.commit(change)) }),
    })
    const ann = await scene.customer('ann')
    failing = true
    expect(await ann.refusal('start_chat')).toMatchObject({ type: 'service_unavailable', message: `unable to start_chat; ${words}` })
    const body = JSON.stringify({ grant_type: 'anonymous', visitor_key: 'v'.repeat(22) })
    const response = await scene.http({ method: 'POST', path: '/v1/customer/token?license=1&client_id=demo', body })
    expect([response.status, JSON.parse(response.body).error.message]).toEqual([503, `unable to get a token; ${words}`])
    failing = false
    await ann.ask('start_chat')
    await scene.close()
  })

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

  test('[IDM1] a repetition by who is no longer in the chat is answered as the first one was, and nothing new is taken', async () => {
    const peer = await scene.customer('ann')
    const { chat } = await peer.ask('start_chat')
    const [ann] = chat.users.map(({ id }) => id) as [string]
    const send = (text: string) => ({ chat_id: chat.id, event: { ...message(text), custom_id: text } })
    const { event } = await peer.ask('send_event', send('before'))
    const gone = { write: 'remove_user', chat_id: chat.id, user_id: ann, by: null } as const
    await scene.store.commit({ at: scene.clock.now(), expect: [], writes: [gone], idempotency: [] })
    expect((await peer.ask('send_event', send('before'))).event).toEqual(event)
    expect(await peer.refusal('send_event', send('after'))).toMatchObject({ type: 'missing_access' })
    const other = { ...send('before'), event: { ...message('other'), custom_id: 'before' } }
    expect(await peer.refusal('send_event', other)).toMatchObject({ type: 'idempotency_mismatch' })
  })

  test('[LOG6] [IDM1] a repetition on another socket is answered behind the pushes before what it repeats', async () => {
    let release = () => {}
    let held = Promise.resolve()
    const slow = await openScene({ wrapStore: (store) => ({ ...store, summary: (...asked) => held.then(() => store.summary(...asked)) }) })
    const [one, two, agent] = [await slow.customer('ann'), await slow.customer('ann'), await slow.agent()]
    const { chat } = await one.ask('start_chat')
    await one.ask('deactivate_chat', { id: chat.id })
    held = new Promise((resolve) => {
      release = resolve
    })
    const resumed = agent.ask('resume_chat', { chat: { id: chat.id } })
    await turns()
    const send = { chat_id: chat.id, event: { ...message('hello'), custom_id: 'k' } }
    const sent = one.ask('send_event', send)
    await turns()
    const again = two.ask('send_event', send)
    await turns()
    release()
    expect((await again).event).toEqual((await sent).event)
    await resumed
    expect(two.frames.flatMap(({ payload }) => ('seq' in payload ? [payload['seq']] : []))).toEqual([1, 2, 3, 4, 4])
    await slow.close()
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
