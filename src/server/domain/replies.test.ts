/** Proves what replies and quotes are: where they stand, who sees them, and what the events say of which they are. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Event } from '../../protocol/events.ts'
import { openOrganization, refusal, type TestOrganization } from '../../testing/organization.ts'
import type { Principal } from './context.ts'

let org: TestOrganization
let ann: Principal
let robin: Principal
let chat_id: string
let first: Event

beforeEach(async () => {
  org = await openOrganization()
  ann = await org.customer('ann')
  robin = await org.agent('robin')
  const events = [{ type: 'message' as const, text: 'first' }]
  const { chat } = await org.act(ann, 'start_chat', { chat: { thread: { events } } })
  chat_id = chat.id
  first = chat.last_event as Event
})
afterEach(() => org.close())

const send = (who: Principal, text: string, more: object = {}, chat = chat_id) =>
  org.act(who, 'send_event', { chat_id: chat, event: { type: 'message', text, ...more } })
const reply = (who: Principal, text: string, to = first.id) => send(who, text, { reply_to_id: to })
const feed = async (who: Principal) => (await org.act(who, 'list_events', { chat_id })).events.map(({ text }) => text)
const replies = async (who: Principal, event_id = first.id, more: object = {}) =>
  (await org.act(who, 'list_replies', { chat_id, event_id, ...more })).events.map(({ text }) => text)
const pushes = async (who: Principal, after = 0, chat = chat_id) =>
  (await org.act(who, 'sync', { chat_id: chat, after })).entries as { action: string; payload: { event?: Event; amends?: object } }[]
const read = async (who: Principal, event_id: string) => (await org.act(who, 'get_event', { chat_id, event_id })).event

describe('a reply', () => {
  it('[RPL1] is not in the feed, but among the replies to its event, the oldest first', async () => {
    for (const text of ['one', 'two', 'three']) await reply(robin, text)
    await send(ann, 'second')
    expect(await feed(ann)).toEqual(['first', 'second'])
    expect(await replies(ann)).toEqual(['one', 'two', 'three'])
    const { events } = await org.act(ann, 'list_replies', { chat_id, event_id: first.id, limit: 2 })
    expect(events.map(({ text }) => text)).toEqual(['one', 'two'])
    expect(await org.act(ann, 'list_replies', { chat_id, event_id: first.id, limit: 2 })).toMatchObject({ has_more: true })
    expect(await replies(ann, first.id, { after: events[1]?.seq })).toEqual(['three'])
  })

  it('[RPL1] to a reply stands beside it, and either leads to them all', async () => {
    const { event } = await reply(robin, 'one')
    const second = await reply(ann, 'two', event.id)
    expect(second.event.reply_to_id).toBe(first.id)
    expect(await replies(ann, second.event.id)).toEqual(['one', 'two'])
  })

  it('[RPL2] changes what its event says of its replies, in the entry that brings it or takes it', async () => {
    await org.clock.advance(1000)
    const one = await reply(robin, 'one')
    await reply(ann, 'two')
    const three = await reply(robin, 'three')
    const all = { count: 3, last_at: three.event.created_at, last_user_ids: ['robin', 'ann'] }
    expect(three.amends).toEqual({ id: first.id, replies: all })
    expect((await read(ann, first.id)).replies).toEqual(all)
    expect((await pushes(ann)).at(-1)?.payload.amends).toEqual({ id: first.id, replies: all })
    const { entries } = await org.act(robin, 'delete_event', { chat_id, event_id: three.event.id })
    expect(entries).toMatchObject([
      { action: 'event_deleted', payload: { amends: { id: first.id, replies: { count: 2, last_user_ids: ['ann', 'robin'] } } } },
    ])
    await org.act(robin, 'delete_event', { chat_id, event_id: one.event.id })
    await org.act(ann, 'delete_event', {
      chat_id,
      event_id: (await org.act(ann, 'list_replies', { chat_id, event_id: first.id })).events[1]?.id ?? '',
    })
    expect(await read(ann, first.id)).not.toHaveProperty('replies')
    expect(await replies(ann)).toEqual([undefined, undefined, undefined])
  })

  it('[RPL2] is for those who see its event', async () => {
    const note = await send(robin, 'note', { visibility: 'agents' })
    const { event } = await reply(robin, 'about the note', note.event.id)
    expect(event.visibility).toBe('agents')
    expect(await refusal(send(robin, 'x', { reply_to_id: note.event.id, visibility: 'all' }))).toBe('validation')
    expect(await refusal(send(robin, 'x', { reply_to_id: first.id, visibility: 'agents' }))).toBe('validation')
    expect(await refusal(reply(ann, 'x', note.event.id))).toBe('not_found')
    expect(JSON.stringify(await pushes(ann))).not.toContain('note')
    expect(await refusal(org.act(ann, 'list_replies', { chat_id, event_id: note.event.id }))).toBe('not_found')
  })

  it('[RPL1] goes on under an event that was deleted', async () => {
    await org.act(ann, 'delete_event', { chat_id, event_id: first.id })
    await reply(robin, 'one')
    expect(await read(ann, first.id)).toMatchObject({ deleted_at: expect.any(String), replies: { count: 1 } })
  })

  it('[IDM1] sent again is the same, and counted once', async () => {
    const again = () => send(robin, 'one', { reply_to_id: first.id, custom_id: 'k' })
    expect((await again()).event.id).toBe((await again()).event.id)
    expect((await read(ann, first.id)).replies?.count).toBe(1)
    expect(await refusal(send(robin, 'one', { custom_id: 'k' }))).toBe('idempotency_mismatch')
  })

  it.each(['none', 'x_1', 'x_a1'])('to %s, which is nowhere, is refused', async (id) => {
    expect(await refusal(reply(ann, 'x', id))).toBe('not_found')
    expect(await refusal(send(ann, 'x', { quoted_event_id: id }))).toBe('not_found')
  })
})

describe('a quote', () => {
  it('[RPL3] stays in the feed, and shows what it quotes as that is now', async () => {
    const { event } = await send(robin, 'about that', { quoted_event_id: first.id })
    expect(event.quoted_event).toMatchObject({ id: first.id, type: 'message', author_id: 'ann', text: 'first' })
    expect(await feed(ann)).toEqual(['first', 'about that'])
    await org.act(ann, 'edit_event', { chat_id, event_id: first.id, text: 'better' })
    expect((await read(robin, event.id)).quoted_event).toMatchObject({ text: 'better', edited_at: expect.any(String) })
    await org.act(ann, 'delete_event', { chat_id, event_id: first.id })
    const { quoted_event } = await read(robin, event.id)
    expect(quoted_event).toMatchObject({ id: first.id, deleted_at: expect.any(String) })
    expect(quoted_event).not.toHaveProperty('text')
    expect(JSON.stringify([await pushes(ann), await pushes(robin)])).not.toContain('better')
  })

  it('[RPL3] shows the beginning of a long text', async () => {
    const long = await send(ann, '🦊'.repeat(600))
    const { event } = await send(robin, 'long', { quoted_event_id: long.event.id })
    expect(event.quoted_event?.text).toBe('🦊'.repeat(500))
  })

  it('[RPL3] for all quotes no private note; one for agents quotes whatever agents see', async () => {
    const note = await send(robin, 'note', { visibility: 'agents' })
    expect(await refusal(send(robin, 'x', { quoted_event_id: note.event.id }))).toBe('validation')
    const { event } = await send(robin, 'x', { quoted_event_id: first.id, visibility: 'agents' })
    expect(event.quoted_event?.text).toBe('first')
  })
})

describe('[RPL4] of an event from before the reader’s stay', () => {
  it('a quote shows the id, and what happens to it is told without it', async () => {
    const { chat } = await org.serve('create_chat', { users: ['ann', 'ben'] })
    const said = async (who: string, text: string, more: object = {}) =>
      (await org.serve('send_event', { chat_id: chat.id, user_id: who, event: { type: 'message', text, ...more } })).event
    const before = await said('ann', 'canary')
    const cleo = await org.customer('cleo')
    await org.serve('add_users_to_chat', { chat_id: chat.id, user_ids: ['cleo'] })
    const after = (await org.act(cleo, 'get_chat', { chat_id: chat.id })).chat.from_seq - 1
    const quote = await said('ann', 'about it', { quoted_event_id: before.id })
    await org.serve('edit_event', { chat_id: chat.id, event_id: before.id, text: 'canary 2' })
    await org.act(ann, 'add_reaction', { chat_id: chat.id, event_id: before.id, emoji: '👍' })
    await said('ann', 'a reply', { reply_to_id: before.id })
    const told = await pushes(cleo, after, chat.id)
    expect(told.map(({ action }) => action)).toEqual([
      'user_added_to_chat',
      'incoming_event',
      'event_unseen',
      'event_unseen',
      'incoming_event',
    ])
    expect(told[1]?.payload.event?.quoted_event).toEqual({ id: before.id })
    const seen = [
      told,
      await org.act(cleo, 'list_events', { chat_id: chat.id }),
      await org.act(cleo, 'get_event', { chat_id: chat.id, event_id: quote.id }),
    ]
    expect(JSON.stringify([seen, await org.act(cleo, 'get_chat', { chat_id: chat.id })])).not.toContain('canary')
    expect(await refusal(org.act(cleo, 'get_event', { chat_id: chat.id, event_id: before.id }))).toBe('not_found')
    expect((await pushes(ann, after, chat.id)).map(({ action }) => action)).toContain('reaction_added')
  })
})
