/** The replies to an event as a face sees them, against a real server: a feed of their own, which the chat's knows only by its number. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { begin, openBot } from '../../testing/bots.ts'
import type { Device } from '../../testing/environment.ts'
import type { Peer } from '../../testing/gateway.ts'
import { openShop, type Shop } from '../../testing/shop.ts'
import type { FaceSDK } from '../customer/face.ts'
import { createReplies, type RepliesFeed } from './replies.ts'
import type { Conversation, TimelineItem } from './views.ts'

let shop: Shop
let device: Device
let face: FaceSDK
let agent: Peer
let conversation: Conversation
let parent: string

beforeEach(async () => {
  shop = await openShop('replies')
  device = shop.device()
  face = (await shop.look(device)).face
  agent = await shop.agent()
  conversation = face.conversation(null)
  conversation.open()
  const sent = conversation.send({ type: 'message', text: 'parent' })
  await shop.clock.advance(2_000)
  parent = (await sent).id
})
afterEach(() => shop.close())

const feed = (): RepliesFeed => createReplies(face.ground.client, conversation.state.id, parent, () => face.me ?? '')
const answer = (text: string, more: object = {}) =>
  agent.ask('send_event', { chat_id: conversation.state.id, event: { type: 'message', text, reply_to_id: parent, ...more } })
const reply = (text: string) => conversation.send({ type: 'message', text, reply_to_id: parent })
const lineOf = (item: TimelineItem) => (item.kind === 'event' ? `${item.event.text} (${item.delivery})` : item.kind)
const lines = ({ state }: RepliesFeed) => state.items.map(lineOf)
const main = () => conversation.state.items.filter(({ kind }) => kind === 'event').map(lineOf)

async function loaded(): Promise<RepliesFeed> {
  const replies = feed()
  await Promise.all([replies.load(), shop.settle()])
  return replies
}

describe('replies', () => {
  it('that were there are loaded, oldest first, and are not in the chat’s own feed', async () => {
    await answer('one')
    await answer('two')
    await shop.settle()
    const replies = feed()
    expect(replies.state).toEqual({ items: [], loaded: false, failed: false })
    await Promise.all([replies.load(), shop.settle()])
    expect(replies.state.loaded).toBe(true)
    expect(lines(replies)).toEqual(['one (sent)', 'two (sent)'])
    expect(main()).toEqual(['parent (sent)'])
    expect(conversation.state.items[0]).toMatchObject({ event: { replies: { count: 2 } } })
  })

  it('come while it is looked at, and one’s own at once, which keeps its key', async () => {
    const replies = await loaded()
    device.goOffline()
    reply('mine').catch(() => {})
    await shop.settle()
    expect(lines(replies)).toEqual(['mine (waiting)'])
    expect(main()).toEqual(['parent (sent)'])
    const [{ key } = { key: '' }] = replies.state.items
    await answer('theirs')
    device.goOnline()
    await shop.clock.advance(5_000)
    expect(lines(replies)).toEqual(['theirs (sent)', 'mine (sent)'])
    expect(replies.state.items[1]?.key).toBe(key)
    expect(main()).toEqual(['parent (sent)'])
  })

  it('that are refused stay, and can be discarded', async () => {
    const replies = await loaded()
    reply('ü'.repeat(9_000)).catch(() => {})
    await shop.settle()
    expect(replies.state.items).toMatchObject([{ delivery: 'failed', error: { type: 'entity_too_large' } }])
    expect(main()).toEqual(['parent (sent)'])
    conversation.discard(replies.state.items[0]?.key ?? '')
    await shop.settle()
    expect(lines(replies)).toEqual([])
  })

  it('change as their events do', async () => {
    const replies = await loaded()
    const { event } = (await answer('one')) as { event: { id: string } }
    await shop.settle()
    const at = { chat_id: conversation.state.id, event_id: event.id }
    await agent.ask('edit_event', { ...at, text: 'One' })
    await agent.ask('add_reaction', { ...at, emoji: '👍' })
    await shop.settle()
    expect(lines(replies)).toEqual(['One (sent)'])
    expect(replies.state.items[0]?.event).toMatchObject({ reactions: [{ emoji: '👍' }] })
    await agent.ask('delete_event', at)
    await shop.settle()
    expect(replies.state.items[0]?.event.deleted_at).toBeDefined()
  })

  it('what happens while a page is on its way is not lost', async () => {
    const { event } = (await answer('one')) as { event: { id: string } }
    await shop.settle()
    const replies = feed()
    for (const tab of device.tabs) for (const line of tab.lines) line.down.hold()
    const loading = replies.load()
    await shop.settle()
    await agent.ask('edit_event', { chat_id: conversation.state.id, event_id: event.id, text: 'One' })
    await answer('two')
    await shop.settle()
    for (const tab of device.tabs) for (const line of tab.lines) line.release()
    await Promise.all([loading, shop.settle()])
    expect(lines(replies)).toEqual(['One (sent)', 'two (sent)'])
  })

  it('[BOT3] grow while a bot writes them', async () => {
    const chat_id = conversation.state.id
    const replies = await loaded()
    const bot = await openBot(shop, shop)
    const event_id = await begin(bot, chat_id, 'Let', { reply_to_id: parent })
    await shop.settle()
    const piece = async (offset: number, text: string) => {
      await shop.clock.advance(100)
      await bot.ask('stream_event', { chat_id, event_id, offset, text })
      await shop.settle()
    }
    expect(lines(replies)).toEqual(['Let (sent)'])
    await piece(3, ' me')
    expect(lines(replies)).toEqual(['Let me (sent)'])
    const { items } = replies.state
    await agent.ask('send_typing_indicator', { chat_id, is_typing: true })
    await shop.settle()
    expect(replies.state.items[0]?.event).toBe(items[0]?.event)

    // Pages that are read meanwhile may be older than what is heard.
    for (const tab of device.tabs) for (const line of tab.lines) line.down.hold()
    const loading = replies.load()
    await shop.settle()
    await piece(6, ' see')
    for (const tab of device.tabs) for (const line of tab.lines) line.release()
    await Promise.all([loading, shop.settle()])
    expect(lines(replies)).toEqual(['Let me see (sent)'])
    expect(main()).toEqual(['parent (sent)'])
  })

  it('are caught up with after a break', async () => {
    await answer('one')
    const replies = await loaded()
    device.goOffline()
    await answer('two')
    device.goOnline()
    await shop.clock.advance(5_000)
    expect(lines(replies)).toEqual(['one (sent)', 'two (sent)'])
  })

  it('follow nothing once they are closed', async () => {
    const replies = await loaded()
    replies.close()
    await answer('one')
    await shop.settle()
    expect(lines(replies)).toEqual([])
  })
})
