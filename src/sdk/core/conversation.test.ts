/** One chat as a face sees it: one ordered list of what is stored and what is one's own, against a real server. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Device } from '../../testing/environment.ts'
import type { Peer } from '../../testing/gateway.ts'
import { codeOf, openShop, type Shop } from '../../testing/shop.ts'
import type { FaceSDK } from '../customer/face.ts'
import type { Conversation, ConversationState, TimelineItem } from './views.ts'

let shop: Shop
let device: Device
let face: FaceSDK
let agent: Peer

beforeEach(async () => {
  shop = await openShop('conversation')
  device = shop.device()
  face = (await shop.look(device)).face
  agent = await shop.agent()
})
afterEach(() => shop.close())

const message = (text: string) => ({ type: 'message', text }) as const
/** A promise nobody minds. */
const say = (conversation: Conversation, ...texts: string[]) => {
  for (const text of texts) conversation.send(message(text)).catch(() => {})
}
const lineOf = (item: TimelineItem) => (item.kind === 'event' ? `${item.event.text} (${item.delivery})` : item.kind)
const lines = ({ state }: { state: ConversationState }) => state.items.map(lineOf)
const sent = (...texts: string[]) => texts.map((text) => `${text} (sent)`)

/** A chat with these messages, looked at. */
async function begin(...texts: string[]): Promise<Conversation> {
  const conversation = face.conversation(null)
  conversation.open()
  say(conversation, ...texts)
  await shop.clock.advance(2_000)
  return conversation
}

/** All that is shown from now on. */
function watch(conversation: Conversation): ConversationState[] {
  const states: ConversationState[] = []
  conversation.subscribe((state) => states.push(state))
  return states
}

describe('a message', () => {
  it('is shown at once, and keeps its key and its place when it is stored', async () => {
    const conversation = await begin('zero')
    const states = watch(conversation)
    say(conversation, 'one', 'two')
    expect(lines(conversation)).toEqual(['zero (sent)', 'one (waiting)', 'two (waiting)'])
    const keys = conversation.state.items.map(({ key }) => key)
    await shop.settle()
    expect(lines(conversation)).toEqual(sent('zero', 'one', 'two'))
    expect(conversation.state.items.map(({ key }) => key)).toEqual(keys)
    expect(states.map(({ items }) => items.length)).toEqual(states.map(() => 3))
    expect(states.map((state) => lineOf(state.items[1] as TimelineItem))).toContain('one (sending)')
  })

  it('resolves with the stored event', async () => {
    const conversation = await begin('zero')
    const stored = await conversation.send(message('one'))
    expect(stored).toMatchObject({ text: 'one', seq: conversation.state.items.at(-1)?.seq, author_id: face.me })
  })

  it('of others comes behind what is stored, and before what waits', async () => {
    const conversation = await begin('zero')
    device.goOffline()
    say(conversation, 'mine')
    await shop.say(agent, conversation.state.id, 'theirs')
    expect(lines(conversation)).toEqual(['zero (sent)', 'mine (waiting)'])
    const states = watch(conversation)
    device.goOnline()
    await shop.clock.advance(5_000)
    expect(lines(conversation)).toEqual(['zero (sent)', 'user_added', 'theirs (sent)', 'mine (sent)'])
    expect(states.every((state) => lineOf(state.items.at(-1) as TimelineItem).startsWith('mine'))).toBe(true)
  })

  it('that is refused stays, with the reason, until it is discarded', async () => {
    const conversation = await begin('zero')
    const refused = conversation.send(message('ü'.repeat(9_000)))
    expect(await codeOf(refused)).toBe('ENTITY_TOO_LARGE')
    say(conversation, 'one')
    await shop.settle()
    const failed = conversation.state.items.at(-1)
    expect(failed).toMatchObject({ kind: 'event', delivery: 'failed', error: { type: 'entity_too_large' } })
    conversation.retry(failed?.key ?? '')
    await shop.settle()
    expect(conversation.state.items.at(-1)).toMatchObject({ key: failed?.key, delivery: 'failed' })
    conversation.discard(failed?.key ?? '')
    await shop.settle()
    expect(lines(conversation)).toEqual(sent('zero', 'one'))
  })

  it('is shown in the other tab as well, from the moment it is said', async () => {
    const conversation = await begin('zero')
    const other = (await shop.look(device)).face.conversation(conversation.state.id)
    other.open()
    await shop.settle()
    for (const tab of device.tabs) for (const line of tab.lines) line.up.hold()
    say(conversation, 'one')
    await shop.settle()
    expect(lines(other)).toEqual(['zero (sent)', 'one (waiting)'])
    for (const tab of device.tabs) for (const line of tab.lines) line.release()
    await shop.settle()
    expect([lines(conversation), lines(other)]).toEqual([sent('zero', 'one'), sent('zero', 'one')])
    expect(other.state.items.map(({ key }) => key)).toEqual(conversation.state.items.map(({ key }) => key))
  })
})

describe('a chat that is yet to be', () => {
  it('starts with the first message, and nothing that was shown goes away meanwhile', async () => {
    const conversation = face.conversation(null)
    conversation.open()
    expect(conversation.state).toMatchObject({ provisional: true, loaded: true, items: [], users: [] })
    const states = watch(conversation)
    say(conversation, 'one', 'two')
    await shop.settle()
    expect(lines(conversation)).toEqual(sent('one', 'two'))
    expect(states.map(({ items }) => items.length)).toEqual(states.map(() => 2))
    expect(conversation.state).toMatchObject({ provisional: false, active: true, loaded: true, has_older: false })
  })

  it('is the same object under the id it gets', async () => {
    const conversation = face.conversation(null)
    const { id } = conversation.state
    say(conversation, 'one')
    expect(face.conversation(id)).toBe(conversation)
    await shop.settle()
    expect(conversation.state.id).not.toBe(id)
    expect([face.conversation(conversation.state.id), face.conversation(id)]).toEqual([conversation, conversation])
  })

  it('is begun by a message each time, and not by looking', async () => {
    face.conversation(null).open()
    await shop.settle()
    expect((await agent.ask('list_chats')).total_chats).toBe(0)
  })
})

describe('the window', () => {
  it('loads the newest page, and then what is before it, without a hole', async () => {
    const conversation = await begin('said 1')
    const { id } = conversation.state
    for (let n = 2; n <= 240; n++) await shop.say(agent, id, `said ${n}`)
    const other = (await shop.look(device)).face.conversation(id)
    other.open()
    await shop.settle()
    const sizes = [other.state.items.length]
    while (other.state.has_older) {
      const loading = other.loadOlder()
      expect(other.state.loading_older).toBe(true)
      await Promise.all([loading, shop.settle()])
      sizes.push(other.state.items.length)
    }
    expect(sizes).toEqual([100, 200, 241])
    const texts = other.state.items.flatMap((item) => (item.kind === 'event' ? [item.event.text] : []))
    expect(texts).toEqual(Array.from({ length: 240 }, (_, at) => `said ${at + 1}`))
    expect(lines(other)).toEqual(lines(conversation))
  })

  it('holds threads that closed and users who came', async () => {
    const conversation = await begin('one')
    await shop.say(agent, conversation.state.id, 'two')
    await conversation.close()
    await shop.settle()
    expect(conversation.state).toMatchObject({ active: false, thread: { active: false } })
    say(conversation, 'three')
    await shop.settle()
    const shown = ['one (sent)', 'user_added', 'two (sent)', 'thread_closed', 'three (sent)']
    expect([lines(conversation), conversation.state.active]).toEqual([shown, true])
    const { face: next } = await shop.look(device)
    const again = next.conversation(conversation.state.id)
    again.open()
    await shop.settle()
    expect(lines(again)).toEqual(shown)
  })

  it('of a chat that there is not says so', async () => {
    const conversation = face.conversation('nowhere')
    conversation.open()
    await shop.settle()
    expect(conversation.state).toMatchObject({ gone: true, items: [] })
  })

  it('that could not be loaded is loaded after the next login', async () => {
    const { id } = (await begin('one')).state
    const { face: next, tab } = await shop.look(device)
    tab.lines[0]?.down.hold()
    const conversation = next.conversation(id)
    conversation.open()
    await shop.settle()
    tab.lines[0]?.cut()
    expect(conversation.state.loaded).toBe(false)
    await shop.clock.advance(2_000)
    expect([lines(conversation), conversation.state.loaded]).toEqual([sent('one'), true])
  })
})

describe('[MEM5] a group that one was put out of', () => {
  const as = (action: string, payload: object) => {
    const ctx = shop.gateway.contextOf({ type: 'backend', id: 'key', organization_id: shop.founded.organization_id }, { host: 'shop.test' })
    return shop.gateway.dispatcher.run({ ctx, action, payload, key: null, origin: () => null })
  }

  it('is listed no more, also where an answer about it comes late or one looks at it, until one is back', async () => {
    const me = face.me ?? ''
    await as('create_chat', { users: [me, 'host-2'] })
    const [chat_id = ''] = await shop.store.chatsOfUser(me)
    await shop.settle()
    const listed = () => face.chats.state.chats.map((chat) => chat.id)
    expect(listed()).toEqual([chat_id])
    await as('remove_user_from_chat', { chat_id, user_id: me })
    await shop.settle()
    expect(listed()).toEqual([])
    face.conversation(chat_id).open()
    await shop.settle()
    expect([listed(), face.conversation(chat_id).state.gone]).toEqual([[], true])
    await as('add_users_to_chat', { chat_id, user_ids: [me], history: true })
    await shop.settle()
    expect(face.conversation(chat_id).state).toMatchObject({ active: true, gone: false, thread: { active: true } })
  })
})

describe('what is known of the chat', () => {
  it('[SEE3, SEE6] counts what others said since, until it is seen', async () => {
    const conversation = await begin('one')
    const { id } = conversation.state
    for (const text of ['two', 'three']) await shop.say(agent, id, text)
    await shop.settle()
    expect(conversation.state.unread_count).toBe(2)
    conversation.markSeen()
    await shop.settle()
    expect(conversation.state.unread_count).toBe(0)
    await shop.say(agent, id, 'four')
    await shop.settle()
    expect(conversation.state.unread_count).toBe(1)
    say(conversation, 'five')
    await shop.settle()
    expect(conversation.state.unread_count).toBe(0)
  })

  it('names an agent who has seen it and said nothing', async () => {
    const conversation = await begin('one')
    await agent.ask('mark_events_as_seen', { chat_id: conversation.state.id })
    await shop.settle()
    const [{ id: agent_id } = { id: '' }] = shop.founded.agents
    expect(conversation.state.users).toMatchObject([{ type: 'customer' }, { id: agent_id, present: false, seen_seq: 2 }])
  })

  it('[TYP3] says who is typing, until they have said it', async () => {
    const conversation = await begin('one')
    await agent.ask('send_typing_indicator', { chat_id: conversation.state.id, is_typing: true })
    await shop.settle()
    const [{ id: agent_id } = { id: '' }] = shop.founded.agents
    expect(conversation.state.typing).toEqual([{ user_id: agent_id, sneak_peek: null }])
    await shop.say(agent, conversation.state.id, 'two')
    await shop.settle()
    expect(conversation.state.typing).toEqual([])
  })

  it('stays the same object where nothing changed', async () => {
    const conversation = await begin('one')
    const before = conversation.state
    await agent.ask('send_typing_indicator', { chat_id: before.id, is_typing: true })
    await shop.settle()
    const after = conversation.state
    expect(after).not.toBe(before)
    expect([after.items, after.users, after.thread, after.last_event]).toEqual([
      before.items,
      before.users,
      before.thread,
      before.last_event,
    ])
    expect([after.items === before.items, after.users === before.users]).toEqual([true, true])
  })
})
