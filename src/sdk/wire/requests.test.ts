/** Requests over one socket: each is answered, refused or given up in time, and what is lost is said to be unknown. */
import { beforeEach, describe, expect, it } from 'vitest'
import { MAX_FRAME_BYTES } from '../../protocol/limits.ts'
import { createClock, type FakeClock } from '../../testing/clock.ts'
import { Device } from '../../testing/environment.ts'
import { Network } from '../../testing/network.ts'
import { createRandom } from '../../testing/random.ts'
import { codeOf } from '../../testing/shop.ts'
import { No, openStage, type Stage, welcome } from '../../testing/stage.ts'
import { type Connection, createConnection } from './connection.ts'
import type { Failure } from './failure.ts'

let clock: FakeClock
let network: Network
let stage: Stage
let connection: Connection

beforeEach(async () => {
  clock = createClock()
  network = new Network(clock)
  stage = openStage(network)
  const { environment } = new Device({ network, clock, random: createRandom('requests') }).open()
  connection = createConnection({
    environment,
    url: 'ws://chat.test/v1/customer/rtm',
    login: async () => ({}),
    onWelcome() {},
    onPush() {},
    onState() {},
    onReason() {},
  })
  connection.connect()
  await clock.advance(0)
})

/** Requests, each with what became of it; empty while that is open. */
function ask(action: string, payload: object = {}) {
  const asked = { outcome: '', answer: undefined as unknown, outcomeKnown: undefined as boolean | undefined }
  connection.request(action, payload).then(
    (answer) => Object.assign(asked, { outcome: 'answered', answer }),
    ({ code, outcomeKnown }: Failure) => Object.assign(asked, { outcome: code, outcomeKnown }),
  )
  return asked
}

describe('a request', () => {
  it('[CON2] gets the answer that bears its id, in whatever order answers come', async () => {
    const [one, two] = [ask('get_chat', { chat_id: 'one' }), ask('get_chat', { chat_id: 'two' })]
    await clock.advance(0)
    const [first, second] = stage.of('get_chat')
    expect(first?.request_id).not.toBe(second?.request_id)
    stage.answer(second, { for: 'two' })
    stage.answer({ action: 'get_chat', request_id: 'nobody asked' }, {})
    await clock.advance(0)
    expect([one.outcome, two.answer]).toEqual(['', { for: 'two' }])
    stage.answer(first, { for: 'one' })
    await clock.advance(0)
    expect(one.answer).toEqual({ for: 'one' })
  })

  it('[CON13] that is refused says so by code, with what the server said', async () => {
    const refused = connection.request('get_chat', {})
    await clock.advance(0)
    stage.answer(stage.of('get_chat')[0], new No('too_many_requests', { retry_after_ms: 5 }))
    await expect(refused).rejects.toMatchObject({
      code: 'TOO_MANY_REQUESTS',
      retryable: true,
      message: 'unable to do it; too_many_requests',
      body: { type: 'too_many_requests', data: { retry_after_ms: 5 } },
    })
    await expect(refused).rejects.toBeInstanceOf(Error)
  })

  it('[CON6] waits while ten others await their answers', async () => {
    const asked = Array.from({ length: 14 }, (_, n) => ask('get_chat', { n }))
    await clock.advance(0)
    expect(stage.of('get_chat')).toHaveLength(10)
    for (const heard of stage.of('get_chat').slice(3, 6)) stage.answer(heard, {})
    await clock.advance(0)
    expect(stage.of('get_chat').map(({ payload }) => payload?.['n'])).toEqual(Array.from({ length: 13 }, (_, n) => n))
    for (const heard of stage.of('get_chat').slice(6)) stage.answer(heard, {})
    await clock.advance(0)
    for (const heard of stage.of('get_chat').slice(-1)) stage.answer(heard, {})
    await clock.advance(0)
    expect(asked.map(({ outcome }, n) => (outcome === 'answered' ? -1 : n)).filter((n) => n >= 0)).toEqual([0, 1, 2])
  })

  it('is given up after 15 s, whatever comes after', async () => {
    const asked = ask('get_chat')
    await clock.advance(14_999)
    expect(asked.outcome).toBe('')
    await clock.advance(1)
    stage.answer(stage.of('get_chat')[0], {})
    await clock.advance(0)
    expect([asked.outcome, connection.state]).toEqual(['REQUEST_TIMEOUT', 'live'])
    expect(asked.outcomeKnown).toBe(false)
  })

  it('[LOG6] that was given up is still heard when its answer comes: no push says the same', async () => {
    const heard: unknown[] = []
    connection.request('get_chat', {}, (answer) => heard.push(answer)).catch(() => {})
    await clock.advance(16_000)
    expect(heard).toEqual([])
    stage.answer(stage.of('get_chat')[0], { seq: 4 })
    await clock.advance(0)
    expect(heard).toEqual([{ seq: 4 }])
  })

  it('that was under way when the link was lost has an outcome that is unknown', async () => {
    const asked = ask('send_event')
    await clock.advance(0)
    network.opened.at(-1)?.cut()
    await clock.advance(0)
    expect(asked.outcome).toBe('CONNECTION_LOST')
    await clock.advance(5_000)
    expect(stage.of('send_event')).toHaveLength(1)
  })

  it('made while there is no link goes out with the next one, behind its login', async () => {
    network.opened.at(-1)?.cut()
    const asked = ask('get_chat')
    await clock.advance(1_000)
    expect(stage.heard.map(({ action }) => action)).toEqual(['login', 'login', 'get_chat'])
    stage.answer(stage.of('get_chat')[0], {})
    await clock.advance(0)
    expect(asked.outcome).toBe('answered')
  })

  it('made while there is no link does not wait for ever', async () => {
    network.sever()
    await clock.advance(0)
    const asked = ask('get_chat')
    await clock.advance(15_000)
    expect([asked.outcome, asked.outcomeKnown]).toEqual(['REQUEST_TIMEOUT', true])
  })
})

describe('what is not sent', () => {
  it('[FEA1] is what the server does not offer', async () => {
    stage.answers['login'] = () => ({ ...welcome, features: ['login', 'get_chat'] })
    network.opened.at(-1)?.cut()
    await clock.advance(1_000)
    expect(await codeOf(connection.request('send_event', {}))).toBe('UNSUPPORTED')
    ask('get_chat')
    await clock.advance(0)
    expect([stage.of('send_event').length, stage.of('get_chat').length]).toEqual([0, 1])
  })

  it('[CON3] is a frame over 64 KB, in bytes', async () => {
    const overhead = new TextEncoder().encode('{"request_id":"2","action":"get_chat","payload":{"text":""}}').length
    const fits = 'ä'.repeat((MAX_FRAME_BYTES - overhead) / 2)
    const small = ask('get_chat', { text: fits })
    const large = ask('get_chat', { text: `${fits}12` })
    await clock.advance(0)
    expect([small.outcome, large.outcome, stage.of('get_chat').length]).toEqual(['', 'ENTITY_TOO_LARGE', 1])
  })
})
