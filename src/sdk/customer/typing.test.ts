/** What the customer is typing: seldom sent, never behind what was sent, and only where somebody may look. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Peer } from '../../testing/gateway.ts'
import { openShop, type Shop, type Visit } from '../../testing/shop.ts'

let shop: Shop
let visit: Visit
let agent: Peer
let chat: string
let since: number

beforeEach(async () => {
  shop = await openShop('typing')
  visit = await shop.visit()
  chat = (await visit.sdk.startChat()).id
  agent = await shop.agent()
  await shop.settle()
  since = shop.clock.now()
})
afterEach(() => shop.close())

/** What agents saw, and after how long. */
const seen = () =>
  agent.pushes
    .filter(({ action }) => action === 'incoming_sneak_peek')
    .map(({ payload }) => {
      const { text, timestamp } = payload['sneak_peek'] as { text: string; timestamp: number }
      return [text, timestamp - since]
    })

/** How often the visitor's sockets were answered. */
const asked = () =>
  shop.network.opened
    .flatMap(({ received }) => received.map((frame) => JSON.parse(frame) as { action: string }))
    .filter(({ action }) => action === 'send_sneak_peek').length

const type = (text: string) => visit.sdk.setSneakPeek(chat, text)

describe('setSneakPeek', () => {
  it('[TYP2] goes out at most once in 2 s, and the last text always does', async () => {
    const text = 'what is the price'
    for (let length = 1; length <= text.length; length++) {
      type(text.slice(0, length))
      await shop.clock.advance(250)
    }
    await shop.clock.advance(10_000)
    expect(seen()).toEqual([
      ['w', 0],
      ['what is ', 2_000],
      ['what is the pric', 4_000],
      ['what is the price', 6_000],
    ])
  })

  it('[TYP2] goes out for each chat at its own pace', async () => {
    const other = (await visit.sdk.startChat()).id
    visit.sdk.setSneakPeek(chat, 'a')
    visit.sdk.setSneakPeek(other, 'b')
    await shop.settle()
    expect(seen().map(([text]) => text)).toEqual(['a', 'b'])
  })

  it('[TYP2] ends with an empty text', async () => {
    type('what')
    type('')
    await shop.clock.advance(2_000)
    expect(seen()).toEqual([
      ['what', 0],
      ['', 2_000],
    ])
  })

  it('[TYP2] goes out while the chat is active only', async () => {
    await visit.sdk.closeThread(chat)
    await shop.settle()
    type('nobody looks')
    await shop.clock.advance(5_000)
    expect(asked()).toBe(0)
    await visit.sdk.sendMessage(chat, { text: 'One more thing' })
    type('somebody looks')
    await shop.clock.advance(5_000)
    expect(seen().map(([text]) => text)).toEqual(['somebody looks'])
  })

  it('[TYP2] does not come behind what it became', async () => {
    type('wh')
    await shop.settle()
    type('what')
    await visit.sdk.sendMessage(chat, { text: 'what is it' })
    await shop.clock.advance(10_000)
    expect(seen()).toEqual([['wh', 0]])
    type('never mind')
    await visit.sdk.sendMessage(chat, { text: 'never mind' })
    await shop.clock.advance(10_000)
    expect(seen()).toEqual([['wh', 0]])
  })

  it('is cut to 2000 characters', async () => {
    type('x'.repeat(2_500))
    await shop.settle()
    expect(seen()).toEqual([['x'.repeat(2_000), 0]])
  })

  it('is neither kept nor asked for while offline, and rejects nothing', async () => {
    visit.device.goOffline()
    type('into the void')
    await shop.clock.advance(10_000)
    visit.device.goOnline()
    await shop.clock.advance(10_000)
    expect(seen()).toEqual([])
    visit.sdk.setSneakPeek('no-such-chat', 'nobody')
    await shop.clock.advance(5_000)
    expect([seen(), asked()]).toEqual([[], 0])
  })
})

describe('typing of others', () => {
  const indicate = (is_typing: boolean) => agent.ask('send_typing_indicator', { chat_id: chat, is_typing })
  const user = () => shop.founded.agents[0]?.id ?? ''

  it('[TYP3] is told, and that it stopped', async () => {
    await indicate(true)
    await indicate(false)
    await shop.settle()
    expect(visit.told.of('user_is_typing')).toEqual([{ chat, user: user() }])
    expect(visit.told.of('user_stopped_typing')).toEqual([{ chat, user: user() }])
  })

  it('[TYP3] ends by itself after 8 s, counted from the last sign', async () => {
    await indicate(true)
    await shop.clock.advance(5_000)
    await indicate(true)
    await shop.clock.advance(7_999)
    expect(visit.told.of('user_stopped_typing')).toEqual([])
    await shop.clock.advance(1)
    expect(visit.told.of('user_stopped_typing')).toHaveLength(1)
  })

  it('[TYP3] ends with what was typed', async () => {
    await indicate(true)
    await shop.say(agent, chat, 'typed')
    await shop.settle()
    const names = visit.told.all.map(([name]) => name)
    expect(names.slice(names.indexOf('user_is_typing')).filter((name) => /typing|new_event/.test(name))).toEqual([
      'user_is_typing',
      'user_stopped_typing',
      'new_event',
    ])
    await shop.clock.advance(10_000)
    expect(visit.told.of('user_stopped_typing')).toHaveLength(1)
  })
})

describe('setTyping', () => {
  const told = () =>
    agent.pushes
      .filter(({ action }) => action === 'incoming_typing_indicator')
      .map(({ payload }) => (payload['typing_indicator'] as { is_typing: boolean }).is_typing)

  it('[TYP3] goes out at most once in 3 s, ends at once, and begins anew after what was sent', async () => {
    for (let key = 0; key < 24; key++) {
      await visit.sdk.setTyping(chat, true)
      await shop.clock.advance(250)
    }
    expect(told()).toEqual([true, true])
    await visit.sdk.setTyping(chat, false)
    await visit.sdk.setTyping(chat, false)
    expect(told()).toEqual([true, true, false])
    await visit.sdk.setTyping(chat, true)
    await visit.sdk.sendMessage(chat, { text: 'hello' })
    await visit.sdk.setTyping(chat, true)
    expect(told()).toEqual([true, true, false, true, true])
  })
})
