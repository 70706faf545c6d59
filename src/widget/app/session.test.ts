/** How much is unread, with chats that are not loaded among those that count. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createFace } from '../../sdk/customer/face.ts'
import { consentStorage, memoryStorage } from '../../sdk/kit/storage.ts'
import type { Device } from '../../testing/environment.ts'
import type { Peer } from '../../testing/gateway.ts'
import { openShop, type Shop } from '../../testing/shop.ts'
import { createSession } from './session.ts'

let shop: Shop
let device: Device
let agent: Peer

beforeEach(async () => {
  shop = await openShop('unread')
  device = shop.device()
  agent = await shop.agent()
})
afterEach(() => shop.close())

async function startChats(count: number): Promise<string[]> {
  const { sdk } = await shop.visit(device)
  const ids: string[] = []
  for (let n = 0; n < count; n++) {
    ids.push((await sdk.startChat({ events: [{ type: 'message', text: 'hi' }] })).id)
    await shop.clock.advance(1_000)
  }
  return ids
}

async function openSession() {
  const { face } = await shop.look(device)
  const visitor = { lastChat: null, remember: () => {} }
  return { face, session: createSession({ sdk: face, storage: consentStorage(memoryStorage), visitor }) }
}

it('[SEE7] is the sum where all chats are known', async () => {
  const [first = '', second = ''] = await startChats(3)
  const { face, session } = await openSession()
  const heard: (number | undefined)[] = []
  session.unread.subscribe((unread) => heard.push(unread))
  await shop.say(agent, first, 'one')
  await shop.say(agent, second, 'two')
  await shop.settle()
  expect([session.unread.state, heard.at(-1)]).toEqual([2, 2])
  face.conversation(first).open()
  await shop.settle()
  face.conversation(first).markSeen()
  await shop.clock.advance(2_000)
  expect(session.unread.state).toBe(1)
})

it('[SEE7] is the true total where a part of the chats is known, also of those that are not', async () => {
  const ids = await startChats(40)
  for (const id of ids.slice(0, 3)) await shop.say(agent, id, 'hello')
  // They are among the newest now; what is said before is of chats that no page has.
  for (const id of ids.slice(3)) await shop.say(agent, id, 'and you')
  const { face, session } = await openSession()
  await shop.clock.advance(2_000)
  expect(face.chats.state.chats).toHaveLength(25)
  expect(session.unread.state).toBe(40)
  await shop.say(agent, ids[39] ?? '', 'once more')
  await shop.clock.advance(2_000)
  expect(session.unread.state).toBe(41)
  // Another device reads one that is not loaded here.
  const { sdk } = await shop.visit(device)
  await sdk.updateLastSeenTimestamp(ids[0] ?? '')
  await shop.clock.advance(3_000)
  expect(session.unread.state).toBe(40)
  await Promise.all([face.chats.loadMore(), shop.settle()])
  expect(session.unread.state).toBe(40)
})

it('what is said in a chat that is not this visitor’s begins another, and stays nowhere else', async () => {
  const [chat = ''] = await startChats(1)
  const face = createFace({ server: 'http://chat.test', license: 1, clientId: 'demo' }, shop.device().open().environment)
  const storage = { ...memoryStorage(), durable: true }
  const session = createSession({ sdk: face, storage, visitor: { lastChat: chat, remember: () => {} } })
  const { conversation } = session.shown.state
  for (const text of ['hello', 'again']) session.say(conversation, { type: 'message', text })
  face.connect()
  await shop.clock.advance(2_000)
  const { items } = session.shown.state.conversation.state
  expect(items.flatMap((item) => (item.kind === 'event' ? [`${item.event.text} ${item.delivery}`] : []))).toEqual([
    'hello sent',
    'again sent',
  ])
  expect(conversation.state.items).toEqual([])
  expect(face.chats.state.chats).toHaveLength(1)
  session.destroy()
})

it('what is typed before the chats are known stands in the chat that then comes up', async () => {
  const [chat = ''] = await startChats(1)
  const face = createFace({ server: 'http://chat.test', license: 1, clientId: 'demo' }, device.open().environment)
  const session = createSession({ sdk: face, storage: consentStorage(memoryStorage), visitor: { lastChat: null, remember: () => {} } })
  session.drafts.save('new', 'Where is')
  face.connect()
  await shop.clock.advance(2_000)
  expect(session.shown.state.conversation.state.id).toBe(chat)
  expect(await session.drafts.load(chat)).toBe('Where is')
  session.destroy()
})

it('a chat that begins elsewhere comes up where there was none', async () => {
  const { session } = await openSession()
  await shop.settle()
  const [id] = await startChats(1)
  await shop.settle()
  expect([session.shown.state.conversation.state.id, session.shown.state.begun]).toEqual([id, true])
})

it('a chat that begins elsewhere stays behind the one that the visitor has begun here', async () => {
  const { session } = await openSession()
  await shop.settle()
  session.begin()
  const { conversation } = session.shown.state
  await startChats(1)
  await shop.settle()
  expect(session.shown.state.conversation).toBe(conversation)
})

it('[SEE7] tells of nothing any more, also when the count was under way', async () => {
  const ids = await startChats(26)
  const { session } = await openSession()
  await shop.say(agent, ids[25] ?? '', 'hello')
  await shop.clock.advance(2_000)
  expect(session.unread.state).toBe(1)
  await shop.say(agent, ids[25] ?? '', 'and you')
  session.quiet()
  await shop.clock.advance(2_000)
  expect(session.unread.state).toBe(0)
})
