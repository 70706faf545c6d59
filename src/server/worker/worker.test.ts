/** What webhooks are told: everything, once it got through, in its order, whatever endpoints and the server do. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Hooks, URL_OF } from '../../testing/webhooks.ts'
import { LOOK_EVERY_MS } from './worker.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

let hooks: Hooks
beforeEach(async () => {
  hooks = await Hooks.open()
})
afterEach(() => hooks.close())

const numbers = (chat: string, from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => `${chat} ${from + at}`)
const first = <T>(list: readonly T[]): T => list[0] as T
const webhook = async (id: string) => (await hooks.serve('list_webhooks', {})).data.find((one) => one.id === id)
const deliveries = async (webhook_id: string) => (await hooks.serve('list_webhook_deliveries', { webhook_id, limit: 100 })).data

/** Until it is so, by steps that no timer is passed over in. */
async function until(isSo: () => boolean | Promise<boolean>, within: number, step = 60_000): Promise<void> {
  for (let passed = 0; !(await isSo()); passed += step) {
    if (passed > within) throw new Error(`it is not so after ${within} ms`)
    await hooks.time.advance(step)
  }
}

describe('a webhook', () => {
  it('[WHK1] is told what happens from then on, with whose it is, and nothing of before', async () => {
    await hooks.chat('before', 2)
    await hooks.register('shop')
    await hooks.say('before')
    await hooks.chat('after', 1)
    const { posts, told } = hooks.sink('shop')
    expect(told).toEqual(['before 4', 'after 1', 'after 2'])
    expect(posts.map(({ message }) => message.type)).toEqual(['incoming_event', 'incoming_chat', 'incoming_event'])
    expect(first(posts).message).toMatchObject({
      timestamp: expect.stringMatching(/Z$/),
      data: { chat_id: 'before', seq: 4, organization_id: 'acme', license: 1, event: { text: 'said in before', visibility: 'all' } },
    })
    expect(posts[1]?.message.data).toMatchObject({ chat: { id: 'after', unread_count: 0 } })
    expect(await hooks.store.cursors(10)).toBe(0)
    expect(hooks.counted).toEqual(['delivered', 'delivered', 'delivered'])
  })

  it('[WHK1] is told of the pushes that it names, and of its own organization', async () => {
    await hooks.register('closings', { events: ['chat_deactivated'] })
    await hooks.register('all')
    await hooks.serve('register_webhook', { url: URL_OF('other') }, 'other')
    await hooks.chat('c', 3)
    await hooks.commit({ write: 'close_thread', chat_id: 'c', thread_id: 'c-t', by: null })
    await hooks.rest()
    expect(hooks.sink('closings').told).toEqual(['c 5'])
    expect(hooks.sink('all').told).toEqual(numbers('c', 1, 5))
    expect(hooks.sink('other').told).toEqual([])
    expect(await hooks.store.cursors(10)).toBe(0)
  })

  it('[WHK2] is told of a chat in its order, each entry when the one before got through', async () => {
    await hooks.register('shop')
    const sink = hooks.sink('shop')
    const refused = new Map([['a 2', 3], ['b 1', 1], ['b 3', 2]]) // biome-ignore format: a table
    sink.manner = ({ chat, seq }) => {
      const left = refused.get(`${chat} ${seq}`) ?? 0
      refused.set(`${chat} ${seq}`, left - 1)
      return left > 0 ? 500 : 200
    }
    await Promise.all([hooks.chat('a', 4), hooks.chat('b', 4)])
    await until(async () => (await hooks.store.cursors(10)) === 0, HOUR)
    const of = (name: string) => sink.told.filter((one) => one.startsWith(name))
    expect(of('a')).toEqual(['a 1', 'a 2', 'a 2', 'a 2', 'a 2', 'a 3', 'a 4', 'a 5'])
    expect(of('b')).toEqual(['b 1', 'b 1', 'b 2', 'b 3', 'b 3', 'b 3', 'b 4', 'b 5'])
  })

  it('[WHK2] is told of some chats at a time, and none waits for another', async () => {
    await hooks.register('shop')
    const sink = hooks.sink('shop')
    sink.manner = ({ chat }) => (chat === 'stuck' ? 'hang' : 204)
    await hooks.chat('stuck')
    for (let at = 0; at < 20; at++) await hooks.chat(`c${at}`, 1)
    expect(sink.told.filter((one) => !one.startsWith('stuck'))).toHaveLength(40)
    sink.manner = 'hang'
    for (let at = 0; at < 20; at++) await hooks.chat(`d${at}`)
    expect([sink.open, sink.most]).toEqual([8, 8])
  })

  it('[WHK2] is one row of the queue for each chat, however much is said in it', async () => {
    await hooks.register('shop')
    hooks.sink('shop').manner = 500
    await hooks.chat('a', 200)
    await hooks.chat('b', 200)
    expect(await hooks.store.cursors(1000)).toBe(2)
    expect(
      await hooks.serve('list_webhook_deliveries', { webhook_id: (await hooks.serve('list_webhooks', {})).data[0]?.id ?? '' }),
    ).toMatchObject({
      data: [{ seq: 1 }, { seq: 1 }],
    })
  })

  it('[WHK2] goes on after the server was killed, where it was', async () => {
    await hooks.register('shop')
    const sink = hooks.sink('shop')
    await hooks.chat('c', 1)
    sink.manner = 'hang'
    await hooks.say('c', 2)
    await hooks.rest()
    await hooks.restart()
    expect(sink.told).toEqual(['c 1', 'c 2', 'c 3', 'c 3'])
    sink.manner = 204
    await hooks.restart()
    expect(sink.told).toEqual(['c 1', 'c 2', 'c 3', 'c 3', 'c 3', 'c 4'])
    expect(new Set(sink.posts.slice(2, 5).map(({ id }) => id)).size).toBe(1)
  })

  it('is told what another process wrote, by the half minute', async () => {
    const id = await hooks.register('shop')
    await hooks.chat('c')
    Object.assign(hooks.worker.hints, { appended: () => {} })
    await hooks.say('c')
    await hooks.rest()
    expect(hooks.sink('shop').told).toEqual(['c 1'])
    await hooks.time.advance(LOOK_EVERY_MS)
    expect(hooks.sink('shop').told).toEqual(['c 1', 'c 2'])
    expect(await webhook(id)).toMatchObject({ enabled: true })
  })

  it('is told nothing more once it is unregistered, and nothing is left of it', async () => {
    const webhook_id = await hooks.register('shop')
    hooks.sink('shop').manner = 500
    await hooks.chat('c', 3)
    await hooks.serve('unregister_webhook', { webhook_id })
    const { length } = hooks.sink('shop').posts
    await hooks.time.advance(HOUR)
    expect(hooks.sink('shop').posts).toHaveLength(length)
    expect(await hooks.store.cursors(10)).toBe(0)
    expect(hooks.said).toEqual([])
  })

  it('ends at once when nothing is under way, and within a second when something is', async () => {
    await hooks.register('shop')
    hooks.sink('shop').manner = 'hang'
    await hooks.chat('c')
    const ended = hooks.worker.stop()
    await hooks.time.advance(1000)
    await ended
    expect(hooks.sink('shop').open).toBe(0)
    expect(hooks.time.next()).toBeNull()
    expect(await hooks.store.cursors(10)).toBe(1)
  })
})

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
    expect((await deliveries(id))[0]).toMatchObject({ status: 'retrying', seq: 1, event: 'incoming_chat', error })
    await hooks.time.advance(6 * HOUR)
    const waits = sink.posts.slice(1).map(({ at }, index) => at - (sink.posts[index]?.at ?? 0))
    expect(waits.length).toBeGreaterThan(12)
    expect(Math.max(...waits.slice(0, 3))).toBeLessThan(30_000)
    expect(Math.max(...waits)).toBeGreaterThan(HOUR / 4)
    expect(Math.max(...waits)).toBeLessThanOrEqual(HOUR + 10_000)
    sink.manner = 204
    await until(async () => (await hooks.store.cursors(1)) === 0, HOUR)
    expect((await deliveries(id))[0]).toMatchObject({ status: 'delivered', attempts: sink.posts.length, response_status: 204 })
    expect(new Set(sink.posts.map((post) => post.id)).size).toBe(1)
    expect(await webhook(id)).not.toHaveProperty('failing_since')
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
    expect((await deliveries(id)).find(({ status }) => status === 'failed')).toMatchObject({ chat_id: 'c', seq: 2, response_status: 400 })
    expect(hooks.counted.filter((outcome) => outcome === 'given_up')).toHaveLength(1)
    expect(await webhook(id)).toMatchObject({ enabled: true })
  })
})

describe('an endpoint', () => {
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
    await until(async () => (await hooks.store.cursors(1)) === 0, HOUR)
    expect(sink.most).toBe(8)
    expect(new Set(sink.told).size).toBe(50)
  })

  it('[WHK6] that takes nothing for a day is disabled, keeps its place, and goes on from there', async () => {
    const webhook_id = await hooks.register('shop')
    const sink = hooks.sink('shop')
    await hooks.chat('a', 2)
    sink.manner = 500
    await hooks.say('a')
    await until(async () => (await webhook(webhook_id))?.enabled === false, 26 * HOUR, HOUR)
    expect(await webhook(webhook_id)).toMatchObject({ failing_since: expect.any(String), disabled_at: expect.any(String) })
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
    expect(await webhook(webhook_id)).not.toHaveProperty('disabled_at')
  })

  it('[WHK6] that says it is gone is disabled at once', async () => {
    const webhook_id = await hooks.register('shop')
    hooks.sink('shop').manner = 410
    await hooks.chat('a', 2)
    expect(await webhook(webhook_id)).toMatchObject({ enabled: false })
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

describe('what is sent', () => {
  it('[WHK8] is what is there when it is sent: text that was deleted by then is not in it', async () => {
    await hooks.register('shop')
    const sink = hooks.sink('shop')
    sink.manner = 500
    await hooks.chat('c', 1)
    await hooks.commit({ write: 'delete_event', chat_id: 'c', thread_id: 'c-t', event_id: 'c-t_1', by: null })
    sink.manner = 204
    await until(async () => (await hooks.store.cursors(1)) === 0, HOUR)
    expect(sink.told.slice(-3)).toEqual(['c 1', 'c 2', 'c 3'])
    expect(sink.posts.filter(({ seq }) => seq > 1).map(({ body }) => body.includes('said in c'))).toEqual([false, false])
  })

  it('[WHK8] of a chat that was deleted is that it was', async () => {
    const id = await hooks.register('shop')
    const sink = hooks.sink('shop')
    sink.manner = 500
    await hooks.chat('c', 3)
    await hooks.serve('delete_chat', { chat_id: 'c' })
    const { length } = sink.posts
    sink.manner = 204
    await until(async () => (await hooks.store.cursors(1)) === 0, HOUR)
    expect(sink.posts.slice(length).map(({ message }) => message.type)).toEqual(['chat_deleted'])
    expect((await deliveries(id)).map(({ status, error }) => [status, error])).toEqual([
      ['delivered', undefined],
      ['failed', 'nothing is left to send'],
    ])
  })

  it('has private notes, and no custom id that is its author’s own', async () => {
    await hooks.register('shop')
    await hooks.chat('c')
    const robin = await hooks.organization.agent('robin')
    await hooks.organization.act(robin, 'send_event', {
      chat_id: 'c',
      event: { type: 'message', text: 'psst', visibility: 'agents', custom_id: '~own' },
    })
    await hooks.rest()
    const { message } = hooks.sink('shop').posts.at(-1) ?? {}
    expect(message?.data).toMatchObject({ event: { text: 'psst', visibility: 'agents' } })
    expect(JSON.stringify(message)).not.toContain('~own')
  })

  it('[WHK9] is sent again when it is asked for, under the same id, with what is there now', async () => {
    const webhook_id = await hooks.register('shop')
    await hooks.chat('c', 3)
    const sink = hooks.sink('shop')
    const [, second] = (await deliveries(webhook_id)).reverse()
    await hooks.commit({ write: 'delete_event', chat_id: 'c', thread_id: 'c-t', event_id: 'c-t_1', by: null })
    await hooks.rest()
    expect(await hooks.serve('replay_webhook_delivery', { delivery_id: second?.id ?? '' })).toMatchObject({
      delivery: { status: 'replaying' },
    })
    await hooks.rest()
    expect(sink.told).toEqual([...numbers('c', 1, 5), 'c 2'])
    expect(sink.posts.at(-1)?.id).toBe(sink.posts[1]?.id)
    expect(sink.posts.at(-1)?.body).not.toContain('said in')
    expect((await deliveries(webhook_id)).find(({ seq }) => seq === 2)).toMatchObject({ status: 'delivered', attempts: 2 })
  })

  it('[WHK9] is asked for once, and said to have failed when it did, or when nothing is left', async () => {
    const webhook_id = await hooks.register('shop')
    await hooks.chat('c', 1)
    const sink = hooks.sink('shop')
    const [newest] = await deliveries(webhook_id)
    const again = async () => {
      await hooks.serve('replay_webhook_delivery', { delivery_id: newest?.id ?? '' })
      await hooks.time.advance(HOUR)
      return (await deliveries(webhook_id)).find(({ id }) => id === newest?.id)
    }
    sink.manner = 500
    expect(await again()).toMatchObject({ status: 'failed', attempts: 2, error: 'answered 500', delivered_at: newest?.delivered_at })
    expect(sink.posts).toHaveLength(3)
    sink.manner = 204
    await hooks.serve('delete_chat', { chat_id: 'c' })
    expect(await again()).toMatchObject({ status: 'failed', attempts: 2, error: 'nothing is left to send' })
  })

  it('[WHK9] is sent though the server was killed before', async () => {
    const webhook_id = await hooks.register('shop')
    await hooks.chat('c')
    const sink = hooks.sink('shop')
    sink.manner = 'hang'
    const [newest] = await deliveries(webhook_id)
    await hooks.serve('replay_webhook_delivery', { delivery_id: newest?.id ?? '' })
    await hooks.rest()
    sink.manner = 204
    await hooks.restart()
    expect(sink.told).toEqual(['c 1', 'c 1', 'c 1'])
    expect(await deliveries(webhook_id)).toMatchObject([{ status: 'delivered', attempts: 2 }])
  })
})

describe('where it cannot be written down', () => {
  it('is not sent again and again', async () => {
    await hooks.register('shop')
    const sink = hooks.sink('shop')
    await hooks.chat('c')
    const { length } = sink.posts
    hooks.refuse = true
    await hooks.say('c')
    await hooks.time.advance(20_000)
    expect(sink.posts.length - length).toBeLessThan(6)
    hooks.refuse = false
    await hooks.time.advance(10_000)
    expect(await hooks.store.cursors(1)).toBe(0)
    expect(hooks.said).toContain('unable to go on with a webhook')
  })
})
