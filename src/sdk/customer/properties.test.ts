/** Properties and ratings through the SDK: what resolves, what is refused unasked, and what is told to whom. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { codeOf, openShop, type Shop, type Visit } from '../../testing/shop.ts'

let shop: Shop
let visit: Visit
let chat: string
let thread: string

beforeEach(async () => {
  shop = await openShop('properties')
  visit = await shop.visit()
  const started = await visit.sdk.startChat({ properties: { shop: { vip: true } } })
  chat = started.id
  thread = started.threads[0] ?? ''
})
afterEach(() => shop.close())

const asked = () => shop.network.opened.flatMap(({ received }) => received.map((frame) => (JSON.parse(frame) as { action: string }).action))

describe('properties', () => {
  it('of a chat are set and deleted, and told with what was set', async () => {
    const other = await shop.visit(visit.device)
    const { sdk } = visit
    expect(await sdk.updateChatProperties(chat, { shop: { basket: 3 }, crm: { id: 'x' } })).toEqual({ success: true })
    expect(await sdk.deleteChatProperties(chat, { shop: ['vip'] })).toEqual({ success: true })
    await shop.settle()
    for (const { told } of [visit, other]) {
      expect(told.of('chat_properties_updated')).toEqual([{ chat, properties: { shop: { basket: 3 }, crm: { id: 'x' } } }])
      expect(told.of('chat_properties_deleted')).toEqual([{ chat, properties: { shop: ['vip'] } }])
      expect(Object.keys(told.of('chat_properties_updated')[0] ?? {})).toEqual(['chat', 'properties'])
    }
    expect(await sdk.getChat(chat)).toMatchObject({ properties: { shop: { basket: 3 }, crm: { id: 'x' } } })
  })

  it('of a thread are set and deleted, and told under the names of the seed', async () => {
    const { sdk, told } = visit
    expect(await sdk.updateChatThreadProperties(chat, thread, { shop: { order: 17 } })).toEqual({ success: true })
    expect((await sdk.getChatThreads(chat, [thread]))[0]?.properties).toEqual({ shop: { order: 17 } })
    expect(await sdk.deleteChatThreadProperties(chat, thread, { shop: ['order'] })).toEqual({ success: true })
    await shop.settle()
    expect(told.of('chat_thread_properties_updated')).toEqual([{ chat, thread, properties: { shop: { order: 17 } } }])
    expect(told.of('chat_thread_properties_deleted')).toEqual([{ chat, thread, properties: { shop: ['order'] } }])
  })

  it('of one’s own event are set and deleted', async () => {
    const { sdk, told } = visit
    const { id: event } = await sdk.sendMessage(chat, { text: 'mine' })
    await sdk.updateEventProperties(chat, thread, event, { shop: { read: true } })
    expect((await sdk.getChatHistory(chat).next()).value).toMatchObject([{ id: event, properties: { shop: { read: true } } }])
    await sdk.deleteEventProperties(chat, thread, event, { shop: ['read'] })
    await shop.settle()
    expect(told.of('event_properties_updated')).toEqual([{ chat, thread, event, properties: { shop: { read: true } } }])
    expect(told.of('event_properties_deleted')).toEqual([{ chat, thread, event, properties: { shop: ['read'] } }])
  })

  it('of another’s event are refused', async () => {
    await shop.say(await shop.agent(), chat, 'hi')
    const [event] = (await visit.sdk.getChatHistory(chat).next()).value
    expect(await codeOf(visit.sdk.updateEventProperties(chat, thread, event?.id ?? '', { a: { b: 1 } }))).toBe('AUTHORIZATION')
  })

  it('that are none are refused, and nobody is asked', async () => {
    const { sdk } = visit
    const before = asked().length
    const calls = [
      ...[null, [], 'a', { shop: 3 }, { shop: null }].map((wrong) => sdk.updateChatProperties(chat, wrong as never)),
      ...[null, [], { shop: { a: 1 } }].map((wrong) => sdk.deleteChatThreadProperties(chat, thread, wrong as never)),
    ]
    expect(await Promise.all(calls.map(codeOf))).toEqual(calls.map(() => 'INVALID_ARGS'))
    expect(asked()).toHaveLength(before)
  })
})

describe('ratings', () => {
  const good = { value: 'good', comment: 'Agent helped me a lot!' } as const

  it('are sent, changed and withdrawn, and agents see it', async () => {
    const { sdk, told } = visit
    const agent = await shop.agent()
    const ratingOf = async () => ((await agent.ask('list_threads', { chat_id: chat })).threads as { rating?: object }[])[0]?.rating
    expect(await sdk.sendRating(chat, good)).toEqual(good)
    expect(await ratingOf()).toEqual(good)
    expect((await sdk.getChat(chat)).thread).toMatchObject({ rating: good })
    expect(await sdk.sendRating(chat, { value: 'bad' })).toEqual({ value: 'bad' })
    expect(await ratingOf()).toEqual({ value: 'bad' })
    expect(await sdk.cancelRate(chat)).toEqual({ success: true })
    expect(await ratingOf()).toBeUndefined()
    await shop.settle()
    expect(told.of('chat_rated')).toEqual(
      [good, { value: 'bad' }, null].map((rating) => ({ chat, thread, user_id: expect.any(String), rating })),
    )
  })

  it.each([{ value: 'great' }, { value: 1 }, {}, { value: 'good', comment: 'x'.repeat(4001) }])(
    'reject %o, and ask nobody',
    async (rating) => {
      expect(await codeOf(visit.sdk.sendRating(chat, rating as never))).toBe('INVALID_ARGS')
      expect(asked()).not.toContain('rate_chat')
    },
  )

  it('reject for a chat that there is not', async () => {
    expect(await codeOf(visit.sdk.sendRating('no-such-chat', good))).toBe('NOT_FOUND')
  })
})
