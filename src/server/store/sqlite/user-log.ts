/** Each user's own log: chats gained and lost, mentions, and changes of the profile. */
import type { UserEntryRow } from '../rows.ts'
import type { Driver } from './driver.ts'

/** The event that mentions the user. */
export interface Mention extends Pick<UserEntryRow, 'event_id' | 'author_id'> {
  readonly event_number: number
}

export function openUserLog(db: Driver) {
  const head = db.prepare<{ seq: number | null }>('SELECT max(seq) AS seq FROM user_entries WHERE user_id = ?')
  const columns = 'user_id, user_entries.seq, kind, user_entries.chat_id, id AS event_id, author_id, user_entries.created_at'
  // Once a chat is swept its events' numbers are given again, to events of other chats.
  const on = 'events.number = event_number AND events.chat_id = user_entries.chat_id'
  const after = db.prepare<UserEntryRow>(
    `SELECT ${columns} FROM user_entries LEFT JOIN events ON ${on} WHERE user_id = ? AND seq > ? ORDER BY seq LIMIT ?`,
  )
  const mentions = db.prepare<UserEntryRow & { seq_agents: number }>(`
    SELECT ${columns}, seq_agents FROM user_entries CROSS JOIN events ON ${on}
    WHERE user_id = ? AND event_number IS NOT NULL ORDER BY seq DESC LIMIT ?`)
  const insertion = db.prepare('INSERT INTO user_entries (user_id, seq, kind, chat_id, event_number, created_at) VALUES (?, ?, ?, ?, ?, ?)')
  const headOf = (user_id: string): number => head.get(user_id)?.seq ?? 0
  return {
    head: headOf,
    after: (user_id: string, seq: number, limit: number): UserEntryRow[] => after.all(user_id, seq, limit),
    /** The oldest first. */
    mentions: (user_id: string, limit: number) => mentions.all(user_id, limit).reverse(),
    append(user_id: string, kind: UserEntryRow['kind'], chat_id: string | null, created_at: number, mention?: Mention): UserEntryRow {
      const { event_number = null, event_id = null, author_id = null } = mention ?? {}
      const entry: UserEntryRow = { user_id, seq: headOf(user_id) + 1, kind, chat_id, event_id, author_id, created_at }
      insertion.run(user_id, entry.seq, kind, chat_id, event_number, created_at)
      return entry
    },
  }
}
