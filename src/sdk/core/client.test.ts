/** What the parts of a client do for each other. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openShop, type Shop } from '../../testing/shop.ts'

let shop: Shop

beforeEach(async () => {
  shop = await openShop('client')
})
afterEach(() => shop.close())

it('[CON11] a tab that waits to connect again does so at once when another one has reached the server for it', async () => {
  const device = shop.device()
  const [one, two] = [await shop.visit(device), await shop.visit(device)]
  const { id } = await one.sdk.startChat()
  two.tab.lines.at(-1)?.cut()
  await shop.settle()
  expect(two.told.of('connection_lost')).toHaveLength(1)
  expect(await two.sdk.sendMessage(id, { text: 'by way of the other' })).toMatchObject({ text: 'by way of the other' })
  await shop.settle()
  expect(two.told.of('connection_restored')).toHaveLength(1)
})

it('[CON11] a tab that was told to disconnect stays away whatever others reach', async () => {
  const device = shop.device()
  const [one, two] = [await shop.visit(device), await shop.visit(device)]
  const { id } = await one.sdk.startChat()
  two.sdk.disconnect()
  await two.sdk.sendMessage(id, { text: 'by way of the other' })
  await shop.clock.advance(60_000)
  expect(two.told.of('connection_restored')).toEqual([])
})
