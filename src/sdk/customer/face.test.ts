/** What a face may ask of the server besides what it has members for. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openShop, type Shop } from '../../testing/shop.ts'

let shop: Shop
beforeEach(async () => {
  shop = await openShop('face')
})
afterEach(() => shop.close())

it('[PRE1] who is there to answer, and [CUS3] tells what happened on the page', async () => {
  const { face } = await shop.look()
  await shop.agent()
  expect(await face.ask('list_online_agents', {})).toMatchObject({ agents: [{ id: 'agent-1-1' }], online: true })
  await face.ask('track_event', { name: 'added_to_cart', data: { sku: 12 } })
  expect(await shop.store.activity(face.me ?? '')).toMatchObject([{ content: { name: 'added_to_cart', data: { sku: 12 } } }])
})

it('[LIN10] has what a page may count with, once it was let in', async () => {
  const { face } = await shop.look()
  const request = {
    method: 'POST',
    path: '/v1/customer/unread?license=1&client_id=demo',
    body: JSON.stringify({ token: face.unreadToken }),
  } as const
  expect(await shop.http(request)).toMatchObject({ status: 200, body: '{"unread":0}' })
})
