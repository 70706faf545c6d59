/** Entries of chats' logs: narrow rows that name what they are about. */
import { MAX_UNREAD } from '../../../protocol/limits.ts'
import type { Audience, EntryRow, LogKind } from '../rows.ts'
import type { EntriesOfKinds, View } from '../store.ts'
import type { Driver } from './driver.ts'

/** A place of a chat's log, in both sequences. */
export interface Place {
  readonly agents: number
  readonly public: number
}

/** An entry that names its event by the number of the event's row, and knows where the public sequence ends with it. */
export interface StoredEntry extends Omit<EntryRow, 'event_id'> {
  event_number: number | null
  head_public: number
}

interface Columns extends Omit<StoredEntry, 'seq_public' | 'mark' | 'names' | 'kind' | 'audience'> {
  kind: LogKind
  audience: Audience
  mark_agents: number | null
  mark_public: number | null
  mark_time: number | null
  names: string | null
}

export function openEntries(db: Driver) {
  const insertion = db.prepare(`
    INSERT INTO entries (chat_id, seq_agents, head_public, audience, kind, thread_id, event_number, user_id, actor_id, mark_agents,
      mark_public, mark_time, names, value, created_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const at = db.prepare<{ head_public: number; created_at: number }>(
    'SELECT head_public, created_at FROM entries WHERE chat_id = ? AND seq_agents = ?',
  )
  const range = (seen: string) =>
    db.prepare<Columns>(
      `SELECT * FROM entries WHERE chat_id = ? AND seq_agents > ? AND seq_agents <= ? ${seen} ORDER BY seq_agents LIMIT ?`,
    )
  const ofKinds = ['', 'AND actor_id = ?'].map((by) =>
    db.prepare<Columns>(
      `SELECT * FROM entries WHERE chat_id = ? AND seq_agents > ? AND kind IN (SELECT value FROM json_each(?)) ${by} ORDER BY seq_agents LIMIT ?`,
    ),
  )
  const unread = (seen: string) =>
    db.prepare<{ unread: number }>(`
      SELECT count(*) AS unread FROM (SELECT 1 FROM entries
        WHERE chat_id = ? AND seq_agents > ? ${seen} AND kind = 'event_added' AND actor_id IS NOT ? LIMIT ${MAX_UNREAD})`)
  const forAll = `AND audience = 'all'`
  const views = {
    agents: { range: range(''), unread: unread('') },
    public: { range: range(forAll), unread: unread(forAll) },
  }
  return {
    insert(entry: StoredEntry): void {
      const { chat_id, seq_agents, head_public, audience, kind, thread_id, event_number, user_id, actor_id, mark, names } = entry
      insertion.run(
        ...[chat_id, seq_agents, head_public, audience, kind, thread_id, event_number, user_id, actor_id],
        ...[
          mark?.seq_agents ?? null,
          mark?.seq_public ?? null,
          mark?.seen_up_to ?? null,
          names && JSON.stringify(names),
          entry.value,
          entry.created_at,
        ],
      )
    },
    /** Places count in the agents' sequence: above `after` and up to `to`, oldest first. */
    range: (chat_id: string, view: View, after: number, to: number, limit: number): StoredEntry[] =>
      views[view].range.all(chat_id, after, to, limit).map(entryOf),
    ofKinds({ chat_id, kinds, actor_id, after, limit }: EntriesOfKinds): StoredEntry[] {
      const by = actor_id === null ? [] : [actor_id]
      return (ofKinds[by.length]?.all(chat_id, after, JSON.stringify(kinds), ...by, limit) ?? []).map(entryOf)
    },
    /** Events that others wrote after this place of the agents' sequence, counted to the limit (SEE6). */
    unread: (chat_id: string, view: View, after: number, reader: string): number =>
      views[view].unread.get(chat_id, after, reader)?.unread ?? 0,
    /** The public number of the newest entry for all at or before this place of the agents' sequence. */
    publicAt: (chat_id: string, seq_agents: number): number => at.get(chat_id, seq_agents)?.head_public ?? 0,
    /** The place in the agents' sequence of a place in the public one; after the head for one that is not there yet. */
    agentsAt(chat_id: string, seq_public: number, head: number): number {
      const precedes = (seq: number): boolean => (at.get(chat_id, seq)?.head_public ?? 0) < seq_public
      // Where no notes lie before it both numbers are the same.
      if (seq_public === 0 || !precedes(seq_public)) return seq_public
      return halve(head, precedes) + 1
    },
    /** The last entry of this time or before; times never go back (LOG5). */
    lastAt: (chat_id: string, time: number, head: number): number => halve(head, (seq) => (at.get(chat_id, seq)?.created_at ?? 0) <= time),
  }
}

/** The last number up to the head of which something holds that, once false, stays false. */
function halve(head: number, holds: (seq: number) => boolean): number {
  let [found, beyond] = [0, head + 1]
  while (beyond - found > 1) {
    const middle = Math.floor((found + beyond) / 2)
    if (holds(middle)) found = middle
    else beyond = middle
  }
  return found
}

const entryOf = (columns: Columns): StoredEntry => ({
  chat_id: columns.chat_id,
  seq_agents: columns.seq_agents,
  seq_public: columns.audience === 'all' ? columns.head_public : null,
  head_public: columns.head_public,
  kind: columns.kind,
  audience: columns.audience,
  thread_id: columns.thread_id,
  event_number: columns.event_number,
  user_id: columns.user_id,
  actor_id: columns.actor_id,
  mark: markOf(columns),
  names: columns.names === null ? null : JSON.parse(columns.names),
  value: columns.value,
  created_at: columns.created_at,
})

const markOf = ({ mark_agents, mark_public, mark_time }: Columns): EntryRow['mark'] =>
  mark_agents === null ? null : { seq_agents: mark_agents, seq_public: mark_public ?? 0, seen_up_to: mark_time }
