/** A chat's history, page by page, over a network that may fail. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { codeOf, openShop, type Shop, type Visit } from '../../testing/shop.ts'

const PAGE = 50

let shop: Shop
let visit: Visit
let chat: string

beforeEach(async () => {
  shop = await openShop('history')
  visit = await shop.visit()
  chat = (await visit.sdk.startChat()).id
})
afterEach(() => shop.close())

async function talk(count: number): Promise<void> {
  for (let n = 1; n <= count; n++) {
    // So that pages run across threads.
    if (n % 40 === 0) await visit.sdk.closeThread(chat)
    await visit.sdk.sendMessage(chat, { text: `said ${n}` })
  }
  await shop.settle()
}

const said = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, at) => `said ${first + at}`)
const textsOf = (events: { text?: string }[]) => events.map(({ text }) => text)

describe('getChatHistory', () => {
  it('gives the newest page first, each with its oldest event first; the last with done', async () => {
    await talk(120)
    const history = visit.sdk.getChatHistory(chat)
    const pages = [await history.next(), await history.next(), await history.next()]
    expect(pages.map(({ value }) => textsOf(value))).toEqual([said(71, 120), said(21, 70), said(1, 20)])
    expect(pages.map(({ done }) => done)).toEqual([false, false, true])
    expect(await history.next()).toEqual({ done: true, value: [] })
  })

  it('of a chat without events is one empty page, and none when iterated', async () => {
    const history = visit.sdk.getChatHistory(chat)
    expect(await history.next()).toEqual({ done: true, value: [] })
    for await (const events of history) expect.unreachable(`${events.length} events`)
  })

  it('tells of the threads that a page touches', async () => {
    await talk(60)
    const before = visit.told.of('thread_summary').length
    const history = visit.sdk.getChatHistory(chat)
    await history.next()
    const newest = visit.told.of('thread_summary').slice(before)
    expect(newest.map(({ order, totalEvents }) => [order, totalEvents])).toEqual([
      [1, 39],
      [2, 21],
    ])
    expect(newest.every((summary) => summary.chat === chat)).toBe(true)
    await history.next()
    expect(visit.told.of('thread_summary').slice(before + 2)).toMatchObject([{ order: 1 }])
  })

  it('loses and repeats nothing while others go on talking', async () => {
    await talk(60)
    const history = visit.sdk.getChatHistory(chat)
    const newest = await history.next()
    await visit.sdk.sendMessage(chat, { text: 'meanwhile' })
    const oldest = await history.next()
    expect([...textsOf(oldest.value), ...textsOf(newest.value)]).toEqual(said(1, 60))
  })

  it('may be iterated, again and again', async () => {
    await talk(60)
    const history = visit.sdk.getChatHistory(chat)
    await history.next()
    for (let rounds = 0; rounds < 2; rounds++) {
      const pages: (string | undefined)[][] = []
      for await (const events of history) pages.push(textsOf(events))
      expect(pages).toEqual([said(11, 60), said(1, 10)])
    }
  })

  it('gives the same page after the link was lost', async () => {
    await talk(60)
    const history = visit.sdk.getChatHistory(chat)
    await history.next()
    const line = visit.tab.lines.at(-1)
    line?.down.hold()
    const lost = codeOf(history.next())
    const next = history.next()
    await shop.settle()
    line?.cut()
    await shop.clock.advance(5_000)
    expect(await lost).toBe('CONNECTION_LOST')
    const { done, value } = await next
    expect([done, textsOf(value)]).toEqual([true, said(1, 60 - PAGE)])
  })

  it('rejects for a chat that there is not, each time', async () => {
    const history = visit.sdk.getChatHistory('no-such-chat')
    expect([await codeOf(history.next()), await codeOf(history.next())]).toEqual(['NOT_FOUND', 'NOT_FOUND'])
  })

  it('[IDM7] of a chat that starts offline waits for the start', async () => {
    visit.device.goOffline()
    const { provisionalId } = visit.sdk.startChat({ events: [{ type: 'message', text: 'one' }] })
    const page = visit.sdk.getChatHistory(provisionalId).next()
    visit.device.goOnline()
    await shop.clock.advance(1_000)
    expect(textsOf((await page).value)).toEqual(['one'])
  })
})
