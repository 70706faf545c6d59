/** Endpoints that fail: they are tried again, spared, given up, and gone on with, and slow nobody else. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Hooks, URL_OF } from '../../testing/webhooks.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

let hooks: Hooks
beforeEach(async () => {
  hooks = await Hooks.open()
})
afterEach(() => hooks.close())

const numbers = (chat: string, from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => `${chat} ${from + at}`)

describe('what fails', () => {
  it.each([
    ['an answer that is none of success', 500, 'answered 500'],
    ['a redirect', 302, 'answered 302, and redirects are not followed'],
    ['a socket that is closed', 'close', 'ECONNRESET'],
    ['silence for 10 s', 'hang', 'no answer within 10 s'],
  ] as const)('[WHK3] is %s, and it is tried again after longer and longer', async (_, manner, error) => {
    const id = await hooks.register('shop')
    const sink = hooks.sink('shop')
    sink.manner = manner
    await hooks.chat('c')
    await hooks.time.advance(10_000)
    expect((await hooks.deliveries(id))[0]).toMatchObject({ status: 'retrying', seq: 1, event: 'incoming_chat', error })
    await hooks.time.advance(6 * HOUR)
    const waits = sink.posts.slice(1).map(({ at }, index) => at - (sink.posts[index]?.at ?? 0))
    expect(waits.length).toBeGreaterThan(12)
    expect(Math.max(...waits.slice(0, 3))).toBeLessThan(30_000)
    expect(Math.max(...waits)).toBeGreaterThan(HOUR / 4)
    expect(Math.max(...waits)).toBeLessThanOrEqual(HOUR + 10_000)
    sink.manner = 204
    await hooks.drained()
    expect((await hooks.deliveries(id))[0]).toMatchObject({ status: 'delivered', attempts: sink.posts.length, response_status: 204 })
    expect(new Set(sink.posts.map((post) => post.id)).size).toBe(1)
    expect(await hooks.webhook(id)).not.toHaveProperty('failing_since')
  })

  it('[WHK3] waits as long as the endpoint asks', async () => {
    await hooks.register('shop')
    const sink = hooks.sink('shop')
    sink.manner = { status: 429, retry_after: '120' }
    await hooks.chat('c')
    await hooks.chat('d')
    await hooks.time.advance(119_000)
    expect(sink.told).toEqual(['c 1'])
    sink.manner = 204
    await hooks.time.advance(10_000)
    expect([...sink.told].sort()).toEqual(['c 1', 'c 1', 'd 1'])
  })

  it('[WHK3] is given up after a day in which others got through, which is said, and the chat goes on', async () => {
    const id = await hooks.register('shop')
    const sink = hooks.sink('shop')
    sink.manner = ({ chat, seq }) => (chat === 'c' && seq === 2 ? 400 : 204)
    await hooks.chat('c', 2)
    await hooks.chat('d')
    for (let hour = 0; hour < 26; hour++) {
      await hooks.say('d')
      await hooks.time.advance(HOUR)
    }
    expect(sink.told.filter((one) => one.startsWith('c')).at(-1)).toBe('c 3')
    expect((await hooks.deliveries(id)).find(({ status }) => status === 'failed')).toMatchObject({
      chat_id: 'c',
      seq: 2,
      response_status: 400,
    })
    expect(hooks.counted.filter((outcome) => outcome === 'given_up')).toHaveLength(1)
    expect(await hooks.webhook(id)).toMatchObject({ enabled: true })
  })
})

describe('an endpoint', () => {
  it('[WHK2] that refuses what one chat has for it is told of all others at once, however long that goes on', async () => {
    await hooks.register('shop')
    hooks.sink('shop').manner = ({ chat }) => (chat === 'odd' ? 400 : 204)
    await hooks.chat('odd', 1)
    await hooks.time.advance(5 * HOUR)
    await hooks.chat('even', 1)
    expect(hooks.sink('shop').told.slice(-2)).toEqual(['even 1', 'even 2'])
  })

  it('[WHK6] that is dead is spared, and probed by one delivery at a time', async () => {
    await hooks.register('shop')
    const sink = hooks.sink('shop')
    sink.manner = 'close'
    for (let at = 0; at < 50; at++) await hooks.chat(`c${at}`)
    await hooks.time.advance(60_000)
    const early = sink.posts.length
    expect(early).toBeLessThan(60)
    sink.most = 0
    await hooks.time.advance(HOUR)
    expect(sink.posts.length - early).toBeLessThan(20)
    expect(sink.most).toBe(1)
    sink.manner = 204
    sink.most = 0
    await hooks.drained()
    expect(sink.most).toBe(8)
    expect(new Set(sink.told).size).toBe(50)
  })

  it('[WHK6] that takes nothing for a day is disabled, keeps its place, and goes on from there', async () => {
    const webhook_id = await hooks.register('shop')
    const sink = hooks.sink('shop')
    await hooks.chat('a', 2)
    sink.manner = 500
    await hooks.say('a')
    await hooks.until(async () => (await hooks.webhook(webhook_id))?.enabled === false, 26 * HOUR, HOUR)
    expect(await hooks.webhook(webhook_id)).toMatchObject({ failing_since: expect.any(String), disabled_at: expect.any(String) })
    expect(hooks.said).toEqual(['a webhook is disabled; its queue stays'])
    const { length } = sink.posts
    await hooks.say('a', 3)
    await hooks.chat('b', 1)
    await hooks.restart()
    await hooks.time.advance(2 * DAY)
    expect(sink.posts).toHaveLength(length)
    sink.manner = 204
    await hooks.serve('update_webhook', { webhook_id, enabled: true })
    await hooks.rest()
    const after = sink.told.slice(length)
    expect(after.filter((one) => one.startsWith('a'))).toEqual(numbers('a', 4, 7))
    expect(after.filter((one) => one.startsWith('b'))).toEqual(numbers('b', 1, 2))
    expect(await hooks.webhook(webhook_id)).not.toHaveProperty('disabled_at')
  })

  it('[WHK6] that says it is gone is disabled at once', async () => {
    const webhook_id = await hooks.register('shop')
    hooks.sink('shop').manner = 410
    await hooks.chat('a', 2)
    expect(await hooks.webhook(webhook_id)).toMatchObject({ enabled: false })
    await hooks.time.advance(HOUR)
    expect(hooks.sink('shop').told).toEqual(['a 1'])
  })

  it('[WHK6] that is enabled or moved by hand is tried at once, whatever failed before', async () => {
    const webhook_id = await hooks.register('shop')
    hooks.sink('shop').manner = 500
    await hooks.chat('a', 2)
    await hooks.time.advance(3 * HOUR)
    const fresh = hooks.sink('fresh')
    await hooks.serve('update_webhook', { webhook_id, url: URL_OF('fresh'), enabled: true })
    await hooks.rest()
    expect(fresh.told).toEqual(numbers('a', 1, 3))
  })

  it('that is dead slows no other, nor any chat', async () => {
    await hooks.register('dead')
    await hooks.register('good')
    hooks.sink('dead').manner = 'hang'
    for (let at = 0; at < 30; at++) await hooks.chat(`c${at}`, 2)
    expect(hooks.sink('good').posts).toHaveLength(90)
  })
})
