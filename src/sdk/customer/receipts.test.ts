/** How far the customer has seen, and how often that is said. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SOME_DAY } from '../../testing/clock.ts'
import type { Peer } from '../../testing/gateway.ts'
import { codeOf, openShop, type Shop, type Visit } from '../../testing/shop.ts'

let shop: Shop
let visit: Visit
let agent: Peer
let chat: string
let me: string

beforeEach(async () => {
  shop = await openShop('receipts')
  visit = await shop.visit()
  chat = (await visit.sdk.startChat()).id
  me = (await visit.sdk.auth.getToken()).entityId
  agent = await shop.agent()
  for (const text of ['one', 'two', 'three']) {
    await shop.clock.advance(1_000)
    await shop.say(agent, chat, text)
  }
  await shop.settle()
})
afterEach(() => shop.close())

const unread = async () => (await visit.sdk.getChatsSummary()).chatsSummary[0]?.unreadCount
const marksHeard = () => agent.pushes.filter(({ action }) => action === 'events_marked_as_seen')

describe('updateLastSeenTimestamp', () => {
  it('without a time means up to the last event', async () => {
    expect(await unread()).toBe(3)
    expect(await visit.sdk.updateLastSeenTimestamp(chat)).toEqual({ timestamp: SOME_DAY + 3_000 })
    expect(await unread()).toBe(0)
  })

  it('with a time means up to the last event until then', async () => {
    expect(await visit.sdk.updateLastSeenTimestamp(chat, SOME_DAY + 2_500)).toEqual({ timestamp: SOME_DAY + 2_000 })
    expect(await unread()).toBe(1)
  })

  it('[SEE1] never moves back', async () => {
    await visit.sdk.updateLastSeenTimestamp(chat)
    await shop.clock.advance(1_000)
    expect(await visit.sdk.updateLastSeenTimestamp(chat, SOME_DAY + 1_000)).toEqual({ timestamp: SOME_DAY + 3_000 })
    expect(await unread()).toBe(0)
  })

  it('[SEE4] goes out at most once a second for a chat, and the last always does', async () => {
    const before = marksHeard().length
    const times = [1_000, 1_500, 2_000, 3_000].map((ms) => visit.sdk.updateLastSeenTimestamp(chat, SOME_DAY + ms))
    await shop.settle()
    expect(marksHeard().length - before).toBe(1)
    await shop.clock.advance(999)
    expect(marksHeard().length - before).toBe(1)
    await shop.clock.advance(1)
    expect(marksHeard().length - before).toBe(2)
    const answers = (await Promise.all(times)).map(({ timestamp }) => timestamp - SOME_DAY)
    expect(answers).toEqual([1_000, 3_000, 3_000, 3_000])
    await shop.clock.advance(5_000)
    expect(marksHeard().length - before).toBe(2)
  })

  it('[SEE1] sends the furthest of what is wanted meanwhile, whichever came last', async () => {
    const calls = [SOME_DAY + 1_000, undefined, SOME_DAY + 2_000].map((time) => visit.sdk.updateLastSeenTimestamp(chat, time))
    await shop.clock.advance(1_000)
    expect((await Promise.all(calls)).map(({ timestamp }) => timestamp - SOME_DAY)).toEqual([1_000, 3_000, 3_000])
    expect(await unread()).toBe(0)
  })

  it('goes on after a call whose signal was aborted', async () => {
    const control = new AbortController()
    await visit.sdk.getChatsSummary({}, { signal: control.signal })
    await visit.sdk.updateLastSeenTimestamp(chat, SOME_DAY + 1_000, { signal: control.signal })
    control.abort()
    await shop.clock.advance(1_000)
    expect(await visit.sdk.updateLastSeenTimestamp(chat)).toEqual({ timestamp: SOME_DAY + 3_000 })
  })

  it('sends nothing for who has given up, and goes out for who has not', async () => {
    const control = new AbortController()
    await visit.sdk.updateLastSeenTimestamp(chat, SOME_DAY + 1_000)
    const calls = [
      codeOf(visit.sdk.updateLastSeenTimestamp(chat, undefined, { signal: control.signal })),
      visit.sdk.updateLastSeenTimestamp(chat, SOME_DAY + 2_000),
    ]
    await shop.settle()
    control.abort()
    await shop.clock.advance(1_000)
    expect(await Promise.all(calls)).toEqual([DOMException.ABORT_ERR, { timestamp: SOME_DAY + 2_000 }])
    expect(await unread()).toBe(1)
  })

  it('that is given up while offline never goes out', async () => {
    const control = new AbortController()
    visit.device.goOffline()
    const call = codeOf(visit.sdk.updateLastSeenTimestamp(chat, undefined, { signal: control.signal }))
    await shop.settle()
    control.abort()
    visit.device.goOnline()
    await shop.clock.advance(5_000)
    expect([await call, await unread()]).toEqual([DOMException.ABORT_ERR, 3])
  })

  it('rejects a time that is none, and a chat that there is not', async () => {
    for (const time of [-1, Number.NaN, Number.POSITIVE_INFINITY, 1e17]) {
      expect(await codeOf(visit.sdk.updateLastSeenTimestamp(chat, time))).toBe('INVALID_ARGS')
    }
    expect(await codeOf(visit.sdk.updateLastSeenTimestamp('no-such-chat'))).toBe('NOT_FOUND')
  })

  it('is told to everyone, of everyone', async () => {
    const other = await shop.visit(visit.device)
    await visit.sdk.updateLastSeenTimestamp(chat)
    await shop.settle()
    const mark = { chat, user: me, timestamp: SOME_DAY + 3_000 }
    expect(other.told.of('last_seen_timestamp_updated')).toEqual([mark])
    expect(visit.told.of('last_seen_timestamp_updated')).toEqual([mark])
  })
})
