/** What callers get wrong without types: `INVALID_ARGS`, before anything is sent. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openShop, type Shop, type Visit } from '../../testing/shop.ts'
import type { CustomerSDK } from './api.ts'
// Loaded before the clock stands still.
import './more.ts'

let shop: Shop
let visit: Visit
let chat: string

beforeEach(async () => {
  shop = await openShop('arguments')
  visit = await shop.visit()
  chat = (await visit.sdk.startChat()).id
})
afterEach(() => shop.close())

/** As code that is not typed sees it. */
type Untyped = Readonly<Record<keyof CustomerSDK, (...given: unknown[]) => Promise<unknown>>>

const WRONG: readonly [keyof CustomerSDK, ...unknown[]][] = [
  ['startChat', { events: [{ type: 'message', text: 'a', customId: '~mine' }] }],
  ['sendMessage', 'chat'],
  ['sendMessage', 'chat', { text: 'a', customId: '~mine' }],
  ['sendEvent', 'chat', null],
  ['sendEvent', 'chat', { type: 'custom', content: {}, customId: '~mine' }],
  ['startChat', { events: 'x' }],
  ['sendFile', undefined, { file: new File(['x'], 'x') }],
  ['sendFile', 5, { file: new File(['x'], 'x') }],
  ['sendFile', {}, { file: new File(['x'], 'x') }],
  ['closeThread', ''],
  ['getChat', null],
  ['getChat', 'chat', 5],
  ['getChatsSummary', 'x'],
  ['getChatThreads', 'chat', [5]],
  ['setCustomerSessionFields', undefined],
  ['setCustomerSessionFields', 'x'],
  ['setCustomerSessionFields', { a: 5 }],
  ['updateCustomer', 5],
  ['updateCustomer', { fields: 5 }],
  ['updateCustomer', { name: 5 }],
  ['updateChatThreadProperties', 'chat', null, {}],
  ['retry', 5],
  ['sendFile', 'chat'],
  ['sendFile', 'chat', null],
  ['sendFile', 'chat', { file: 'hello' }],
  ['sendFile', 'chat', { file: new File(['x'], 'x'), customId: '~mine' }],
  ['uploadFile'],
  ['uploadFile', { file: 'hello' }],
  ['sendRating', 'chat'],
  ['sendRating', 'chat', { value: 'good', comment: null }],
  ['updateCustomer'],
  ['updateCustomerPage'],
  ['updateChatProperties', 'chat'],
  ['getChatsSummary', null],
  ['getChatThreads', 'chat'],
  ['getChatThreadsSummary', 'chat', null],
  ['resumeChat', 'chat', null],
  ['resumeChat', 'chat', { events: null }],
]

describe('wrong arguments', () => {
  it.each(WRONG)('of %s(%j, %j)', async (name, first, ...rest) => {
    const before = shop.network.total()
    const given = first === 'chat' ? [chat, ...rest] : first === undefined ? [] : [first, ...rest]
    const failure = await (visit.sdk as unknown as Untyped)[name](...given).catch((error: unknown) => error)
    expect(shop.network.total()).toBe(before)
    expect(failure).toMatchObject({ code: 'INVALID_ARGS', reason: expect.stringMatching(/ is missing or wrong$/) })
  })
})

it('of a history and a listener', async () => {
  const { getChatHistory, on, once } = visit.sdk as unknown as Readonly<
    Record<string, (...given: unknown[]) => { next(): Promise<unknown> }>
  >
  expect(
    await getChatHistory?.()
      .next()
      .catch((error: unknown) => error),
  ).toMatchObject({ code: 'INVALID_ARGS' })
  for (const listen of [on, once]) expect(() => listen?.('new_event', undefined)).toThrow('listener is missing or wrong')
})

it('what the server refuses is told in the words of the member that was called', async () => {
  const failure = visit.sdk.closeThread('nope').catch((error: Error) => error.message)
  expect(await failure).toMatch(/^unable to closeThread; /)
})

it('who fails at the same time is told by their own name', async () => {
  const { sdk } = visit
  sdk.disconnect()
  const said = await Promise.all(
    [sdk.getChat(chat), sdk.getCustomer()].map((asked: Promise<unknown>) => asked.catch((error: Error) => error.message)),
  )
  expect(said).toEqual(['unable to getChat; no connection', 'unable to getCustomer; no connection'])
})

it('an error of the host’s own is passed on as it is', async () => {
  const bug = new TypeError('fetch failed')
  const { sdk } = await shop.visit(shop.device(), { autoConnect: false, getToken: () => Promise.reject(bug) })
  expect(await sdk.auth.getToken().catch((error: unknown) => error)).toBe(bug)
})
