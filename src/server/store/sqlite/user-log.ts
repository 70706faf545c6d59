/** Each user's own log: chats gained and lost, and changes of the profile. */
import type { UserEntryRow } from '../rows.ts'
import type { Driver } from './driver.ts'

export function openUserLog(db: Driver) {
  const head = db.prepare<{ seq: number | null }>('SELECT max(seq) AS seq FROM user_entries WHERE user_id = ?')
  const after = db.prepare<UserEntryRow>('SELECT * FROM user_entries WHERE user_id = ? AND seq > ? ORDER BY seq LIMIT ?')
  const insertion = db.prepare('INSERT INTO user_entries (user_id, seq, kind, chat_id, created_at) VALUES (?, ?, ?, ?, ?)')
  const headOf = (user_id: string): number => head.get(user_id)?.seq ?? 0
  return {
    head: headOf,
    after: (user_id: string, seq: number, limit: number): UserEntryRow[] => after.all(user_id, seq, limit).map((row) => ({ ...row })),
    append(user_id: string, kind: UserEntryRow['kind'], chat_id: string | null, created_at: number): UserEntryRow {
      const entry: UserEntryRow = { user_id, seq: headOf(user_id) + 1, kind, chat_id, created_at }
      insertion.run(user_id, entry.seq, kind, chat_id, created_at)
      return entry
    },
  }
}
