/** Closing threads, and reading them. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { codeOf, openShop, type Shop, type Visit } from '../../testing/shop.ts'

let shop: Shop
let visit: Visit
let chat: string

beforeEach(async () => {
  shop = await openShop('threads')
  visit = await shop.visit()
  chat = (await visit.sdk.startChat()).id
})
afterEach(() => shop.close())

/** As many threads as texts, each with its message; all but the last are closed. */
async function talk(...texts: string[]): Promise<string[]> {
  const threads: string[] = []
  for (const [at, text] of texts.entries()) {
    if (at > 0) await visit.sdk.closeThread(chat)
    threads.push((await visit.sdk.sendMessage(chat, { text })).thread)
  }
  return threads
}

describe('closeThread', () => {
  it('closes the active thread, which is told', async () => {
    expect(await visit.sdk.closeThread(chat)).toEqual({ success: true })
    await shop.settle()
    expect(visit.told.of('thread_closed')).toEqual([{ chat }])
    expect(await visit.sdk.getChatsSummary()).toMatchObject({ chatsSummary: [{ active: false }] })
  })

  it('comes after what was sent before it', async () => {
    visit.sdk.sendMessage(chat, { text: 'one' })
    const two = visit.sdk.sendMessage(chat, { text: 'two' })
    await visit.sdk.closeThread(chat)
    const { threadsSummary } = await visit.sdk.getChatThreadsSummary(chat)
    expect(threadsSummary).toMatchObject([{ id: (await two).thread, totalEvents: 2 }])
  })

  it('rejects where no thread is active, and where there is no chat', async () => {
    await visit.sdk.closeThread(chat)
    expect(await codeOf(visit.sdk.closeThread(chat))).toBe('CHAT_INACTIVE')
    expect(await codeOf(visit.sdk.closeThread('no-such-chat'))).toBe('NOT_FOUND')
  })
})

describe('getChatThreads', () => {
  it('tells threads with all of their events', async () => {
    const [first = '', second = ''] = await talk('in the first', 'in the second')
    const threads = await visit.sdk.getChatThreads(chat, [first, second])
    const { entityId: me } = await visit.sdk.auth.getToken()
    const event = (thread: string, text: string) => expect.objectContaining({ id: `${thread}_1`, thread, text, author: me })
    const byOrder = threads.sort((a, b) => a.order - b.order)
    expect(byOrder).toEqual([
      { id: first, chat, active: false, order: 1, users: [me], properties: {}, events: [event(first, 'in the first')] },
      { id: second, chat, active: true, order: 2, users: [me], properties: {}, events: [event(second, 'in the second')] },
    ])
  })

  it('tells more events than a page has', async () => {
    const texts = Array.from({ length: 130 }, (_, n) => `said ${n}`)
    for (const text of texts) await visit.sdk.sendMessage(chat, { text })
    const [summary] = (await visit.sdk.getChatThreadsSummary(chat)).threadsSummary
    const [thread] = await visit.sdk.getChatThreads(chat, [summary?.id ?? ''])
    expect(thread?.events.map(({ text }) => text)).toEqual(texts)
  })

  it('tells nothing of threads that there are not, and rejects more than 100', async () => {
    expect(await visit.sdk.getChatThreads(chat, ['no-such-thread'])).toEqual([])
    const many = Array.from({ length: 101 }, (_, n) => `${n}`)
    expect(await codeOf(visit.sdk.getChatThreads(chat, many))).toBe('INVALID_ARGS')
  })
})

describe('getChatThreadsSummary', () => {
  it('tells threads without events, the newest first', async () => {
    const [first, second, third] = await talk('one', 'two', 'three')
    await visit.sdk.sendMessage(chat, { text: 'four' })
    expect(await visit.sdk.getChatThreadsSummary(chat)).toEqual({
      threadsSummary: [
        { id: third, chat, order: 3, totalEvents: 2 },
        { id: second, chat, order: 2, totalEvents: 1 },
        { id: first, chat, order: 1, totalEvents: 1 },
      ],
      totalThreads: 3,
    })
  })

  it('begins at offset and ends after limit, of which 25 is the usual', async () => {
    const threads = (await talk(...Array.from({ length: 27 }, (_, n) => `${n}`))).reverse()
    const ids = async (page?: { offset?: number; limit?: number }) =>
      (await visit.sdk.getChatThreadsSummary(chat, page)).threadsSummary.map(({ id }) => id)
    expect(await ids()).toEqual(threads.slice(0, 25))
    expect(await ids({ offset: 25 })).toEqual(threads.slice(25))
    expect(await ids({ offset: 2, limit: 3 })).toEqual(threads.slice(2, 5))
    expect(await ids({ limit: 1000 })).toEqual(threads)
  })

  it.each([{ limit: 1001 }, { limit: 0 }, { offset: -1 }])('rejects %o, and asks nobody', async (page) => {
    shop.network.opened.at(-1)?.up.hold()
    expect(await codeOf(visit.sdk.getChatThreadsSummary(chat, page))).toBe('INVALID_ARGS')
    expect(shop.network.opened.at(-1)?.up.length).toBe(0)
  })

  it('rejects for a chat that there is not', async () => {
    expect(await codeOf(visit.sdk.getChatThreadsSummary('no-such-chat'))).toBe('NOT_FOUND')
    expect(await codeOf(visit.sdk.getChatThreads('no-such-chat', ['any']))).toBe('NOT_FOUND')
  })
})
