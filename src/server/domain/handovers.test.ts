/** Proves what a bot leaves behind that hands a chat over to people, and that it stays out. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openOrganization, refusal, type TestOrganization } from '../../testing/organization.ts'
import type { Principal } from './context.ts'

let org: TestOrganization
let ann: Principal
let robin: Principal
let bot: Principal
let chat_id: string

beforeEach(async () => {
  org = await openOrganization()
  ann = await org.customer('ann')
  robin = await org.agent('robin')
  bot = await org.bot('lumi')
  chat_id = (await org.act(ann, 'start_chat', { chat: { thread: { events: [{ type: 'message', text: 'hello' }] } } })).chat.id
})
afterEach(() => org.close())

const say = (who: Principal, text: string, more: object = {}) =>
  org.act(who, 'send_event', { chat_id, event: { type: 'message', text, ...more } })
const handOver = (summary = 'Wants the money back.', more: object = {}) => org.act(bot, 'hand_over_chat', { chat_id, summary, ...more })
const chatOf = async (who: Principal) => (await org.act(who, 'get_chat', { chat_id })).chat
const logOf = async (who: Principal) =>
  (await org.act(who, 'sync', { chat_id, after: 0 })).entries.map((entry) => (entry as { action: string }).action)

it('[BOT7] a bot that hands over leaves a note for agents and goes, and the customer waits from then on', async () => {
  await say(bot, 'Hello!')
  expect((await chatOf(robin)).waiting_since).toBeUndefined()
  await org.clock.advance(60_000)
  const { entries } = await handOver()
  expect(entries).toMatchObject([
    { action: 'incoming_event', payload: { event: { author_id: 'lumi', visibility: 'agents', text: 'Wants the money back.' } } },
    { action: 'user_removed_from_chat', payload: { user_id: 'lumi', requester_id: 'lumi' } },
  ])
  expect((await chatOf(robin)).waiting_since).toBe(new Date(org.clock.now()).toISOString())
  expect(JSON.stringify([await org.act(ann, 'sync', { chat_id, after: 0 }), await chatOf(ann)])).not.toMatch(/money|waiting_since/)
})

it('[BOT7] what it was writing ends in the same change', async () => {
  const { event } = await say(bot, 'Let me', { streaming: true })
  const note = await say(bot, 'Hm', { streaming: true, visibility: 'agents' })
  await org.act(bot, 'stream_event', { chat_id, event_id: event.id, offset: 6, text: ' get somebody' })
  const { entries } = await handOver()
  expect(entries).toMatchObject([
    { action: 'event_updated', payload: { event: { id: event.id, text: 'Let me get somebody' } } },
    { action: 'event_updated', payload: { event: { id: note.event.id, text: 'Hm' } } },
    { action: 'incoming_event' },
    { action: 'user_removed_from_chat' },
  ])
  expect(await org.store.streams(chat_id)).toEqual([])
})

it('[BOT7] it takes part no more until somebody lets it in, and reads on', async () => {
  await say(bot, 'Hello!')
  await handOver()
  const attempts = [say(bot, 'me again'), say(bot, 'x', { visibility: 'agents' }), handOver(), say(bot, 'Let', { streaming: true })]
  for (const attempt of attempts) expect(await refusal(attempt)).toBe('missing_access')
  expect(await refusal(org.act(bot, 'send_typing_indicator', { chat_id, is_typing: true }))).toBe('missing_access')
  expect((await chatOf(bot)).id).toBe(chat_id)
  await org.act(robin, 'add_users_to_chat', { chat_id, user_ids: ['lumi'] })
  expect((await say(bot, 'back again')).event.text).toBe('back again')
})

it('[BOT7] one that has said nothing yet hands over as well, and stays out too', async () => {
  await handOver()
  expect(await logOf(ann)).toEqual(['incoming_chat', 'incoming_event', 'user_added_to_chat', 'user_removed_from_chat'])
  expect(await refusal(say(bot, 'me again'))).toBe('missing_access')
})

it('[BOT7] also in a chat that is closed, where nobody waits', async () => {
  await org.act(ann, 'deactivate_chat', { id: chat_id })
  await handOver()
  expect((await chatOf(robin)).waiting_since).toBeUndefined()
})

it('[BOT7] the customer waits as well where a bot leaves or is removed', async () => {
  for (const out of [
    () => org.act(bot, 'leave_chat', { chat_id }),
    () => org.act(robin, 'remove_user_from_chat', { chat_id, user_id: 'lumi' }),
    () => org.serve('remove_user_from_chat', { chat_id, user_id: 'lumi' }),
  ]) {
    await say(bot, 'Hello!')
    expect((await chatOf(robin)).waiting_since).toBeUndefined()
    await out()
    expect((await chatOf(robin)).waiting_since).toBeDefined()
    await org.serve('add_users_to_chat', { chat_id, user_ids: ['lumi'] })
  }
})

it('[IDM1] under one name it is done once', async () => {
  await handOver('It is about money.', { custom_id: 'a' })
  expect((await logOf(robin)).filter((action) => action === 'user_removed_from_chat')).toHaveLength(1)
  expect(await refusal(handOver('It is about money.', { custom_id: 'b' }))).toBe('missing_access')
})

it('[BOT7] is for bots, in support chats, with something to say', async () => {
  for (const who of [ann, robin]) expect(await refusal(org.act(who, 'hand_over_chat', { chat_id, summary: 'x' }))).toBe('authorization')
  expect(await refusal(handOver('  '))).toBe('validation')
  const group = await org.act(robin, 'create_chat', { users: ['lumi'] })
  expect(await refusal(org.act(bot, 'hand_over_chat', { chat_id: group.chat.id, summary: 'x' }))).toBe('conflict')
})
