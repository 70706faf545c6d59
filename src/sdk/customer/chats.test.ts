/** Starting chats and listing them, in the shapes of the public API. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SOME_DAY } from '../../testing/clock.ts'
import { codeOf, openShop, type Shop, type Visit } from '../../testing/shop.ts'

let shop: Shop
let visit: Visit

beforeEach(async () => {
  shop = await openShop('chats')
  visit = await shop.visit()
})
afterEach(() => shop.close())

const message = (text: string) => ({ type: 'message', text })
/** What the visitor's sockets have asked, by action. */
const answered = () =>
  shop.network.opened
    .flatMap(({ received }) => received.map((frame) => JSON.parse(frame) as { action: string }))
    .map(({ action }) => action)

describe('startChat', () => {
  it('needs nothing, and resolves with the chat', async () => {
    const { entityId } = await visit.sdk.auth.getToken()
    const started = visit.sdk.startChat()
    expect(started.provisionalId).toMatch(/^local_[0-9a-f]{32}$/)
    expect(await started).toEqual({ id: expect.any(String), users: [entityId], threads: [expect.any(String)], properties: {} })
    expect(visit.told.of('new_event')).toEqual([])
  })

  it('takes first events and properties', async () => {
    const properties = { shop: { basket: 3, vip: true, coupon: 'SPRING' } }
    const { id, properties: kept } = await visit.sdk.startChat({ events: [message('one'), message('two')], properties })
    expect(kept).toEqual(properties)
    // What some libraries hand over, and no storage takes.
    expect((await visit.sdk.startChat({ properties: new Proxy(properties, {}) })).properties).toEqual(properties)
    const { value } = await visit.sdk.getChatHistory(id).next()
    expect(value.map(({ text }) => text)).toEqual(['one', 'two'])
  })

  it('makes a chat of its own each time', async () => {
    const [one, two] = await Promise.all([visit.sdk.startChat(), visit.sdk.startChat()])
    expect(one?.id).not.toBe(two?.id)
  })

  it.each([
    ['more than 20 events', { events: Array.from({ length: 21 }, () => message('many')) }],
    ['an event without a type', { events: [{ text: 'no type' } as never] }],
    ['an empty message', { events: [message('  ')] }],
    ['properties that JSON cannot say', { properties: { shop: { at: new Date(Number.NaN) } } as never }],
  ])('rejects %s, and asks nobody', async (_, specification) => {
    expect(await codeOf(visit.sdk.startChat(specification))).toBe('INVALID_ARGS')
    await shop.settle()
    expect(answered()).not.toContain('start_chat')
  })

  it('rejects for good what the server refuses', async () => {
    const properties = { shop: { too: { deep: true } } } as never
    expect(await codeOf(visit.sdk.startChat({ properties }))).toBe('VALIDATION')
  })
})

describe('getChatsSummary', () => {
  it('tells chats in full, the most recently active first', async () => {
    const { entityId: me } = await visit.sdk.auth.getToken()
    const older = await visit.sdk.startChat({ events: [message('older')] })
    await shop.clock.advance(1_000)
    const newer = await visit.sdk.startChat({ events: [{ ...message('newer'), customId: 'mine' }] })
    const agent = await shop.agent()
    await shop.clock.advance(1_000)
    await shop.say(agent, older.id, 'answer')
    const { chatsSummary, totalChats } = await visit.sdk.getChatsSummary()
    expect(totalChats).toBe(2)
    expect(chatsSummary.map(({ id }) => id)).toEqual([older.id, newer.id])
    const robin = shop.founded.agents[0]?.id ?? ''
    const answer = {
      id: expect.stringMatching(`^${older.threads[0]}_\\d+$`),
      type: 'message',
      text: 'answer',
      author: robin,
      timestamp: SOME_DAY + 2_000,
      seq: 4,
      thread: older.threads[0],
    }
    expect(chatsSummary[0]).toEqual({
      id: older.id,
      users: [me, robin],
      active: true,
      order: SOME_DAY + 2_000,
      properties: {},
      lastEvent: answer,
      lastEventsPerType: { message: answer },
      lastSeenTimestamps: { [me]: SOME_DAY, [robin]: SOME_DAY + 2_000 },
      unreadCount: 1,
    })
    expect(chatsSummary[1]?.lastEvent).toMatchObject({ text: 'newer', customId: 'mine', author: me })
    expect(chatsSummary[1]?.unreadCount).toBe(0)
  })

  it('begins at offset and ends after limit, of which 10 is the usual and 25 the largest', async () => {
    for (let n = 0; n < 12; n++) await visit.sdk.startChat()
    const page = async (options?: { offset?: number; limit?: number }) => {
      const { chatsSummary, totalChats } = await visit.sdk.getChatsSummary(options)
      expect(totalChats).toBe(12)
      return chatsSummary.map(({ id }) => id)
    }
    const all = await page({ limit: 25 })
    expect(new Set(all).size).toBe(12)
    expect(await page()).toEqual(all.slice(0, 10))
    expect(await page({ offset: 10 })).toEqual(all.slice(10))
    expect(await page({ offset: 3, limit: 2 })).toEqual(all.slice(3, 5))
  })

  it.each([{ limit: 26 }, { limit: 0 }, { limit: 1.5 }, { offset: -1 }, { offset: 0.5 }, { limit: Number.NaN }])(
    'rejects %o with a reason, and asks nobody',
    async (page) => {
      const before = answered().length
      const failure = await visit.sdk.getChatsSummary(page).catch((error: unknown) => error)
      expect(failure).toBeInstanceOf(Error)
      expect(failure).toMatchObject({ code: 'INVALID_ARGS', reason: expect.any(String) })
      await shop.settle()
      expect(answered()).toHaveLength(before)
    },
  )

  it('shows nobody else’s chats', async () => {
    await visit.sdk.startChat()
    expect(await (await shop.visit()).sdk.getChatsSummary()).toEqual({ chatsSummary: [], totalChats: 0 })
  })
})
