/** The chats of a customer as a list: live, by the page, with those that only this device knows of. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Device } from '../../testing/environment.ts'
import { openShop, type Shop } from '../../testing/shop.ts'
import type { ChatList } from './views.ts'

let shop: Shop
let device: Device

beforeEach(async () => {
  shop = await openShop('list')
  device = shop.device()
})
afterEach(() => shop.close())

const message = (text: string) => ({ type: 'message', text })
const lasts = ({ state }: ChatList) => state.chats.map(({ last_event, id }) => last_event?.text ?? id)

async function startChats(count: number): Promise<string[]> {
  const { sdk } = await shop.visit(device)
  const ids: string[] = []
  for (let n = 1; n <= count; n++) {
    ids.push((await sdk.startChat({ events: [message(`chat ${n}`)] })).id)
    await shop.clock.advance(1_000)
  }
  return ids
}

it('is empty and loaded for a visitor who never wrote', async () => {
  const { face } = await shop.look(device)
  expect(face.chats.state).toEqual({ chats: [], total: 0, has_more: false, loading: false, loaded: true })
})

it('has the most recently active first, and follows what happens', async () => {
  const [first = '', second = ''] = await startChats(3)
  const { face } = await shop.look(device)
  const heard: string[][] = []
  face.chats.subscribe(() => heard.push(lasts(face.chats)))
  expect(lasts(face.chats)).toEqual(['chat 3', 'chat 2', 'chat 1'])
  const agent = await shop.agent()
  await shop.clock.advance(1_000)
  await shop.say(agent, first, 'hello 1')
  await shop.clock.advance(1_000)
  await shop.say(agent, second, 'hello 2')
  await shop.settle()
  expect(lasts(face.chats)).toEqual(['hello 2', 'hello 1', 'chat 3'])
  expect(face.chats.state.chats.map(({ unread_count }) => unread_count)).toEqual([1, 1, 0])
  expect(heard.at(-1)).toEqual(['hello 2', 'hello 1', 'chat 3'])
})

it('shows a chat that is started here at once, under its provisional id, and then once as it is', async () => {
  await startChats(1)
  const { face } = await shop.look(device)
  device.goOffline()
  const conversation = face.conversation(null)
  conversation.send({ type: 'message', text: 'new' }).catch(() => {})
  expect(lasts(face.chats)).toEqual([conversation.state.id, 'chat 1'])
  device.goOnline()
  await shop.clock.advance(5_000)
  expect(lasts(face.chats)).toEqual(['new', 'chat 1'])
  expect(face.chats.state.total).toBe(2)
})

it('comes by the page, and shows nothing of whose neighbours it does not know', async () => {
  const ids = await startChats(60)
  const { face } = await shop.look(device)
  const all = ids.map((_, at) => `chat ${60 - at}`)
  expect([lasts(face.chats), face.chats.state.total]).toEqual([all.slice(0, 25), 60])
  // One that is far down is known now, and still not shown among the first.
  face.conversation(ids[0] ?? '').open()
  await shop.settle()
  expect(lasts(face.chats)).toEqual(all.slice(0, 25))
  for (const shown of [50, 60]) {
    await Promise.all([face.chats.loadMore(), shop.settle()])
    expect(lasts(face.chats)).toEqual(all.slice(0, shown))
  }
  expect(face.chats.state).toMatchObject({ has_more: false, total: 60 })
  await face.chats.loadMore()
  expect(face.chats.state.chats).toHaveLength(60)
})

it('[RES1] is right again after the link was lost, with what happened meanwhile', async () => {
  const [first = ''] = await startChats(3)
  const { face } = await shop.look(device)
  const agent = await shop.agent()
  device.goOffline()
  await shop.clock.advance(1_000)
  await shop.say(agent, first, 'are you there?')
  device.goOnline()
  await shop.clock.advance(5_000)
  expect(lasts(face.chats)).toEqual(['are you there?', 'chat 3', 'chat 2'])
})
