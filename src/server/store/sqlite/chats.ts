/** Chats: the rows that their logs are folded into. */
import type { ChatKind, ChatRow } from '../rows.ts'
import type { Driver } from './driver.ts'

/**
 * For each type of event the numbers of the newest one, in the agents' sequence: the newest that agents see, and the
 * newest that all see (0 when there is none).
 */
export type LatestEvents = Record<string, [agents: number, all: number]>

/** A chat's row with the fold that only this store needs. */
export interface StoredChat {
  readonly row: ChatRow
  readonly latest: LatestEvents
}

interface Columns extends Omit<ChatRow, 'properties' | 'kind'> {
  kind: ChatKind
  properties: string
  latest_events: string
}

export function openChats(db: Driver) {
  const byId = db.prepare<Columns>('SELECT * FROM chats WHERE id = ?')
  const insertion = db.prepare(`
    INSERT INTO chats (id, organization_id, kind, properties, seq_agents, seq_public, thread_count, last_at, activity_public_at,
      activity_agents_at, latest_events, created_by, created_at)
    VALUES (?, ?, ?, ?, 0, 0, 0, ?, ?, ?, '{}', ?, ?)`)
  const update = db.prepare(`
    UPDATE chats SET seq_agents = ?, seq_public = ?, active_thread_id = ?, last_thread_id = ?, thread_count = ?, last_at = ?,
      activity_public_at = ?, activity_agents_at = ?, waiting_since = ?, latest_events = ?
    WHERE id = ?`)
  return {
    get(id: string): StoredChat | null {
      const columns = byId.get(id)
      return columns ? { row: rowOf(columns), latest: JSON.parse(columns.latest_events) } : null
    },
    insert({ id, organization_id, kind, properties, created_by, created_at }: ChatRow): void {
      const now = created_at
      insertion.run(id, organization_id, kind, JSON.stringify(properties), now, now, now, created_by, now)
    },
    update({ row, latest }: StoredChat): void {
      update.run(
        row.seq_agents,
        row.seq_public,
        row.active_thread_id,
        row.last_thread_id,
        row.thread_count,
        row.last_at,
        row.activity_public_at,
        row.activity_agents_at,
        row.waiting_since,
        JSON.stringify(latest),
        row.id,
      )
    },
  }
}

// Field by field, not spread: rows come from SQLite in a form that is slow to copy, and this is read for every change.
const rowOf = (columns: Columns): ChatRow => ({
  id: columns.id,
  organization_id: columns.organization_id,
  kind: columns.kind,
  properties: JSON.parse(columns.properties),
  seq_agents: columns.seq_agents,
  seq_public: columns.seq_public,
  active_thread_id: columns.active_thread_id,
  last_thread_id: columns.last_thread_id,
  thread_count: columns.thread_count,
  last_at: columns.last_at,
  activity_public_at: columns.activity_public_at,
  activity_agents_at: columns.activity_agents_at,
  waiting_since: columns.waiting_since,
  created_by: columns.created_by,
  created_at: columns.created_at,
})
