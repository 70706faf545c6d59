/** Threads: the stretches of a chat. One whose `closed_at` is null is the chat's active one. */
import type { ThreadRow } from '../rows.ts'
import type { Page, View } from '../store.ts'
import type { Driver } from './driver.ts'
import type { Place } from './entries.ts'

interface Columns extends Omit<ThreadRow, 'order' | 'active' | 'user_ids' | 'properties'> {
  ordinal: number
  user_ids: string
  properties: string
}

/** Where a thread's events lie in the log: after its opening, and before that of the next thread. Both bounds exclusive. */
export interface Stretch {
  readonly after: number
  readonly before: number | null
}

export function openThreads(db: Driver) {
  const byId = db.prepare<Columns>('SELECT * FROM threads WHERE id = ? AND chat_id = ?')
  const ofIds = db.prepare<Columns>('SELECT * FROM threads WHERE id IN (SELECT value FROM json_each(?)) AND chat_id = ? ORDER BY ordinal')
  const oldest = db.prepare<Columns>('SELECT * FROM threads WHERE chat_id = ? ORDER BY ordinal LIMIT ? OFFSET ?')
  const newest = db.prepare<Columns>('SELECT * FROM threads WHERE chat_id = ? ORDER BY ordinal DESC LIMIT ? OFFSET ?')
  const count = db.prepare<{ total: number }>('SELECT count(*) AS total FROM threads WHERE chat_id = ?')
  const stretchIn = (opened: string) =>
    db.prepare<Stretch>(`
      SELECT thread.${opened} AS "after", next.${opened} AS "before"
      FROM threads AS thread LEFT JOIN threads AS next ON next.chat_id = thread.chat_id AND next.ordinal = thread.ordinal + 1
      WHERE thread.id = ? AND thread.chat_id = ?`)
  const stretch = { agents: stretchIn('opened_agents'), public: stretchIn('opened_public') }
  const insertion = db.prepare(`
    INSERT INTO threads (id, chat_id, ordinal, opened_agents, opened_public, created_at, user_ids, events_public, events_agents,
      properties, previous_thread_id)
    VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?)`)
  const update = db.prepare(`
    UPDATE threads SET closed_at = ?, user_ids = ?, events_public = ?, events_agents = ?, next_thread_id = ? WHERE id = ?`)
  const get = (chat_id: string, id: string): ThreadRow | null => {
    const columns = byId.get(id, chat_id)
    return columns ? rowOf(columns) : null
  }
  return {
    get,
    ofIds: (chat_id: string, ids: readonly string[]) => ofIds.all(JSON.stringify(ids), chat_id).map(rowOf),
    page(chat_id: string, { offset, limit }: Page, newestFirst: boolean): { threads: ThreadRow[]; total: number } {
      const columns = (newestFirst ? newest : oldest).all(chat_id, limit, offset)
      return { threads: columns.map(rowOf), total: count.get(chat_id)?.total ?? 0 }
    },
    stretch: (chat_id: string, id: string, view: View): Stretch | null => stretch[view].get(id, chat_id) ?? null,
    insert(row: ThreadRow, opened: Place): void {
      const { id, chat_id, order, created_at, previous_thread_id } = row
      const [user_ids, properties] = [JSON.stringify(row.user_ids), JSON.stringify(row.properties)]
      insertion.run(id, chat_id, order, opened.agents, opened.public, created_at, user_ids, properties, previous_thread_id)
    },
    update(row: ThreadRow): void {
      const user_ids = JSON.stringify(row.user_ids)
      update.run(row.closed_at, user_ids, row.events_public, row.events_agents, row.next_thread_id, row.id)
    },
  }
}

const rowOf = (columns: Columns): ThreadRow => ({
  id: columns.id,
  chat_id: columns.chat_id,
  order: columns.ordinal,
  active: columns.closed_at === null,
  created_at: columns.created_at,
  closed_at: columns.closed_at,
  user_ids: JSON.parse(columns.user_ids),
  events_public: columns.events_public,
  events_agents: columns.events_agents,
  properties: JSON.parse(columns.properties),
  previous_thread_id: columns.previous_thread_id,
  next_thread_id: columns.next_thread_id,
})
