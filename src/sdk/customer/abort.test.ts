/** Calls that end with a signal: by its own reason, at once, and without being tried again. */
import { getEventListeners } from 'node:events'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { codeOf, openShop, type Shop, type Visit } from '../../testing/shop.ts'

let shop: Shop
let visit: Visit
let chat: string

beforeEach(async () => {
  shop = await openShop('abort')
  visit = await shop.visit()
  chat = (await visit.sdk.startChat()).id
})
afterEach(() => shop.close())

const why = (promise: Promise<unknown>) =>
  promise.then(
    () => 'fulfilled',
    (reason: unknown) => reason,
  )
const texts = async () => (await visit.sdk.getChatHistory(chat).next()).value.map(({ text }) => text)

describe('a signal', () => {
  it('that was aborted before lets nothing begin', async () => {
    const { sdk } = visit
    const signal = AbortSignal.abort()
    const calls = [
      sdk.sendMessage(chat, { text: 'never' }, { signal }),
      sdk.sendEvent(chat, { type: 'message', text: 'never' }, { signal }),
      sdk.startChat({ events: [] }, { signal }),
      sdk.closeThread(chat, { signal }),
      sdk.updateCustomer({ name: 'never' }, { signal }),
      sdk.getChatsSummary(undefined, { signal }),
      sdk.getCustomer({ signal }),
    ]
    for (const call of calls) expect(await why(call)).toBe(signal.reason)
    await shop.clock.advance(60_000)
    expect(await texts()).toEqual([])
    const { chatsSummary } = await sdk.getChatsSummary()
    expect(chatsSummary).toMatchObject([{ id: chat, active: true }])
    expect(await sdk.getCustomer()).not.toHaveProperty('name')
  })

  it('takes back what has not gone out', async () => {
    const { sdk, device } = visit
    device.goOffline()
    await shop.settle()
    const control = new AbortController()
    const { signal } = control
    const calls = [
      sdk.sendMessage(chat, { text: 'taken back' }, { signal }),
      sdk.startChat({}, { signal }),
      sdk.closeThread(chat, { signal }),
      sdk.getChatHistory(chat, { signal }).next(),
    ].map(why)
    const kept = sdk.sendMessage(chat, { text: 'kept' })
    await shop.settle()
    control.abort(new Error('enough'))
    for (const call of calls) expect(await call).toBe(signal.reason)
    device.goOnline()
    await shop.clock.advance(60_000)
    await kept
    expect(await texts()).toEqual(['kept'])
    expect(await sdk.getChatsSummary()).toMatchObject({ totalChats: 1, chatsSummary: [{ active: true }] })
  })

  it('ends the wait for an answer, by whatever reason it has', async () => {
    const { sdk, tab } = visit
    await sdk.getCustomer()
    tab.lines.at(-1)?.down.hold()
    const control = new AbortController()
    const calls = [sdk.getCustomer({ signal: control.signal }), sdk.getChatThreadsSummary(chat, {}, { signal: control.signal })].map(why)
    await shop.settle()
    control.abort('no longer needed')
    expect(await Promise.all(calls)).toEqual(['no longer needed', 'no longer needed'])
    tab.lines.at(-1)?.down.release()
    await shop.settle()
    expect(await sdk.getCustomer()).toMatchObject({ type: 'customer' })
  })

  it('that is never aborted changes nothing', async () => {
    const { signal } = new AbortController()
    expect(await visit.sdk.sendMessage(chat, { text: 'sent' }, { signal })).toMatchObject({ text: 'sent' })
    expect(await visit.sdk.sendMessage(chat, { text: 'named', customId: 'n' }, { signal })).toMatchObject({ customId: 'n' })
    expect(await visit.sdk.closeThread(chat, { signal })).toEqual({ success: true })
  })

  it('that lives long is not listened to by what is over', async () => {
    const { signal } = new AbortController()
    await visit.sdk.startChat({}, { signal })
    await visit.sdk.sendMessage(chat, { text: 'sent' }, { signal })
    await visit.sdk.getChatsSummary({}, { signal })
    await visit.sdk.getChatHistory(chat, { signal }).next()
    expect(await codeOf(visit.sdk.getChat('no-such-chat', undefined, { signal }))).toBe('NOT_FOUND')
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })

  it('is none where data has a field of that name', async () => {
    const { sdk } = visit
    expect(await sdk.updateChatProperties(chat, { signal: { bars: 4 } })).toEqual({ success: true })
    expect(await sdk.deleteChatProperties(chat, { signal: ['bars'] })).toEqual({ success: true })
    expect(await sdk.setCustomerSessionFields({ signal: 'strong' })).toEqual({ success: true })
    expect(await sdk.getCustomer()).toMatchObject({ fields: { signal: 'strong' } })
  })

  it('cancels a file by its own reason, before, meanwhile and not after', async () => {
    const { sdk } = visit
    const file = new File(['x'], 'a.txt')
    const before = AbortSignal.abort('before')
    expect(await why(sdk.sendFile(chat, { file }, { signal: before }))).toBe('before')
    expect(await why(sdk.uploadFile({ file }, { signal: before }))).toBe('before')
    const control = new AbortController()
    const { signal } = control
    const sent = await sdk.sendFile(chat, { file, customId: 'sent' }, { signal })
    const calls = [
      sdk.sendFile(chat, { file }, { signal, onProgress: () => control.abort('meanwhile') }),
      sdk.uploadFile({ file }, { signal }),
    ].map(why)
    expect(await Promise.all(calls)).toEqual(['meanwhile', 'meanwhile'])
    await shop.clock.advance(60_000)
    expect((await sdk.getChatHistory(chat).next()).value).toEqual([sent])
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })

  it('ends the wait for a token, and changes nobody who had given up before', async () => {
    const { sdk, told } = visit
    const { entityId } = await sdk.auth.getToken()
    const signal = AbortSignal.abort('enough')
    const calls = [
      sdk.auth.getToken({ signal }),
      sdk.auth.getFreshToken({ signal }),
      sdk.auth.invalidate({ signal }),
      sdk.identify(shop.vouch('user-1'), { signal }),
      sdk.logout({ signal }),
    ]
    for (const call of calls) expect(await why(call)).toBe('enough')
    const control = new AbortController()
    const out = why(sdk.logout({ signal: control.signal }))
    control.abort('enough')
    expect(await out).toBe('enough')
    await shop.clock.advance(10_000)
    expect([(await sdk.auth.getToken()).entityId, told.of('disconnected')]).toEqual([entityId, []])
  })
})
