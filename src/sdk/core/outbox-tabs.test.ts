/** What two tabs tell each other of what was sent: whoever waits for it hears, also when the word of it comes late or from the other side. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Device } from '../../testing/environment.ts'
import { codeOf, openShop, type Shop, type Visit } from '../../testing/shop.ts'

let shop: Shop
let device: Device
let one: Visit
let chat: string

beforeEach(async () => {
  shop = await openShop('tabs')
  device = shop.device()
  one = await shop.visit(device)
  chat = (await one.sdk.startChat()).id
  await shop.settle()
})
afterEach(() => shop.close())

it('[IDM6] a promise is kept when storage shows that it is done before the other tab’s word does', async () => {
  const tab = device.open()
  const { openChannel } = tab.environment
  Object.assign(tab.environment, {
    openChannel: (name: string, receive: (message: unknown) => void) =>
      openChannel(name, (message) => void shop.clock.after(20, () => receive(message))),
  })
  const two = await shop.visit(tab, { autoConnect: false })
  const first = two.sdk.sendMessage(chat, { text: 'one' })
  await shop.clock.advance(10)
  // To write it down, what is stored is read: the first is there no more.
  const second = two.sdk.sendMessage(chat, { text: 'two' })
  await shop.clock.advance(5_000)
  expect([await first, await second]).toMatchObject([{ text: 'one' }, { text: 'two' }])
})

it('[IDM6] what a tab had accepted when it was killed goes out though another tab sent in the same moment', async () => {
  const two = await shop.visit(device)
  for (const [{ sdk }, text] of [
    [one, 'one'],
    [two, 'two'],
  ] as const)
    sdk.sendMessage(chat, { text }).catch(() => {})
  one.tab.kill()
  const three = await shop.visit(device)
  await shop.clock.advance(5_000)
  const { value } = await three.sdk.getChatHistory(chat).next()
  expect(value.map(({ text }) => text).sort()).toEqual(['one', 'two'])
  expect(device.cupboard.keys().filter((key) => key.includes(' accepted '))).toEqual([])
})

it.each(['one', 'two'])('what tab %s discards, neither waits for any longer', async (name) => {
  const two = await shop.visit(device)
  device.goOffline()
  const sent = codeOf(one.sdk.sendMessage(chat, { text: 'one', customId: 'mine' }))
  await shop.settle()
  const closed = two.sdk.closeThread(chat)
  await shop.settle()
  const { sdk } = name === 'one' ? one : two
  sdk.discard('mine')
  await shop.settle()
  device.goOnline()
  await shop.clock.advance(5_000)
  expect([await sent, await closed]).toEqual(['DISCARDED', { success: true }])
})
