/** Entries of chats' logs: narrow rows that name what they are about. Whoever sees an entry is told by its numbers: notes have no public one. */
import type { EntryRow, LogKind } from '../rows.ts'
import type { View } from '../store.ts'
import type { Driver } from './driver.ts'

/** A place of a chat's log, in both sequences. */
export interface Place {
  readonly agents: number
  readonly public: number
}

/** An entry that names its event by the event's own number in the agents' sequence. */
export interface StoredEntry extends Omit<EntryRow, 'event_id'> {
  event_seq: number | null
}

interface Columns extends Omit<StoredEntry, 'audience' | 'mark' | 'kind'> {
  kind: LogKind
  mark_agents: number | null
  mark_public: number | null
  mark_time: number | null
}

export function openEntries(db: Driver) {
  const insertion = db.prepare(`
    INSERT INTO entries (chat_id, seq_agents, seq_public, kind, thread_id, event_seq, user_id, actor_id, mark_agents, mark_public,
      mark_time, created_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const range = {
    agents: db.prepare<Columns>(
      'SELECT * FROM entries WHERE chat_id = ? AND seq_agents > ? AND seq_agents <= ? ORDER BY seq_agents LIMIT ?',
    ),
    public: db.prepare<Columns>(
      'SELECT * FROM entries WHERE chat_id = ? AND seq_public > ? AND seq_public <= ? ORDER BY seq_public LIMIT ?',
    ),
  }
  const publicAt = db.prepare<{ seq: number }>(`
    SELECT seq_public AS seq FROM entries WHERE chat_id = ? AND seq_agents <= ? AND seq_public IS NOT NULL
    ORDER BY seq_agents DESC LIMIT 1`)
  const agentsAt = db.prepare<{ seq: number }>('SELECT seq_agents AS seq FROM entries WHERE chat_id = ? AND seq_public = ?')
  const timeAt = db.prepare<{ time: number }>('SELECT created_at AS time FROM entries WHERE chat_id = ? AND seq_agents = ?')
  return {
    insert(entry: StoredEntry): void {
      const { chat_id, seq_agents, seq_public, kind, thread_id, event_seq, user_id, actor_id, mark, created_at } = entry
      const [agents, all, time] = mark ? [mark.seq_agents, mark.seq_public, mark.seen_up_to] : [null, null, null]
      insertion.run(chat_id, seq_agents, seq_public, kind, thread_id, event_seq, user_id, actor_id, agents, all, time, created_at)
    },
    /** Entries above `after` and up to `to`, oldest first. */
    range: (chat_id: string, view: View, after: number, to: number, limit: number): StoredEntry[] =>
      range[view].all(chat_id, after, to, limit).map(entryOf),
    /** The public number of the newest entry for all at or before this place of the agents' sequence. */
    publicAt: (chat_id: string, seq_agents: number): number => publicAt.get(chat_id, seq_agents)?.seq ?? 0,
    agentsAt: (chat_id: string, seq_public: number): number => agentsAt.get(chat_id, seq_public)?.seq ?? 0,
    /** The last entry of this time or before. Times never go back (LOG5) and numbers have no holes, so it is found by halving. */
    lastAt(chat_id: string, time: number, head: number): number {
      let [found, beyond] = [0, head + 1]
      while (beyond - found > 1) {
        const middle = (found + beyond) >> 1
        if ((timeAt.get(chat_id, middle)?.time ?? 0) <= time) found = middle
        else beyond = middle
      }
      return found
    },
  }
}

const entryOf = (columns: Columns): StoredEntry => ({
  chat_id: columns.chat_id,
  seq_agents: columns.seq_agents,
  seq_public: columns.seq_public,
  kind: columns.kind,
  audience: columns.seq_public === null ? 'agents' : 'all',
  thread_id: columns.thread_id,
  event_seq: columns.event_seq,
  user_id: columns.user_id,
  actor_id: columns.actor_id,
  mark: markOf(columns),
  created_at: columns.created_at,
})

const markOf = ({ mark_agents, mark_public, mark_time }: Columns): EntryRow['mark'] =>
  mark_agents === null ? null : { seq_agents: mark_agents, seq_public: mark_public ?? 0, seen_up_to: mark_time }
