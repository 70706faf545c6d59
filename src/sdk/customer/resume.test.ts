/** One chat read whole, and going on with it once its thread is closed. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { codeOf, openShop, type Shop, type Visit } from '../../testing/shop.ts'

let shop: Shop
let visit: Visit
let chat: string

beforeEach(async () => {
  shop = await openShop('resume')
  visit = await shop.visit()
  chat = (await visit.sdk.startChat({ events: [{ type: 'message', text: 'one' }], properties: { shop: { vip: true } } })).id
})
afterEach(() => shop.close())

describe('getChat', () => {
  it('tells the last thread with its events, or the one that is named', async () => {
    const { sdk } = visit
    const first = (await sdk.getChat(chat)).thread?.id
    await sdk.closeThread(chat)
    await sdk.sendMessage(chat, { text: 'two' })
    const { entityId: me } = await sdk.auth.getToken()
    const now = await sdk.getChat(chat)
    expect(now).toMatchObject({ id: chat, active: true, users: [{ id: me, type: 'customer' }], properties: { shop: { vip: true } } })
    expect(now.thread).toMatchObject({ chat, order: 2, active: true, events: [{ text: 'two' }] })
    expect((await sdk.getChat(chat, first)).thread).toMatchObject({ id: first, active: false, events: [{ text: 'one' }] })
    expect(await codeOf(sdk.getChat(chat, 'no-such-thread'))).toBe('NOT_FOUND')
    expect(await codeOf(sdk.getChat('no-such-chat'))).toBe('NOT_FOUND')
  })
})

describe('resumeChat', () => {
  it('opens a thread, with events and properties', async () => {
    const { sdk } = visit
    await sdk.closeThread(chat)
    const events = [{ type: 'message', text: 'again', customId: 'a' }]
    const heard: unknown[] = []
    sdk.on('new_event', ({ event }) => heard.push(event.text))
    const resumed = await sdk.resumeChat(chat, { events, properties: { shop: { basket: 3 } } })
    expect(resumed).toMatchObject({ id: chat, threads: [expect.any(String)], properties: { shop: { vip: true, basket: 3 } } })
    expect((await sdk.getChat(chat)).thread).toMatchObject({ id: resumed.threads[0], order: 2, events: [{ text: 'again', customId: 'a' }] })
    expect(heard).toEqual([])
  })

  it('rejects where a thread is active, and what cannot be sent', async () => {
    expect(await codeOf(visit.sdk.resumeChat(chat))).toBe('CONFLICT')
    const many = Array.from({ length: 21 }, () => ({ type: 'message', text: 'x' }))
    expect(await codeOf(visit.sdk.resumeChat(chat, { events: many }))).toBe('INVALID_ARGS')
    expect(await codeOf(visit.sdk.resumeChat(chat, { events: [{ type: 'message' }] }))).toBe('INVALID_ARGS')
  })
})
