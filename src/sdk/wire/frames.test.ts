/** What travels over a visitor's one socket, seen from outside. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openShop, type Shop } from '../../testing/shop.ts'

let shop: Shop

beforeEach(async () => {
  shop = await openShop('frames')
})
afterEach(() => shop.close())

it('[CON1] one socket carries it all, in frames of JSON that are requests, responses or pushes', async () => {
  const sent: string[] = []
  const tab = shop.device().open()
  const { openLink } = tab.environment
  Object.assign(tab.environment, {
    openLink: (...given: Parameters<typeof openLink>) => {
      const link = openLink(...given)
      const send = (frame: string) => {
        sent.push(frame)
        link?.send(frame)
      }
      return link && { ...link, send }
    },
  })
  const { sdk } = await shop.visit(tab)
  const agent = await shop.agent()
  const { id } = await sdk.startChat({ events: [{ type: 'message', text: 'Hello?' }] })
  sdk.setSneakPeek(id, 'Any')
  await shop.say(agent, id, 'Hello!')
  await sdk.getChatsSummary()
  await sdk.updateLastSeenTimestamp(id)
  await shop.settle()

  const lines = shop.network.opened.filter(({ handshake }) => handshake.side === 'customer')
  expect(lines).toHaveLength(1)
  const asked = sent.map((frame) => JSON.parse(frame) as Record<string, unknown>)
  for (const request of asked) {
    expect(Object.keys(request).sort()).toEqual(['action', 'payload', 'request_id'])
    expect(request['request_id']).toMatch(/^.{1,64}$/)
  }
  expect(new Set(asked.map(({ request_id }) => request_id)).size).toBe(asked.length)
  const received = lines[0]?.received.map((frame) => JSON.parse(frame) as Record<string, unknown>) ?? []
  const answered = received.filter(({ type }) => type === 'response').map(({ request_id, action }) => [request_id, action])
  expect(answered.sort()).toEqual(asked.map(({ request_id, action }) => [request_id, action]).sort())
  const pushed = received.filter(({ type }) => type !== 'response')
  expect(pushed.length).toBeGreaterThan(0)
  for (const push of pushed) expect(push).toMatchObject({ type: 'push', action: expect.any(String), payload: expect.any(Object) })
})
