/** Sending messages and other events, in the shapes of the public API. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SOME_DAY } from '../../testing/clock.ts'
import { codeOf, openShop, type Shop, type Visit } from '../../testing/shop.ts'

let shop: Shop
let visit: Visit
let chat: string
let thread: string
let me: string

beforeEach(async () => {
  shop = await openShop('events')
  visit = await shop.visit()
  const started = await visit.sdk.startChat()
  chat = started.id
  thread = started.threads[0] ?? ''
  me = (await visit.sdk.auth.getToken()).entityId
  await shop.settle()
})
afterEach(() => shop.close())

describe('sendMessage', () => {
  it('resolves with the stored event, without an id that the sender did not give', async () => {
    expect(await visit.sdk.sendMessage(chat, { text: 'Hello' })).toEqual({
      id: `${thread}_1`,
      type: 'message',
      text: 'Hello',
      author: me,
      timestamp: SOME_DAY,
      seq: 2,
      thread,
    })
  })

  it('keeps a customId and properties that were given', async () => {
    const properties = { shop: { product: 17 } }
    const event = await visit.sdk.sendMessage(chat, { text: 'Hello', customId: 'mine', properties })
    expect(event).toMatchObject({ customId: 'mine', properties })
    expect((await visit.sdk.getChatHistory(chat).next()).value).toEqual([event])
  })

  it('[IDM1, IDM2] the same customId again is the same event, and with other content a mismatch', async () => {
    const first = await visit.sdk.sendMessage(chat, { text: 'Hello', customId: 'mine' })
    expect(await visit.sdk.sendMessage(chat, { text: 'Hello', customId: 'mine' })).toEqual(first)
    expect(await codeOf(visit.sdk.sendMessage(chat, { text: 'Good bye', customId: 'mine' }))).toBe('IDEMPOTENCY_MISMATCH')
    expect((await visit.sdk.getChatHistory(chat).next()).value).toHaveLength(1)
  })

  it('[IDM2] the same customId with other content is a mismatch while the first is still on its way', async () => {
    const sent = ['Hello', 'Hello', 'Good bye'].map((text) => codeOf(visit.sdk.sendMessage(chat, { text, customId: 'mine' })))
    expect(await Promise.all(sent)).toEqual(['fulfilled', 'fulfilled', 'IDEMPOTENCY_MISMATCH'])
  })

  it('[LOG10] into a chat whose thread is closed opens another', async () => {
    await visit.sdk.closeThread(chat)
    const event = await visit.sdk.sendMessage(chat, { text: 'One more thing' })
    expect(event.thread).not.toBe(thread)
    expect(await visit.sdk.getChatsSummary()).toMatchObject({ chatsSummary: [{ active: true }] })
  })

  it.each([
    ['', 'Hello'],
    ['chat', ''],
    ['chat', ' \n '],
  ])('to %o with the text %o is rejected, and nobody asked', async (to, text) => {
    expect(await codeOf(visit.sdk.sendMessage(to && chat, { text }))).toBe('INVALID_ARGS')
    expect((await visit.sdk.getChatHistory(chat).next()).value).toEqual([])
  })

  it('[MEM1] to another’s chat, or none, is rejected', async () => {
    const other = await shop.visit()
    expect(await codeOf(other.sdk.sendMessage(chat, { text: 'Hello' }))).toBe('NOT_FOUND')
    expect(await codeOf(other.sdk.sendMessage('no-such-chat', { text: 'Hello' }))).toBe('NOT_FOUND')
  })
})

describe('sendEvent', () => {
  it('sends a message as sendMessage does', async () => {
    expect(await visit.sdk.sendEvent(chat, { type: 'message', text: 'Hello' })).toMatchObject({
      type: 'message',
      text: 'Hello',
      author: me,
    })
  })

  it('sends what is one’s own', async () => {
    const content = { product: 17, list: [1, { deep: [] }], nothing: null }
    expect(await visit.sdk.sendEvent(chat, { type: 'custom', content })).toMatchObject({ type: 'custom', content, thread })
  })

  it('says dates as JSON does', async () => {
    const event = await visit.sdk.sendEvent(chat, { type: 'custom', content: { due: new Date(SOME_DAY), all: [new Date(0)] } })
    expect(event['content']).toEqual({ due: new Date(SOME_DAY).toISOString(), all: ['1970-01-01T00:00:00.000Z'] })
  })

  it('rejects what JSON cannot say at once, and what is sent next arrives', async () => {
    const circle: Record<string, unknown> = {}
    circle.self = circle
    for (const content of [{ n: 1n }, circle, { at: new Date(Number.NaN) }]) {
      expect(await codeOf(visit.sdk.sendEvent(chat, { type: 'custom', content }))).toBe('INVALID_ARGS')
    }
    expect((await visit.sdk.sendMessage(chat, { text: 'Hello' })).text).toBe('Hello')
  })

  it('rejects a type that there is not', async () => {
    expect(await codeOf(visit.sdk.sendEvent(chat, { type: 'telepathy' }))).toBe('VALIDATION')
    expect(await codeOf(visit.sdk.sendEvent(chat, {} as never))).toBe('INVALID_ARGS')
  })

  it('[CON13] rejects with an Error that has a code', async () => {
    const failure = await visit.sdk.sendMessage('no-such-chat', { text: 'Hello' }).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(Error)
    expect(failure).toMatchObject({ code: 'NOT_FOUND', message: expect.stringMatching(/^unable to .+; .+/) })
  })
})
