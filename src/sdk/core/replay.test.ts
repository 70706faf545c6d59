/** What was fetched once and followed from then on is what is fetched now: for every kind of entry that a log has. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Chat } from '../../protocol/chats.ts'
import type { Event } from '../../protocol/events.ts'
import { LOG_PUSHES, type LogPush } from '../../protocol/pushes.ts'
import type { Principal } from '../../server/domain/context.ts'
import { openOrganization, type TestOrganization } from '../../testing/organization.ts'
import { amendedWhole, foldWhole } from './fold-whole.ts'
import { amendedLines, type LogItem, lineOf } from './lines.ts'

let org: TestOrganization
let ann: Principal
let ben: Principal
let robin: Principal
let support: string
let group: string

const message = (text: string, more: object = {}) => ({ type: 'message' as const, text, ...more })
const say = async (who: Principal, chat_id: string, text: string, more: object = {}) =>
  (await org.act(who, 'send_event', { chat_id, event: message(text, more) })).event

/** What a reader holds of a chat. */
interface Held {
  chat: Chat
  lines: readonly LogItem[]
}

async function fetched(who: Principal, chat_id: string): Promise<Held> {
  const { chat } = await org.act(who, 'get_chat', { chat_id })
  const { entries } = await org.act(who, 'sync', { chat_id, after: chat.from_seq - 1 })
  return { chat, lines: (entries as LogPush[]).flatMap((entry) => lineOf(entry, who.id) ?? []) }
}

function followed({ chat, lines }: Held, entries: readonly LogPush[], me: string): Held {
  let held: Held = { chat, lines }
  for (const entry of entries) {
    const line = lineOf(entry, me)
    const amended = amendedLines(held.lines, entry, amendedWhole)
    // As the replica has it: a chat that came with the entry may be further on.
    const next = entry.payload.seq > held.chat.seq ? foldWhole(held.chat, entry, me) : held.chat
    held = { chat: { ...next, seq: Math.max(next.seq, entry.payload.seq) }, lines: line ? [...amended, line] : amended }
  }
  return held
}

/** Nothing, an empty list and none at all are the same. */
const plain = (held: Held): unknown =>
  JSON.parse(
    JSON.stringify(held, (_, value) =>
      value === null || (typeof value === 'object' && Object.keys(value).length === 0) ? undefined : value,
    ),
  )

const byId = ({ chat, lines }: Held): Held => ({ chat: { ...chat, users: [...chat.users].sort((a, b) => (a.id < b.id ? -1 : 1)) }, lines })

let first: Event
let second: Event

beforeEach(async () => {
  org = await openOrganization()
  ann = await org.customer('ann')
  ben = await org.customer('ben')
  robin = await org.agent('robin')
  const { chat } = await org.act(ann, 'start_chat', { chat: { thread: { events: [message('hello')] } } })
  support = chat.id
  group = (await org.serve('create_chat', { users: ['ann', 'ben'], joinable: true })).chat.id
  first = await say(ann, group, 'first')
  second = await say(ann, support, 'second', { quoted_event_id: chat.last_event?.id })
})
afterEach(() => org.close())

type Deed = () => Promise<unknown>

/** Of each kind of entry something that makes it; the others that it makes are followed as well. */
const DEEDS: Record<string, () => readonly [chat: string, ...deeds: Deed[]]> = {
  incoming_chat: () => [
    support,
    () => org.act(robin, 'deactivate_chat', { id: support }),
    () => org.act(ann, 'resume_chat', { chat: { id: support, thread: { events: [message('again')] } } }),
  ],
  incoming_event: () => [
    support,
    () => say(robin, support, 'answer'),
    () => say(ann, support, 'a reply', { reply_to_id: second.id }),
    () => say(robin, support, 'a note', { visibility: 'agents' }),
  ],
  event_updated: () => [
    support,
    () => org.act(ann, 'edit_event', { chat_id: support, event_id: second.quoted_event?.id ?? '', text: 'edited' }),
    () => org.act(ann, 'edit_event', { chat_id: support, event_id: second.id, text: 'edited too' }),
  ],
  event_deleted: () => [
    support,
    () => org.act(ann, 'delete_event', { chat_id: support, event_id: second.quoted_event?.id ?? '' }),
    () => org.act(ann, 'delete_event', { chat_id: support, event_id: second.id }),
  ],
  reaction_added: () => [
    group,
    () => org.act(ben, 'add_reaction', { chat_id: group, event_id: first.id, emoji: '👍' }),
    () => org.act(ann, 'add_reaction', { chat_id: group, event_id: first.id, emoji: '👍' }),
  ],
  reaction_removed: () => [
    group,
    () => org.act(ben, 'add_reaction', { chat_id: group, event_id: first.id, emoji: '👍' }),
    () => org.act(ben, 'remove_reaction', { chat_id: group, event_id: first.id, emoji: '👍' }),
  ],
  chat_updated: () => [
    group,
    () => org.serve('update_chat', { chat_id: group, name: 'Trip', avatar: 'https://a.test/a.png', user_limit: 9, settings: { a: 1 } }),
    () => org.serve('update_chat', { chat_id: group, name: null, settings: null, joinable: false }),
  ],
  chat_deactivated: () => [support, () => org.act(robin, 'deactivate_chat', { id: support })],
  user_added_to_chat: () => [group, () => org.serve('add_users_to_chat', { chat_id: group, user_ids: ['cleo', 'robin'], role: 'admin' })],
  user_removed_from_chat: () => [
    group,
    () => org.serve('add_users_to_chat', { chat_id: group, user_ids: ['cleo'] }),
    () => org.serve('remove_user_from_chat', { chat_id: group, user_id: 'cleo' }),
  ],
  events_marked_as_seen: () => [
    group,
    () => org.act(ben, 'mark_events_as_seen', { chat_id: group }),
    () => say(ann, group, 'another'),
    () => org.act(ben, 'mark_events_as_seen', { chat_id: group }),
  ],
  chat_properties_updated: () => [
    group,
    () => org.act(ann, 'update_chat_properties', { id: group, properties: { a: { x: 1 }, b: { y: 2 } } }),
    () => org.act(ben, 'update_chat_properties', { id: group, properties: { a: { z: 3 } } }),
  ],
  chat_properties_deleted: () => [
    group,
    () => org.act(ann, 'update_chat_properties', { id: group, properties: { a: { x: 1, y: 2 }, b: { y: 2 } } }),
    () => org.act(ben, 'delete_chat_properties', { id: group, properties: { a: ['x'], b: ['y'] } }),
  ],
  thread_properties_updated: () => [group, () => onThread('update_thread_properties', { a: { x: 1 } })],
  thread_properties_deleted: () => [
    group,
    () => onThread('update_thread_properties', { a: { x: 1, y: 2 } }),
    () => onThread('delete_thread_properties', { a: ['x'] }),
  ],
  event_properties_updated: () => [group, () => onEvent('update_event_properties', { a: { x: 1 } })],
  event_properties_deleted: () => [
    group,
    () => onEvent('update_event_properties', { a: { x: 1, y: 2 } }),
    () => onEvent('delete_event_properties', { a: ['x'] }),
  ],
  chat_rated: () => [
    support,
    () => org.act(ann, 'rate_chat', { chat_id: support, rating: { value: 'good', comment: 'thanks' } }),
    () => org.act(ann, 'rate_chat', { chat_id: support, rating: null }),
  ],
}

const onThread = (action: 'update_thread_properties' | 'delete_thread_properties', properties: object) =>
  org.act(ann, action, { chat_id: group, thread_id: first.thread_id, properties: properties as never })
const onEvent = (action: 'update_event_properties' | 'delete_event_properties', properties: object) =>
  org.act(ann, action, { chat_id: group, thread_id: first.thread_id, event_id: first.id, properties: properties as never })

/** A chat that is gone is not fetched any more, and what was not seen says nothing. */
const APART = ['chat_deleted', 'event_unseen']

describe('[LOG3, EDT1] entries that are followed', () => {
  it('are of every kind that there is', () => {
    expect(Object.keys(DEEDS).sort()).toEqual(
      Object.keys(LOG_PUSHES)
        .filter((name) => !APART.includes(name))
        .sort(),
    )
  })

  it.each(Object.keys(DEEDS))('lead to what is fetched anew: %s', (kind) => follow(kind, DEEDS[kind]?.() ?? ['']))

  it('[BOT7] lead to what is fetched anew: a bot that goes', async () => {
    const lumi = await org.bot('lumi')
    const handOver = () => org.act(lumi, 'hand_over_chat', { chat_id: support, summary: 'Wants a person.' })
    // Customers are not told how long they wait.
    await follow('user_removed_from_chat', [support, () => say(lumi, support, 'An answer'), handOver], [robin])
  })

  async function follow(kind: string, [chat_id, ...deeds]: readonly [chat: string, ...deeds: Deed[]], by?: Principal[]): Promise<void> {
    const readers = by ?? [ann, chat_id === support ? robin : ben]
    const held = await Promise.all(readers.map(async (who) => ({ who, stale: await fetched(who, chat_id) })))
    for (const deed of deeds) await deed()
    for (const { who, stale } of held) {
      const { entries } = await org.act(who, 'sync', { chat_id, after: stale.chat.seq })
      const told = entries as LogPush[]
      expect(told.map(({ action }) => action)).toContain(kind)
      const now = followed(stale, told, who.id)
      expect(plain(byId(now))).toEqual(plain(byId(await fetched(who, chat_id))))
    }
  }
})
