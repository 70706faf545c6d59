/** Proves who writes messages piece by piece, what a piece may be, how such a message ends, and what a person does to it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MAX_TEXT_BYTES } from '../../protocol/limits.ts'
import { openOrganization, refusal, type TestOrganization } from '../../testing/organization.ts'
import type { Principal } from './context.ts'
import { Refusal } from './refusal.ts'

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

const begin = async (text = '', more: object = {}) =>
  (await org.act(bot, 'send_event', { chat_id, event: { type: 'message', text, streaming: true, ...more } })).event.id
const write = (event_id: string, offset: number, text: string, more: object = {}) =>
  org.act(bot, 'stream_event', { chat_id, event_id, offset, text, ...more })
const read = async (event_id: string, who: Principal = ann) => (await org.act(who, 'get_event', { chat_id, event_id })).event
const say = (who: Principal, text: string, more: object = {}) =>
  org.act(who, 'send_event', { chat_id, event: { type: 'message', text, ...more } })
const dataOf = async (promise: Promise<unknown>) =>
  promise.then(
    () => 'not refused',
    (error: unknown) => (error instanceof Refusal ? { type: error.type, ...error.data } : error),
  )

it('[BOT6] one that begins as a person speaks ends with that, whoever is first', async () => {
  await say(bot, 'Hello')
  const answered = Promise.all([begin('Let me'), say(robin, 'I am here')])
  const [event_id] = await answered
  const { streaming } = await read(event_id)
  const { seq } = (await org.act(ann, 'get_chat', { chat_id })).chat
  const isAfter = (await read(event_id)).seq === seq
  expect(streaming === undefined || isAfter).toBe(true)
})

describe('a message that streams', () => {
  it('[BOT1] is a bot’s that is logged in, and shows that there is more to come', async () => {
    const event_id = await begin()
    expect(await read(event_id)).toMatchObject({ type: 'message', author_id: 'lumi', streaming: true })
    expect(await read(event_id)).not.toHaveProperty('text')
    for (const who of [ann, robin]) expect(await refusal(say(who, 'x', { streaming: true }))).toBe('authorization')
    const event = { type: 'message', text: 'x', streaming: true } as const
    expect(await refusal(org.serve('send_event', { chat_id, user_id: 'lumi', event }))).toBe('authorization')
    expect((await org.act(bot, 'get_chat', { chat_id })).chat.users).toMatchObject([{ type: 'customer' }, { id: 'lumi', type: 'bot' }])
  })

  it('[BOT1] is not how a thread begins', async () => {
    await org.act(ann, 'deactivate_chat', { id: chat_id })
    const events = [{ type: 'message', text: 'x', streaming: true }] as const
    expect(await refusal(org.act(bot, 'resume_chat', { chat: { id: chat_id, thread: { events: [...events] } } }))).toBe('validation')
  })

  it('[BOT1] is edited by nobody before it ends', async () => {
    const event_id = await begin('Let me')
    expect(await refusal(org.act(bot, 'edit_event', { chat_id, event_id, text: 'x' }))).toBe('conflict')
    expect(await refusal(org.serve('edit_event', { chat_id, event_id, text: 'x' }))).toBe('conflict')
    await write(event_id, 6, ' see', { done: true })
    expect((await org.act(bot, 'edit_event', { chat_id, event_id, text: 'I see' })).event).toMatchObject({ text: 'I see' })
  })

  it('[BOT2, BOT3] grows by pieces, of which readers have all, and ends', async () => {
    const event_id = await begin('Let')
    expect(await write(event_id, 3, ' me')).toEqual({ offset: 6 })
    expect(await write(event_id, 6, ' 💡')).toEqual({ offset: 9 })
    expect(await read(event_id)).toMatchObject({ text: 'Let me 💡', streaming: true })
    const last = await write(event_id, 9, '!', { done: true, quick_replies: ['Thanks'] })
    const event = { id: event_id, text: 'Let me 💡!', quick_replies: ['Thanks'] }
    expect(last).toMatchObject({ offset: 10, entries: [{ action: 'event_updated', payload: { requester_id: 'lumi', event } }] })
    expect(Object.keys(await read(event_id))).not.toContain('streaming')
    expect(Object.keys(await read(event_id))).not.toContain('edited_at')
  })

  it('[BOT2] changes by no piece that is there already, whole or in part', async () => {
    const event_id = await begin('Let me see')
    for (const [offset, text] of [
      [0, 'Let'],
      [4, 'me see'],
      [10, ''],
    ] as const)
      expect(await write(event_id, offset, text)).toEqual({ offset: 10 })
    expect(await write(event_id, 7, 'see now')).toEqual({ offset: 14 })
    expect(await read(event_id)).toMatchObject({ text: 'Let me see now' })
  })

  it('[BOT2] has no holes, and in one place not two texts', async () => {
    const event_id = await begin('Let')
    expect(await dataOf(write(event_id, 4, 'me'))).toEqual({ type: 'conflict', path: 'offset', offset: 3 })
    expect(await refusal(write(event_id, 0, 'Bet'))).toBe('idempotency_mismatch')
    expect(await refusal(write(event_id, 1, 'otter'))).toBe('idempotency_mismatch')
    expect(await read(event_id)).toMatchObject({ text: 'Let' })
  })

  it('[BOT2] is as long as any message at most', async () => {
    const event_id = await begin('x'.repeat(MAX_TEXT_BYTES - 2))
    expect(await refusal(write(event_id, MAX_TEXT_BYTES - 2, 'ö!'))).toBe('entity_too_large')
    expect(await write(event_id, MAX_TEXT_BYTES - 2, 'ö', { done: true })).toMatchObject({ offset: MAX_TEXT_BYTES - 1 })
    expect(await refusal(say(bot, 'x'.repeat(MAX_TEXT_BYTES + 1), { streaming: true }))).toBe('entity_too_large')
  })

  it('[BOT2] answers its last piece once more, and takes no other after it', async () => {
    const event_id = await begin('Let me')
    await write(event_id, 6, ' see', { done: true })
    const seq = async () => (await org.act(robin, 'get_chat', { chat_id })).chat.seq
    const before = await seq()
    expect(await write(event_id, 6, ' see', { done: true })).toEqual({ offset: 10 })
    expect(await seq()).toBe(before)
    const over = { type: 'conflict', reason: 'ended', offset: 10 }
    expect(await dataOf(write(event_id, 6, ' see'))).toEqual(over)
    expect(await dataOf(write(event_id, 10, ' now', { done: true }))).toEqual(over)
  })

  it('[BOT2] takes pieces from its bot alone, in its chat', async () => {
    const event_id = await begin('Let me')
    const piece = { chat_id, event_id, offset: 6, text: ' see' }
    const other = await org.bot('other')
    expect(await refusal(org.act(other, 'stream_event', piece))).toBe('authorization')
    expect(await refusal(org.act(robin, 'stream_event', piece))).toBe('authorization')
    const elsewhere = (await org.act(await org.customer('bob'), 'start_chat', {})).chat.id
    expect(await refusal(org.act(bot, 'stream_event', { ...piece, chat_id: elsewhere }))).toBe('not_found')
    expect(await refusal(write(`${event_id}0`, 0, 'x'))).toBe('not_found')
    expect(await refusal(write(event_id, 6, '', { quick_replies: ['x'] }))).toBe('validation')
  })

  it('[BOT5] of which nothing was said leaves nothing', async () => {
    const event_id = await begin(' ')
    expect(await write(event_id, 1, '\n', { done: true })).toMatchObject({ entries: [{ action: 'event_deleted' }] })
    expect(await read(event_id)).toHaveProperty('deleted_at')
  })

  it('[EDT2] that was deleted takes no more, and no byte of it is anywhere', async () => {
    const event_id = await begin('secret')
    await write(event_id, 6, ' words')
    await org.act(bot, 'delete_event', { chat_id, event_id })
    expect(await refusal(write(event_id, 12, ' more'))).toBe('message_deleted')
    const all = [await org.act(robin, 'sync', { chat_id, after: 0 }), await org.act(ann, 'list_events', { chat_id })]
    expect(JSON.stringify(all)).not.toMatch(/secret|words/)
  })
})

describe('a person who speaks', () => {
  it('[BOT6] ends what a bot writes, in the same change, with what there is', async () => {
    const event_id = await begin('Let me')
    await write(event_id, 6, ' see')
    const sent = await say(robin, 'I am here')
    const ended = { id: event_id, text: 'Let me see' }
    expect(sent.entries).toMatchObject([
      { action: 'event_updated', payload: { requester_id: 'robin', event: ended } },
      { action: 'user_added_to_chat' },
    ])
    expect(await read(event_id)).not.toHaveProperty('streaming')
    expect(await dataOf(write(event_id, 10, '.'))).toEqual({ type: 'conflict', reason: 'taken_over', offset: 10 })
    expect(await dataOf(write(event_id, 10, '', { done: true }))).toMatchObject({ reason: 'taken_over' })
  })

  it('[BOT6] does so with what opens a closed chat again', async () => {
    const event_id = await begin('Let me')
    await org.act(ann, 'deactivate_chat', { id: chat_id })
    expect(await write(event_id, 6, ' see')).toEqual({ offset: 10 })
    const events = (visibility: 'all' | 'agents') => [{ type: 'message' as const, text: 'I am here', visibility }]
    await org.act(robin, 'resume_chat', { chat: { id: chat_id, thread: { events: events('agents') } } })
    expect(await write(event_id, 10, ' w')).toEqual({ offset: 12 })
    await org.act(ann, 'deactivate_chat', { id: chat_id })
    await org.act(robin, 'resume_chat', { chat: { id: chat_id, thread: { events: events('all') } } })
    expect(await dataOf(write(event_id, 12, '.'))).toMatchObject({ reason: 'taken_over' })
    expect(await read(event_id)).toMatchObject({ text: 'Let me see w' })
  })

  it('[BOT6] does so by way of a back end too', async () => {
    const event_id = await begin('Let me')
    await org.serve('send_event', { chat_id, user_id: 'robin', event: { type: 'message', text: 'I am here' } })
    expect(await dataOf(write(event_id, 6, '.'))).toMatchObject({ reason: 'taken_over' })
  })

  it.each<[string, () => Promise<unknown>]>([
    ['a note', () => say(robin, 'psst', { visibility: 'agents' })],
    ['a customer', () => say(ann, 'and?')],
    ['another bot', async () => say(await org.bot('other'), 'me too')],
  ])('[BOT6] but not by %s', async (_, speak) => {
    const event_id = await begin('Let me')
    await speak()
    expect(await write(event_id, 6, ' see')).toEqual({ offset: 10 })
  })

  it('[BOT6] leaves alone what a bot writes for agents', async () => {
    const event_id = await begin('Hm', { visibility: 'agents' })
    await say(robin, 'I am here')
    expect(await write(event_id, 2, 'm')).toEqual({ offset: 3 })
    expect((await read(event_id, robin)).text).toBe('Hmm')
    expect(await refusal(read(event_id))).toBe('not_found')
  })
})

describe('quick replies', () => {
  it('[BOT9] are shown with a message of whoever answers', async () => {
    const quick_replies = ['Where is my order?', 'Something else']
    for (const who of [bot, robin]) expect((await say(who, 'Hello', { quick_replies })).event).toMatchObject({ quick_replies })
    const served = await org.serve('send_event', { chat_id, user_id: 'lumi', event: { type: 'message', text: 'Hello', quick_replies } })
    expect(await read(served.event.id)).toMatchObject({ quick_replies })
  })

  it('[BOT9] are not the customer’s to suggest, and say something', async () => {
    expect(await refusal(say(ann, 'Hello', { quick_replies: ['x'] }))).toBe('authorization')
    expect(await refusal(say(robin, 'Hello', { quick_replies: ['Yes', ' '] }))).toBe('validation')
  })
})

describe('answers of bots', () => {
  it('[BOT8] are counted where one begins, for the customer of a support chat', async () => {
    const event_id = await begin('Let me')
    await write(event_id, 6, ' see', { done: true })
    await say(bot, 'a note', { visibility: 'agents' })
    await say(robin, 'I am here')
    expect(org.answered).toEqual([['ann']])
    await say(bot, 'hello again')
    expect(org.answered).toEqual([['ann'], ['ann']])
    await org.serve('send_event', { chat_id, user_id: 'lumi', event: { type: 'message', text: 'once more' } })
    expect(org.answered).toHaveLength(3)
    await org.act(ann, 'deactivate_chat', { id: chat_id })
    const events = [{ type: 'message' as const, text: 'and again' }]
    await org.act(bot, 'resume_chat', { chat: { id: chat_id, thread: { events } } })
    expect(org.answered).toHaveLength(4)
    const group = await org.act(robin, 'create_chat', { users: ['lumi'] })
    await org.act(bot, 'send_event', { chat_id: group.chat.id, event: { type: 'message', text: 'hi' } })
    expect(org.answered.at(-1)).toEqual([])
  })

  it('[BOT8] that are too many are refused with the time to wait, and count for nothing', async () => {
    org.patience = 5000
    expect(await dataOf(begin('x'))).toEqual({ type: 'too_many_requests', retry_after_ms: 5000 })
    expect((await say(bot, 'a note', { visibility: 'agents' })).event.text).toBe('a note')
    expect((await say(robin, 'I am here')).event.text).toBe('I am here')
    expect(org.answered).toEqual([])
  })
})
