/** Entries with the rows they name, so that shaping them needs no further reading. */
import type { LogEntry } from '../change.ts'
import type { ChatRow, EventRow, ThreadRow } from '../rows.ts'
import type { StoredChat } from './chats.ts'
import type { StoredEntry } from './entries.ts'
import { named } from './properties.ts'
import type { Tables } from './tables.ts'

/** Without what only this store knows of an entry. Named one by one: leaving fields out of a copy is slow, and every entry comes by. */
export const enriched = (stored: StoredEntry, event: EventRow | null, thread: ThreadRow | null, chat: ChatRow): LogEntry => ({
  chat_id: stored.chat_id,
  seq_agents: stored.seq_agents,
  seq_public: stored.seq_public,
  kind: stored.kind,
  audience: stored.audience,
  thread_id: stored.thread_id,
  user_id: stored.user_id,
  actor_id: stored.actor_id,
  mark: stored.mark,
  names: stored.names,
  value: stored.value,
  created_at: stored.created_at,
  event_id: event?.id ?? null,
  event,
  thread,
  chat_kind: chat.kind,
  properties: stored.names && named((event ?? thread ?? chat).properties ?? {}, stored.names),
})

/** Entries of one chat, each thread read once. */
export function enrich(tables: Tables, { row, fold }: StoredChat, stored: readonly StoredEntry[]): LogEntry[] {
  const ids = [...new Set(stored.flatMap(({ thread_id }) => thread_id ?? []))]
  const threads = new Map(tables.threads.ofIds(row.id, ids, fold.thread).map((thread) => [thread.id, thread]))
  return stored.map((entry) => {
    const event = entry.event_number === null ? null : tables.events.byNumber(entry.event_number)
    return enriched(entry, event, threads.get(entry.thread_id ?? '') ?? null, row)
  })
}
