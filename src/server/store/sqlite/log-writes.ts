/** What each write means for a chat: the entries it makes, and what they do to the rows that are folded from the log. */
import type { LogWrite } from '../change.ts'
import type { ChatRow, EventRow, ThreadRow } from '../rows.ts'
import { type Draft, Stale } from './draft.ts'
import type { Place } from './entries.ts'
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
  else markSeen(tables, draft, write)
}

/** The chat itself makes no entry: its log begins with whatever comes first. */
export function newChat({ chat_id, organization_id, kind, properties, created_by }: Of<'create_chat'>, at: number): ChatRow {
  return {
    id: chat_id,
    organization_id,
    kind,
    properties,
    seq_agents: 0,
    seq_public: 0,
    active_thread_id: null,
    last_thread_id: null,
    thread_count: 0,
    last_at: at,
    activity_public_at: at,
    activity_agents_at: at,
    waiting_since: null,
    created_by,
    created_at: at,
  }
}

export function addFirstMembers(tables: Tables, draft: Draft, { members }: Of<'create_chat'>): void {
  const { id: chat_id, kind, created_at } = draft.chat
  for (const { user_id, user_type } of members) {
    tables.stays.begin({ chat_id, kind, member: { user_id, user_type }, joined_seq: 0, from: BEGINNING })
    tables.receipts.begin(chat_id, user_id, NOTHING_SEEN)
    draft.userEntries.push(tables.userLog.append(user_id, 'chat_added', chat_id, created_at))
  }
}

/** LOG10: a thread is opened only where none is active, and it is the last. */
function openThread(draft: Draft, { chat_id, thread_id, by, properties }: Of<'open_thread'>): void {
  const { chat } = draft
  if (chat.active_thread_id !== null) throw new Stale()
  if (chat.last_thread_id !== null) draft.thread(chat.last_thread_id).next_thread_id = thread_id
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
    previous_thread_id: chat.last_thread_id,
    next_thread_id: null,
  }
  draft.openThread(row, draft.head())
  chat.active_thread_id = thread_id
  chat.last_thread_id = thread_id
  chat.thread_count += 1
}

function closeThread(draft: Draft, { thread_id, by }: Of<'close_thread'>): void {
  const { chat } = draft
  if (chat.active_thread_id !== thread_id) throw new Stale()
  const thread = draft.thread(thread_id)
  const { created_at } = draft.append({ kind: 'thread_closed', audience: 'all', thread_id, actor_id: by })
  thread.active = false
  thread.closed_at = created_at
  chat.active_thread_id = null
  chat.waiting_since = null
}

/** Events go into the last thread only, so that a thread's events lie together in the log. */
function addEvent(tables: Tables, draft: Draft, write: Of<'add_event'>): void {
  const { thread_id, type, audience, author_id, custom_id, text, content, properties } = write
  if (draft.chat.last_thread_id !== thread_id) throw new Stale()
  const thread = draft.thread(thread_id)
  const id = audience === 'all' ? `${thread_id}_${++thread.events_public}` : `${thread_id}_a${++thread.events_agents}`
  const event = draft.bring({
    ...{ id, chat_id: draft.chat.id, thread_id, audience, type },
    ...{ author_id, custom_id, text, content, properties },
  })
  if (audience === 'all') takePart(thread, author_id)
  foldEvent(draft, event, write.waiting)
  if (author_id !== null) moveOwnMark(tables, event, author_id)
}

const takePart = (thread: ThreadRow, user_id: string | null): void => {
  if (user_id !== null && !thread.user_ids.includes(user_id)) thread.user_ids.push(user_id)
}

/** LOG8: a note moves only what agents see. */
function foldEvent({ chat, latest }: Draft, event: EventRow, waiting: Of<'add_event'>['waiting']): void {
  const all = event.audience === 'all'
  const before = latest[event.type]?.[1] ?? 0
  latest[event.type] = [event.seq_agents, all ? event.seq_agents : before]
  chat.activity_agents_at = event.created_at
  if (all) chat.activity_public_at = event.created_at
  if (waiting === 'starts') chat.waiting_since ??= event.created_at
  if (waiting === 'ends') chat.waiting_since = null
}

/** SEE3. By a note the author's public mark does not move: it would tell the customer that there was one. */
function moveOwnMark(tables: Tables, { chat_id, seq_agents, seq_public, created_at }: EventRow, user_id: string): void {
  if (seq_public !== null) tables.receipts.put({ chat_id, user_id, seq_agents, seq_public, seen_up_to: created_at })
  else tables.receipts.begin(chat_id, user_id, { agents: seq_agents, public: 0 })
}

function addUser(tables: Tables, draft: Draft, { chat_id, user_id, user_type, by, history }: Of<'add_user'>): void {
  const { chat } = draft
  if (tables.stays.present(chat_id, user_id)) return
  const entry = draft.append({ kind: 'user_added', audience: 'all', user_id, actor_id: by })
  const joining = { chat_id, kind: chat.kind, member: { user_id, user_type }, joined_seq: entry.seq_agents }
  tables.stays.begin({ ...joining, from: history ? BEGINNING : draft.head() })
  tables.receipts.begin(chat_id, user_id, history ? NOTHING_SEEN : draft.head())
  if (chat.active_thread_id !== null) takePart(draft.thread(chat.active_thread_id), user_id)
  draft.userEntries.push(tables.userLog.append(user_id, 'chat_added', chat_id, entry.created_at))
}

/** MEM5: the entry that says so is the last of the stay. */
function removeUser(tables: Tables, draft: Draft, { chat_id, user_id, by }: Of<'remove_user'>): void {
  const member = tables.stays.present(chat_id, user_id)
  if (!member) return
  const entry = draft.append({ kind: 'user_removed', audience: 'all', user_id, actor_id: by })
  tables.stays.end(chat_id, user_id, draft.head())
  draft.removed.push(member)
  draft.userEntries.push(tables.userLog.append(user_id, 'chat_removed', chat_id, entry.created_at))
}

/** SEE1, SEE5: each part of the mark moves forward or stays, and the public one stands on an event for all; customers hear only of that. */
function markSeen(tables: Tables, draft: Draft, { chat_id, user_id, seq_agents }: Of<'mark_seen'>): void {
  const old = tables.receipts.get(chat_id, user_id)
  const asked = Math.min(seq_agents, draft.chat.seq_agents)
  const [event] = tables.events.newest(chat_id, 'public', { after: 0, before: draft.publicAt(asked) + 1 }, 1)
  const seen = { agents: Math.max(asked, old?.seq_agents ?? 0), public: Math.max(event?.seq_public ?? 0, old?.seq_public ?? 0) }
  const movesPublic = seen.public > (old?.seq_public ?? 0)
  if (!movesPublic && seen.agents === (old?.seq_agents ?? 0)) return
  const seen_up_to = (movesPublic ? event?.created_at : old?.seen_up_to) ?? null
  const mark = { seq_agents: seen.agents, seq_public: seen.public, seen_up_to }
  tables.receipts.put({ chat_id, user_id, ...mark })
  draft.append({ kind: 'seen', audience: movesPublic ? 'all' : 'agents', user_id, actor_id: user_id, mark })
}
