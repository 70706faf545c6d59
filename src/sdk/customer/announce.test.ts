/** What the SDK tells, event by event, with the payload the public API promises. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SOME_DAY } from '../../testing/clock.ts'
import type { Peer } from '../../testing/gateway.ts'
import { openShop, type Shop, type Visit } from '../../testing/shop.ts'
import type { EventName } from './types.ts'

let shop: Shop
let visit: Visit
let agent: Peer
let robin: string
let me: string

beforeEach(async () => {
  shop = await openShop('announce')
  visit = await shop.visit()
  agent = await shop.agent()
  robin = shop.founded.agents[0]?.id ?? ''
  me = (await visit.sdk.auth.getToken()).entityId
})
afterEach(() => shop.close())

const startChat = async (on = visit) => {
  const { id } = await on.sdk.startChat()
  await shop.settle()
  return id
}
const namesSince = (at: number) => visit.told.all.slice(at).map(([name]) => name)

describe('the connection', () => {
  it('tells who the customer is, and then that it stands, with the first chats', () => {
    const names = visit.told.all.map(([name]) => name)
    expect(names.filter((name) => name !== 'user_data')).toEqual(['customer_id', 'connected'])
    expect(visit.told.of('customer_id')).toEqual([me])
    expect(visit.told.of('connected')).toEqual([{ chatsSummary: [], totalChats: 0 }])
  })

  it('tells the chats of a customer who comes back, as getChatsSummary does', async () => {
    const id = await startChat()
    await visit.sdk.sendMessage(id, { text: 'Hello' })
    const again = await shop.visit(visit.device)
    expect(again.told.of('customer_id')).toEqual([me])
    expect(again.told.of('connected')).toEqual([await again.sdk.getChatsSummary({ limit: 25 })])
    expect(again.told.of('connected')[0]).toMatchObject({ totalChats: 1, chatsSummary: [{ id, lastEvent: { text: 'Hello' } }] })
  })

  it('tells once that it was lost, and once that it is back, with the chats as they are by then', async () => {
    const id = await startChat()
    shop.network.sever()
    await shop.clock.advance(20_000)
    expect(visit.told.of('connection_lost')).toEqual([undefined])
    shop.network.listen(shop)
    const back = await shop.agent()
    await shop.say(back, id, 'Still there?')
    await shop.clock.advance(60_000)
    expect(visit.told.of('connection_lost')).toHaveLength(1)
    expect(visit.told.of('connected')).toHaveLength(1)
    expect(visit.told.of('connection_restored')).toMatchObject([
      { totalChats: 1, chatsSummary: [{ id, lastEvent: { text: 'Still there?' } }] },
    ])
    expect(visit.told.of('customer_id')).toHaveLength(1)
  })

  it('tells what was missed, each event once, in order', async () => {
    const id = await startChat()
    visit.device.goOffline()
    await shop.say(agent, id, 'one')
    await shop.say(agent, id, 'two')
    visit.device.goOnline()
    await shop.clock.advance(5_000)
    expect(visit.told.of('new_event').map(({ event }) => event.text)).toEqual(['one', 'two'])
  })

  it('tells the server’s reason when that ends it', async () => {
    const frame = { action: 'customer_disconnected', type: 'push', payload: { reason: 'logged_out_remotely' } }
    visit.tab.lines.at(-1)?.down.put({ kind: 'frame', text: JSON.stringify(frame) })
    await shop.settle()
    expect(visit.told.of('disconnected')).toEqual(['logged_out_remotely'])
    expect(visit.told.of('connection_lost')).toEqual([])
  })

  it('tells nothing of an end that the page wanted', async () => {
    const before = visit.told.all.length
    visit.sdk.disconnect()
    await shop.clock.advance(60_000)
    expect(namesSince(before)).toEqual([])
  })
})

describe('events', () => {
  it('of others come as new_event, in the shape of the public API', async () => {
    const id = await startChat()
    await shop.clock.advance(1_000)
    await shop.say(agent, id, 'Hello!')
    await shop.settle()
    expect(visit.told.of('new_event')).toEqual([
      {
        chat: id,
        event: {
          id: expect.any(String),
          type: 'message',
          text: 'Hello!',
          author: robin,
          timestamp: SOME_DAY + 1_000,
          thread: expect.any(String),
          seq: 3,
        },
      },
    ])
  })

  it('[RPL2] [RPL3] that reply, are edited or deleted say what else they change', async () => {
    const id = await startChat()
    const { id: parent } = await visit.sdk.sendMessage(id, { text: 'Hello?' })
    const { event } = await agent.ask('send_event', { chat_id: id, event: { type: 'message', text: 'Hello!', reply_to_id: parent } })
    await agent.ask('edit_event', { chat_id: id, event_id: event.id, text: 'Good morning!' })
    await agent.ask('delete_event', { chat_id: id, event_id: event.id })
    await shop.settle()
    const amends = { id: parent, replies: { count: 1, last_user_ids: [robin] } }
    expect(visit.told.of('new_event')).toMatchObject([{ chat: id, event: { id: event.id }, amends }])
    expect(visit.told.of('event_updated')).toMatchObject([{ amends, quote: { id: event.id, text: 'Good morning!' } }])
    expect(visit.told.of('event_deleted')).toMatchObject([{ amends: { id: parent, replies: null }, quote: { id: event.id } }])
  })

  it('of one’s own, sent and answered here, come to the other tab only, without an id that was not given', async () => {
    const other = await shop.visit(visit.device)
    const id = await startChat()
    await visit.sdk.sendMessage(id, { text: 'no id' })
    await visit.sdk.sendMessage(id, { text: 'with id', customId: 'mine' })
    await shop.settle()
    expect(visit.told.of('new_event')).toEqual([])
    const events = other.told.of('new_event').map(({ event }) => event)
    expect(events).toMatchObject([
      { text: 'no id', author: me },
      { text: 'with id', customId: 'mine' },
    ])
    expect(events[0]).not.toHaveProperty('customId')
    expect(events[0]).not.toHaveProperty('custom_id')
  })

  it('of one’s own, stored by a visit before this one, come as new_event', async () => {
    const id = await startChat()
    visit.device.goOffline()
    visit.sdk.sendMessage(id, { text: 'left behind' }).catch(() => {})
    await shop.settle()
    visit.tab.kill()
    visit.device.goOnline()
    const next = await shop.visit(visit.device)
    await shop.clock.advance(1_000)
    expect(next.told.of('new_event').map(({ event }) => event.text)).toEqual(['left behind'])
  })

  it('[LOG8] that are private notes are not told at all', async () => {
    const id = await startChat()
    const before = visit.told.all.length
    await agent.ask('send_event', { chat_id: id, event: { type: 'message', text: 'psst', visibility: 'agents' } })
    await shop.settle()
    expect(namesSince(before)).toEqual([])
  })
})

describe('chats', () => {
  it('that begin in another tab are told with their thread', async () => {
    const other = await shop.visit(visit.device)
    const { id, threads } = await other.sdk.startChat()
    await shop.settle()
    expect(visit.told.of('thread_summary')).toEqual([{ id: threads[0], chat: id, order: 1, totalEvents: 0 }])
  })

  it('whose thread closes, and opens again, are told', async () => {
    const id = await startChat()
    await agent.ask('deactivate_chat', { id })
    await shop.settle()
    expect(visit.told.of('thread_closed')).toEqual([{ chat: id }])
    const { thread } = await visit.sdk.sendMessage(id, { text: 'One more thing' })
    await shop.settle()
    expect(visit.told.of('thread_summary').at(-1)).toMatchObject({ id: thread, chat: id, order: 2 })
  })

  it('that somebody joins are told, after who that is', async () => {
    const id = await startChat()
    const before = visit.told.all.length
    await shop.say(agent, id, 'Hello!')
    await shop.settle()
    expect(namesSince(before)).toEqual(['user_data', 'user_joined_chat', 'new_event'] satisfies EventName[])
    expect(visit.told.of('user_joined_chat')).toEqual([{ user: robin, chat: id }])
    expect(visit.told.of('user_data').at(-1)).toEqual({ id: robin, type: 'agent', name: `Agent ${robin}` })
  })

  it('are told with each user once, as long as nothing about them changes', async () => {
    const [one, two] = [await startChat(), await startChat()]
    await shop.say(agent, one, 'Hello!')
    await shop.say(agent, two, 'Hello!')
    await shop.say(agent, two, 'Anyone?')
    await shop.settle()
    expect(visit.told.of('user_data').filter(({ id }) => id === robin)).toHaveLength(1)
    expect(visit.told.of('user_data').filter(({ id }) => id === me)).toHaveLength(1)
  })

  it('are as they were told of last, whatever a chat still holds of them', async () => {
    const id = await startChat()
    await visit.sdk.updateCustomer({ name: 'Ada Palmer' })
    await visit.sdk.sendMessage(id, { text: 'It is me' })
    await shop.say(agent, id, 'Good to know')
    await shop.settle()
    const [, ...mine] = visit.told.of('user_data').filter((user) => user.id === me)
    expect(mine).toMatchObject([{ name: 'Ada Palmer' }])
  })
})

describe('a stream', () => {
  it("gives every event as [name, data], from '@@observable'", async () => {
    const items: unknown[] = []
    const subscription = visit.sdk['@@observable']().subscribe({ next: (item) => items.push(item) })
    const id = await startChat()
    await shop.say(agent, id, 'Hello!')
    await shop.settle()
    subscription.unsubscribe()
    await shop.say(agent, id, 'Anyone?')
    await shop.settle()
    expect(items).toContainEqual(['user_joined_chat', { user: robin, chat: id }])
    expect(items.filter((item) => (item as [string])[0] === 'new_event')).toHaveLength(1)
  })
})
