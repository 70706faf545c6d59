/** Threads: the stretches of a chat. The last one's counts are kept in the chat's row while it is the last. */
import type { ThreadRow } from '../rows.ts'
import type { Page, Part } from '../store.ts'
import type { Driver } from './driver.ts'

interface Columns extends Omit<ThreadRow, 'order' | 'active' | 'user_ids' | 'properties' | 'rating'> {
  ordinal: number
  opened_seq: number
  user_ids: string
  properties: string
  rating: string | null
}

/** Where a thread's events lie in the agents' sequence: after its opening, and before that of the next thread. Both exclusive. */
export interface Stretch {
  readonly after: number
  readonly before: number | null
}

/** Threads by their place in the chat, both included. */
export interface Ordinals {
  readonly first: number
  readonly last: number
}

const PLACED = 'SELECT * FROM threads WHERE chat_id = ? AND ordinal BETWEEN ? AND ?'

export function openThreads(db: Driver) {
  const ofIds = db.prepare<Columns>('SELECT * FROM threads WHERE id IN (SELECT value FROM json_each(?)) AND chat_id = ? ORDER BY ordinal')
  const oldest = db.prepare<Columns>(`${PLACED} ORDER BY ordinal LIMIT ? OFFSET ?`)
  const newest = db.prepare<Columns>(`${PLACED} ORDER BY ordinal DESC LIMIT ? OFFSET ?`)
  const opened = db.prepare<{ ordinal: number }>(
    'SELECT ordinal FROM threads WHERE chat_id = ? AND opened_seq <= ? ORDER BY ordinal DESC LIMIT 1',
  )
  const openedAt = (chat_id: string, seq: number): number => opened.get(chat_id, seq)?.ordinal ?? 0
  const stretch = db.prepare<Stretch>(`
    SELECT thread.opened_seq AS "after", next.opened_seq AS "before"
    FROM threads AS thread LEFT JOIN threads AS next ON next.chat_id = thread.chat_id AND next.ordinal = thread.ordinal + 1
    WHERE thread.id = ? AND thread.chat_id = ?`)
  const counted = db.prepare<{ total: number | null }>(
    'SELECT sum(events_public + events_agents) AS total FROM threads WHERE chat_id = ? AND ordinal < ?',
  )
  const insertion = db.prepare(`
    INSERT INTO threads (id, chat_id, ordinal, opened_seq, created_at, user_ids, events_public, events_agents, properties,
      previous_thread_id)
    VALUES (?, ?, ?, ?, ?, ?, 0, 0, ?, ?)`)
  const update = db.prepare(`
    UPDATE threads SET closed_at = ?, user_ids = ?, events_public = ?, events_agents = ?, properties = ?, rating = ?, next_thread_id = ?
    WHERE id = ?`)
  return {
    /** In their order. `last` is the chat's last thread, as its row has it. */
    ofIds: (chat_id: string, ids: readonly string[], last: ThreadRow | null): ThreadRow[] =>
      ofIds.all(JSON.stringify(ids), chat_id).map((columns) => rowOf(columns, last)),
    page: (
      chat_id: string,
      { first, last }: Ordinals,
      { offset, limit }: Page,
      newestFirst: boolean,
      lastThread: ThreadRow | null,
    ): ThreadRow[] => (newestFirst ? newest : oldest).all(chat_id, first, last, limit, offset).map((columns) => rowOf(columns, lastThread)),
    /** Those that reach into the part: each lasts until the next is opened. */
    reaching: (chat_id: string, { from, to }: Part, count: number): Ordinals => ({
      first: from <= 1 ? 1 : Math.max(1, openedAt(chat_id, from)),
      last: to === null ? count : openedAt(chat_id, to),
    }),
    stretch: (chat_id: string, id: string): Stretch | null => stretch.get(id, chat_id) ?? null,
    /** How many events the chat has. */
    events: (chat_id: string, last: ThreadRow | null): number =>
      last ? (counted.get(chat_id, last.order)?.total ?? 0) + last.events_public + last.events_agents : 0,
    insert(row: ThreadRow, opened_seq: number): void {
      const { id, chat_id, order, created_at, previous_thread_id } = row
      const [user_ids, properties] = [JSON.stringify(row.user_ids), JSON.stringify(row.properties)]
      insertion.run(id, chat_id, order, opened_seq, created_at, user_ids, properties, previous_thread_id)
    },
    /** Brings the row up to date: of the last thread when another becomes the last, of one before it at once. */
    update(row: ThreadRow): void {
      const [user_ids, properties] = [JSON.stringify(row.user_ids), JSON.stringify(row.properties)]
      update.run(
        ...[row.closed_at, user_ids, row.events_public, row.events_agents, properties, row.rating && JSON.stringify(row.rating)],
        ...[row.next_thread_id, row.id],
      )
    },
  }
}

function rowOf({ ordinal, opened_seq: _, ...columns }: Columns, last: ThreadRow | null): ThreadRow {
  if (last?.id === columns.id) return last
  const [user_ids, properties] = [JSON.parse(columns.user_ids), JSON.parse(columns.properties)]
  const rating = columns.rating === null ? null : JSON.parse(columns.rating)
  return { ...columns, order: ordinal, active: false, user_ids, properties, rating }
}
