/** Entries of the logs, shaped as the pushes that readers get: live, in a response, and in a catch-up alike. */
import type { LogPush, UserPush } from '../../protocol/pushes.ts'
import type { Rating } from '../../protocol/ratings.ts'
import type { Committed, LogEntry } from '../store/change.ts'
import type { UserEntryRow } from '../store/rows.ts'
import { type Context, type Reader, type Reads, readerOf } from './context.ts'
import {
  amendsParent,
  presentChatUser,
  presentCustomer,
  presentEvent,
  presentQuoted,
  presentReactions,
  presentThread,
  seqOf,
  time,
} from './present.ts'
import { chatNotFound } from './refusal.ts'
import { peopleOf, readChat, saidOf } from './summaries.ts'

/** LOG8: whether the reader's sequence has the entry at all. */
export const isVisible = (entry: LogEntry, reader: Reader): boolean => reader.view === 'agents' || entry.seq_public !== null

/**
 * The reader, with the beginning of their stay where the entry may be about something before it: an event that was there, or
 * one that is quoted. Support chats are read from their beginning.
 */
export async function readerAt(store: Reads, entry: LogEntry, reader: Reader): Promise<Reader> {
  if (!isOfEarlier(entry)) return reader
  const stays = await store.stays(entry.chat_id, reader.user_id)
  return { ...reader, from: stays.at(-1)?.from_agents ?? 1 }
}

/** Whether it depends on the reader's stay what is told of it. */
export const isOfEarlier = ({ chat_kind, kind, event }: LogEntry): boolean =>
  chat_kind !== 'support' && event !== null && (kind !== 'event_added' || event.quoted !== null)

/** MEM4: it happened within the reader's stay, to an event from before it. */
const isUnseen = ({ kind, event }: LogEntry, { from }: Reader): boolean =>
  kind !== 'event_added' && event !== null && event.seq_agents < from

/**
 * Two readers with the same key get the same shape, so it is made and serialised once for both. Only an opened chat,
 * with its unread count, what one says of oneself, and a client's own custom id differ between readers of one view, addresses
 * between those who reach the server in different ways, and what is told of earlier events between those who came before and after.
 */
export function shapeKey(entry: LogEntry, reader: Reader): string {
  const { kind, event, user_id } = entry
  const own = event?.author_id === reader.user_id || (kind === 'user_added' && user_id === reader.user_id)
  const personal = kind === 'thread_opened' || own
  const quoted = event?.quoted && event.quoted.seq_agents >= reader.from
  return `${reader.view} ${reader.files.base} ${personal ? reader.user_id : ''} ${isUnseen(entry, reader)} ${quoted}`
}

export async function shapeEntry(store: Reads, organization_id: string, entry: LogEntry, reader: Reader): Promise<LogPush> {
  const base = { chat_id: entry.chat_id, seq: seqOf(entry, reader.view), created_at: time(entry.created_at) }
  const by = entry.actor_id === null ? {} : { requester_id: entry.actor_id }
  if (isUnseen(entry, reader)) return { action: 'event_unseen', payload: base }
  const done = { ...base, thread_id: entry.thread_id ?? '', ...(entry.actor_id === null ? {} : { user_id: entry.actor_id }) }
  switch (entry.kind) {
    case 'event_added':
      return {
        action: 'incoming_event',
        payload: { ...base, ...shownEvent(entry, reader) },
      }
    case 'event_updated':
    case 'event_deleted':
      return { action: entry.kind, payload: { ...base, ...shownEvent(entry, reader), ...quote(entry, reader), ...by } }
    case 'reaction_added':
    case 'reaction_removed':
      return { action: entry.kind, payload: { ...base, ...reaction(entry) } }
    case 'chat_updated':
      return { action: 'chat_updated', payload: { ...base, ...(await described(store, organization_id, entry)), ...by } }
    case 'chat_deleted':
      return { action: 'chat_deleted', payload: { ...base, ...by } }
    case 'thread_opened':
      return { action: 'incoming_chat', payload: { ...base, ...(await openedChat(store, organization_id, entry, reader)), ...by } }
    case 'thread_closed':
      return { action: 'chat_deactivated', payload: done }
    case 'user_added':
      return { action: 'user_added_to_chat', payload: { ...base, user: await joined(store, organization_id, entry, reader), ...by } }
    case 'user_removed':
      return { action: 'user_removed_from_chat', payload: { ...base, user_id: entry.user_id ?? '', ...by } }
    case 'seen':
      return { action: 'events_marked_as_seen', payload: { ...base, ...seenMark(entry, reader) } }
    case 'properties_updated':
    case 'properties_deleted':
      return shapeProperties(entry, { ...base, ...by })
    case 'rated':
      return { action: 'chat_rated', payload: { ...done, rating: ratingOf(entry) } }
  }
}

function shownEvent(entry: LogEntry, reader: Reader) {
  const event = required(entry.event, entry)
  return { thread_id: event.thread_id, event: presentEvent(event, reader), ...amendsParent(event) }
}

const quote = (entry: LogEntry, reader: Reader) => ({ quote: presentQuoted(required(entry.event, entry), reader) })

function reaction(entry: LogEntry) {
  const event = required(entry.event, entry)
  const { user_id, value } = entry
  const amends = { id: event.id, reactions: presentReactions(event) }
  return { thread_id: event.thread_id, event_id: event.id, user_id: user_id ?? '', emoji: value ?? '', amends }
}

/** RAT3: a comment that is there no longer is in no replay. */
function ratingOf({ value, thread }: LogEntry): Rating | null {
  if (value === null) return null
  const now = thread?.rating
  return now?.value === value ? now : { value: value as Rating['value'] }
}

/** PRO3: the values of now, so that what was deleted is in no replay. */
function shapeProperties({ kind, thread_id, event_id, names, properties }: LogEntry, base: object): LogPush {
  const holder = event_id !== null ? 'event' : thread_id !== null ? 'thread' : 'chat'
  const place = { ...(thread_id === null ? {} : { thread_id }), ...(event_id === null ? {} : { event_id }) }
  const said = kind === 'properties_updated' ? properties : names
  return { action: `${holder}_${kind}`, payload: { ...base, ...place, properties: said } } as LogPush
}

/** The answer of a change that is all in its entries. */
export const entriesAnswer = async (ctx: Context, { entries }: Committed): Promise<{ entries: LogPush[] }> => ({
  entries: await shapeEntries(ctx.store, ctx.principal.organization_id, entries, readerOf(ctx)),
})

export async function shapeEntries(
  store: Reads,
  organization_id: string,
  entries: readonly LogEntry[],
  reader: Reader,
): Promise<LogPush[]> {
  const shaped: LogPush[] = []
  for (const entry of entries) {
    if (isVisible(entry, reader)) shaped.push(await shapeEntry(store, organization_id, entry, await readerAt(store, entry, reader)))
  }
  return shaped
}

export async function shapeUserEntry(store: Reads, organization_id: string, entry: UserEntryRow, reader: Reader): Promise<UserPush | null> {
  const base = { user_seq: entry.seq }
  switch (entry.kind) {
    case 'chat_added':
      return { action: 'user_chat_added', payload: { ...base, chat_id: entry.chat_id ?? '' } }
    case 'chat_removed':
      return { action: 'user_chat_removed', payload: { ...base, chat_id: entry.chat_id ?? '' } }
    case 'mentioned': {
      const { chat_id, event_id, author_id } = entry
      // Of a chat that is gone by now nothing is told.
      if (chat_id === null || event_id === null) return null
      return { action: 'user_mentioned', payload: { ...base, chat_id, event_id, ...(author_id === null ? {} : { author_id }) } }
    }
    case 'profile_updated': {
      const row = await store.customer(organization_id, entry.user_id)
      return row && { action: 'customer_updated', payload: { ...base, customer: presentCustomer(row, reader.view) } }
    }
  }
}

async function openedChat(store: Reads, organization_id: string, entry: LogEntry, reader: Reader) {
  const chat = await store.chat(organization_id, entry.chat_id)
  if (!chat) throw chatNotFound('tell of a chat')
  return { chat: await readChat(store, chat, reader), thread: presentThread(required(entry.thread, entry), reader.view) }
}

/** As it is now; nothing of a chat that was deleted since. */
async function described(store: Reads, organization_id: string, { chat_id }: LogEntry) {
  const chat = await store.chat(organization_id, chat_id)
  return chat && saidOf(chat)
}

async function joined(store: Reads, organization_id: string, entry: LogEntry, reader: Reader) {
  const id = entry.user_id ?? ''
  const user = (await peopleOf(store, organization_id, [id], reader)).get(id)
  const stays = await store.stays(entry.chat_id, id)
  const shown = presentChatUser(required(user ?? null, entry), stays.at(-1)?.role ?? null, true, undefined, reader.view)
  // To who reads from here on nothing up to here is unread.
  const fromHere = stays.some(({ from_agents }) => from_agents === entry.seq_agents)
  return fromHere ? { ...shown, seen_seq: seqOf(entry, reader.view) } : shown
}

function seenMark(entry: LogEntry, reader: Reader) {
  const mark = required(entry.mark, entry)
  return {
    user_id: entry.user_id ?? '',
    seen_seq: reader.view === 'agents' ? mark.seq_agents : mark.seq_public,
    ...(mark.seen_up_to === null ? {} : { seen_up_to: time(mark.seen_up_to) }),
  }
}

function required<T>(part: T | null, entry: LogEntry): T {
  if (part === null) throw new Error(`entry ${entry.seq_agents} of chat ${entry.chat_id} (${entry.kind}) lacks what it names`)
  return part
}
