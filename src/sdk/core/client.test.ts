/** What the parts of a client do for each other. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openShop, type Shop } from '../../testing/shop.ts'

let shop: Shop

beforeEach(async () => {
  shop = await openShop('client')
})
afterEach(() => shop.close())

/** A page with the SDK and one with a face, of one visitor, and a chat of theirs. */
async function lookTogether() {
  const device = shop.device()
  const [one, two] = [await shop.visit(device), await shop.look(device)]
  return { one, two, chat: (await one.sdk.startChat()).id }
}

const message = { type: 'message', text: 'by way of the other' } as const

it('[CON11] a face that waits to connect again does so at once when another tab has reached the server for it', async () => {
  const { two, chat } = await lookTogether()
  two.tab.lines.at(-1)?.cut()
  await shop.settle()
  expect(two.face.status.state).toBe('reconnecting')
  expect(await two.face.conversation(chat).send(message)).toMatchObject({ text: message.text })
  await shop.settle()
  expect(two.face.status.state).toBe('connected')
})

it('[CON11] a face that was told to disconnect stays away whatever others reach', async () => {
  const { two, chat } = await lookTogether()
  two.face.disconnect()
  await two.face.conversation(chat).send(message)
  await shop.clock.advance(60_000)
  expect(two.face.status.state).not.toBe('connected')
})
