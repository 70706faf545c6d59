/** Calls that come after what was sent before: where that cannot arrive they say so in time, and wait for nothing. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { codeOf, openShop, type Shop, type Visit } from '../../testing/shop.ts'
import type { CustomerSDK } from './api.ts'
// Loaded before the clock stands still.
import './more.ts'

let shop: Shop
let visit: Visit
let chat: string

beforeEach(async () => {
  shop = await openShop('waiting')
  visit = await shop.visit()
  chat = (await visit.sdk.startChat({ events: [{ type: 'message', text: 'one' }] })).id
})
afterEach(() => shop.close())

const calls: Readonly<Record<string, (sdk: CustomerSDK, chat: string) => Promise<unknown>>> = {
  closeThread: (sdk, id) => sdk.closeThread(id),
  sendRating: (sdk, id) => sdk.sendRating(id, { value: 'good' }),
  cancelRate: (sdk, id) => sdk.cancelRate(id),
  resumeChat: (sdk, id) => sdk.resumeChat(id),
}

describe.each(Object.keys(calls))('%s behind a message that waits', (name) => {
  const call = () => calls[name]?.(visit.sdk, chat) ?? Promise.reject(new Error(name))
  const sendText = () => visit.sdk.sendMessage(chat, { text: 'two' }).catch(() => {})

  it('is rejected after `disconnect`, at once', async () => {
    visit.sdk.disconnect()
    sendText()
    await shop.settle()
    expect(await codeOf(call())).toBe('NO_CONNECTION')
  })

  it('is rejected by a `disconnect` that comes while it waits', async () => {
    visit.device.goOffline()
    sendText()
    const code = codeOf(call())
    await shop.clock.advance(1_000)
    visit.sdk.disconnect()
    expect(await code).toBe('NO_CONNECTION')
  })

  it('is rejected while offline after 15 s, and was not sent', async () => {
    visit.device.goOffline()
    sendText()
    const failure = call().catch((error: unknown) => error)
    await shop.clock.advance(15_000)
    expect(await failure).toMatchObject({ code: 'REQUEST_TIMEOUT', outcomeKnown: true })
    visit.device.goOnline()
    await shop.clock.advance(60_000)
    const { chatsSummary } = await visit.sdk.getChatsSummary()
    expect(chatsSummary).toMatchObject([{ active: true, lastEvent: { text: 'two' } }])
  })
})

it('what names a chat that is still being started is rejected where nothing will be', async () => {
  const { sdk } = await shop.visit(visit.device, { autoConnect: false })
  const started = sdk.startChat()
  started.catch(() => {})
  const { provisionalId } = started
  expect(await codeOf(sdk.getChat(provisionalId))).toBe('NO_CONNECTION')
  expect(await codeOf(sdk.updateChatProperties(provisionalId, {}))).toBe('NO_CONNECTION')
})

it('a file waits for as long as it takes', async () => {
  visit.device.goOffline()
  const { provisionalId } = visit.sdk.startChat()
  const sent = visit.sdk.sendFile(provisionalId, { file: new File(['x'], 'a.txt') })
  await shop.clock.advance(120_000)
  visit.device.goOnline()
  await shop.clock.advance(60_000)
  expect(await sent).toMatchObject({ name: 'a.txt' })
})
