/** What each write means for a chat: the entries it makes, and what they do to the rows that are folded from the log. */
import type { EventRef, LogWrite } from '../change.ts'
import type { EventRow, ThreadRow } from '../rows.ts'
import type { StoredChat } from './chats.ts'
import { type Draft, Stale } from './draft.ts'
import { applyEdit } from './edits.ts'
import type { Place } from './entries.ts'
import { heldBy, numberOf } from './properties.ts'
import { entryMark, moveMark, placeOfMark } from './receipts.ts'
import type { Tables } from './tables.ts'

/** Writes to a chat that exists. */
export type ChatWrite = Exclude<LogWrite, { write: 'create_chat' | 'profile_updated' }>
type Of<W extends LogWrite['write']> = Extract<LogWrite, { write: W }>

const BEGINNING: Place = { agents: 1, public: 1 }
const NOTHING_SEEN: Place = { agents: 0, public: 0 }

export function applyWrite(tables: Tables, draft: Draft, write: ChatWrite): void {
  if (write.write === 'add_event') addEvent(tables, draft, write)
  else if (write.write === 'open_thread') openThread(draft, write)
  else if (write.write === 'close_thread') closeThread(draft, write)
  else if (write.write === 'add_user') addUser(tables, draft, write)
  else if (write.write === 'remove_user') removeUser(tables, draft, write)
  else if (write.write === 'mark_seen') markSeen(draft, write)
  else if (write.write === 'set_properties') setProperties(tables, draft, write)
  else if (write.write === 'rate_thread') rateThread(draft, write)
  else applyEdit(tables, draft, write)
}

/** The chat itself makes no entry: its log begins with whatever comes first. */
export function newChat(write: Of<'create_chat'>, at: number): StoredChat {
  const { chat_id, organization_id, kind, name, joinable, history, properties, created_by, members } = write
  const { avatar = null, user_limit = null, settings = null } = write
  return {
    row: {
      ...{ id: chat_id, organization_id, kind, name, joinable, history, avatar, user_limit, settings, properties },
      ...{ seq_agents: 0, seq_public: 0 },
      ...{ active_thread_id: null, last_thread_id: null, thread_count: 0 },
      ...{ last_at: at, activity_public_at: at, activity_agents_at: at, waiting_since: null, created_by, deleted_at: null, created_at: at },
    },
    fold: {
      thread: null,
      members: Object.fromEntries(members.map(({ user_id, user_type }) => [user_id, user_type])),
      latest: {},
      marks: Object.fromEntries(members.map(({ user_id }) => [user_id, [0, 0, null]])),
    },
  }
}

export function beginFirstStays(tables: Tables, draft: Draft, { chat_id, kind, members }: Of<'create_chat'>): void {
  for (const { user_id, user_type, role = null } of members) {
    tables.stays.begin({ chat_id, chat_kind: kind, user_id, user_type, role, joined_seq: 0, from: BEGINNING })
    draft.userEntries.push(tables.userLog.append(user_id, 'chat_added', chat_id, draft.row.created_at))
  }
}

/** LOG10: a thread is opened only where none is active, and it is the last. */
function openThread(draft: Draft, { chat_id, thread_id, by, properties }: Of<'open_thread'>): void {
  const chat = draft.row
  if (chat.active_thread_id !== null) throw new Stale()
  const { created_at } = draft.append({ kind: 'thread_opened', audience: 'all', thread_id, actor_id: by })
  const row: ThreadRow = {
    id: thread_id,
    chat_id,
    order: chat.thread_count + 1,
    active: true,
    created_at,
    closed_at: null,
    user_ids: by === null ? [] : [by],
    events_public: 0,
    events_agents: 0,
    properties,
    rating: null,
    previous_thread_id: chat.last_thread_id,
    next_thread_id: null,
  }
  draft.openThread(row)
  chat.active_thread_id = thread_id
  chat.last_thread_id = thread_id
  chat.thread_count += 1
}

function closeThread(draft: Draft, { thread_id, by }: Of<'close_thread'>): void {
  const { row: chat, fold } = draft
  if (!fold.thread?.active || fold.thread.id !== thread_id) throw new Stale()
  const { created_at } = draft.append({ kind: 'thread_closed', audience: 'all', thread_id, actor_id: by })
  fold.thread.active = false
  fold.thread.closed_at = created_at
  chat.active_thread_id = null
  chat.waiting_since = null
}

/** Events go into the last thread only, so that a thread's events lie together in the log. */
function addEvent(tables: Tables, draft: Draft, write: Of<'add_event'>): void {
  const { thread_id, type, audience, author_id, custom_id, text, content, properties, fingerprint, mentions = null } = write
  const { quick_replies = null, streaming_at = null } = write
  const { thread, marks } = draft.fold
  if (thread?.id !== thread_id) throw new Stale()
  const files = write.file_ids.map((file_id) => tables.files.take(file_id) ?? isStale())
  const links = { reply_to: linked(tables, draft, write.reply_to ?? null), quotes: linked(tables, draft, write.quotes ?? null) }
  const id = audience === 'all' ? `${thread_id}_${++thread.events_public}` : `${thread_id}_a${++thread.events_agents}`
  const named = { id, chat_id: draft.row.id, thread_id, audience, type, author_id, custom_id }
  const parent = links.reply_to === null ? null : tables.events.parentOf(links.reply_to)
  const quoted = links.quotes === null ? null : tables.events.quotedOf(links.quotes)
  const said = { text, content, files, properties, mentions, quick_replies, streaming_at }
  const event = draft.bring({ ...named, ...said, parent, quoted }, { fingerprint, links })
  if (write.tells) draft.mention(write.tells, event)
  foldEvent(draft, event, write.waiting)
  if (author_id === null) return
  if (audience === 'all') takePart(thread, author_id)
  // SEE3. By a note the author's public mark does not move: that would tell the customer that there was one.
  moveMark(marks, author_id, { agents: event.seq_agents, public: event.seq_public ?? 0 }, event.created_at)
}

/** The number of another event of the chat. */
const linked = (tables: Tables, { row }: Draft, ref: EventRef | null): number | null =>
  ref && (numberOf(tables, row.id, ref.thread_id, ref.event_id) ?? isStale())

function isStale(): never {
  throw new Stale()
}

const takePart = (thread: ThreadRow, user_id: string): void => {
  if (!thread.user_ids.includes(user_id)) thread.user_ids.push(user_id)
}

/** LOG8: a note moves only what agents see. Nobody waits in a chat that is closed. */
function foldEvent({ row: chat, fold: { latest } }: Draft, event: EventRow, waiting: Of<'add_event'>['waiting']): void {
  const all = event.audience === 'all'
  const before = latest[event.type]?.[1] ?? 0
  latest[event.type] = [event.seq_agents, all ? event.seq_agents : before]
  chat.activity_agents_at = event.created_at
  if (all) chat.activity_public_at = event.created_at
  if (waiting === 'starts' && chat.active_thread_id !== null) chat.waiting_since ??= event.created_at
  if (waiting === 'ends') chat.waiting_since = null
}

function addUser(tables: Tables, draft: Draft, { chat_id, user_id, user_type, by, history, ...write }: Of<'add_user'>): void {
  const { members, marks, thread } = draft.fold
  if (user_id in members) return
  const entry = draft.append({ kind: 'user_added', audience: 'all', user_id, actor_id: by })
  const from = history ? BEGINNING : draft.head()
  tables.stays.begin({
    chat_id,
    chat_kind: draft.row.kind,
    user_id,
    user_type,
    role: write.role ?? null,
    joined_seq: entry.seq_agents,
    from,
  })
  members[user_id] = user_type
  // Without history nothing up to the joining is unread.
  moveMark(marks, user_id, history ? NOTHING_SEEN : from, null)
  if (thread?.active) takePart(thread, user_id)
  draft.userEntries.push(tables.userLog.append(user_id, 'chat_added', chat_id, entry.created_at))
}

/** MEM5: the entry that says so is the last of the stay. */
function removeUser(tables: Tables, draft: Draft, { chat_id, user_id, by, waiting }: Of<'remove_user'>): void {
  const user_type = draft.fold.members[user_id]
  if (user_type === undefined) return
  const entry = draft.append({ kind: 'user_removed', audience: 'all', user_id, actor_id: by })
  tables.stays.end(chat_id, user_id, draft.head())
  delete draft.fold.members[user_id]
  draft.removed[user_id] = user_type
  if (waiting === 'starts' && draft.row.active_thread_id !== null) draft.row.waiting_since ??= entry.created_at
  draft.userEntries.push(tables.userLog.append(user_id, 'chat_removed', chat_id, entry.created_at))
}

/**
 * SEE1: each part of the mark moves forward or stays. SEE5: the public part moves when an event for all was passed, and
 * only then do customers hear of it.
 */
function markSeen(draft: Draft, { user_id, seq_agents }: Of<'mark_seen'>): void {
  const { marks } = draft.fold
  const old = placeOfMark(marks, user_id)
  const agents = Math.min(seq_agents, draft.row.seq_agents)
  const seen = draft.lastForAll(agents)
  const forAll = seen !== null && seen.public > old.public
  if (!forAll && agents <= old.agents) return
  moveMark(marks, user_id, { agents, public: forAll ? seen.public : old.public }, seen?.created_at ?? null)
  draft.append({ kind: 'seen', audience: forAll ? 'all' : 'agents', user_id, actor_id: user_id, mark: entryMark(marks, user_id) })
}

function setProperties(tables: Tables, draft: Draft, { kind, names, properties, by, ...holder }: Of<'set_properties'>): void {
  const held = heldBy(tables, draft, holder)
  if (!held) throw new Stale()
  held.set(properties)
  const { audience, event_number } = held
  draft.append({ kind: `properties_${kind}`, audience, thread_id: holder.thread_id, event_number, names, actor_id: by })
}

function rateThread(draft: Draft, { thread_id, rating, by }: Of<'rate_thread'>): void {
  const thread = draft.thread(thread_id)
  if (!thread) throw new Stale()
  if (thread.rating?.value === rating?.value && thread.rating?.comment === rating?.comment) return
  thread.rating = rating
  draft.append({ kind: 'rated', audience: 'all', thread_id, actor_id: by, value: rating?.value ?? null })
}
