/** What webhooks are told: everything, in its order, whatever the server does. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Hooks, URL_OF } from '../../testing/webhooks.ts'
import { LOOK_EVERY_MS } from './worker.ts'

const HOUR = 3_600_000

let hooks: Hooks
beforeEach(async () => {
  hooks = await Hooks.open()
})
afterEach(() => hooks.close())

const numbers = (chat: string, from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => `${chat} ${from + at}`)
const first = <T>(list: readonly T[]): T => list[0] as T

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
    await hooks.drained()
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
    const id = await hooks.register('shop')
    hooks.sink('shop').manner = 500
    await hooks.chat('a', 200)
    await hooks.chat('b', 200)
    expect(await hooks.store.cursors(1000)).toBe(2)
    expect(await hooks.deliveries(id)).toMatchObject([{ seq: 1 }, { seq: 1 }])
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
    expect(await hooks.webhook(id)).toMatchObject({ enabled: true })
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
