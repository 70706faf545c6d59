/** Read marks. Each counts in both sequences, and neither part ever goes back (SEE1). */
import type { MarkRow } from '../rows.ts'
import type { Driver } from './driver.ts'
import type { Place } from './entries.ts'

export function openReceipts(db: Driver) {
  const ofUser = db.prepare<MarkRow>('SELECT * FROM marks WHERE chat_id = ? AND user_id = ?')
  const ofChat = db.prepare<MarkRow>('SELECT * FROM marks WHERE chat_id = ? ORDER BY user_id')
  const put = db.prepare(`
    INSERT INTO marks (chat_id, user_id, seq_agents, seq_public, seen_up_to) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET seq_agents = excluded.seq_agents, seq_public = excluded.seq_public, seen_up_to = excluded.seen_up_to`)
  const begin = db.prepare(`
    INSERT INTO marks (chat_id, user_id, seq_agents, seq_public) VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET seq_agents = max(seq_agents, excluded.seq_agents), seq_public = max(seq_public, excluded.seq_public)`)
  return {
    get(chat_id: string, user_id: string): MarkRow | null {
      const row = ofUser.get(chat_id, user_id)
      return row ? { ...row } : null
    },
    ofChat: (chat_id: string): MarkRow[] => ofChat.all(chat_id).map((row) => ({ ...row })),
    put: ({ chat_id, user_id, seq_agents, seq_public, seen_up_to }: MarkRow): void => {
      put.run(chat_id, user_id, seq_agents, seq_public, seen_up_to)
    },
    /** The mark of a user who joins: nothing up to this place is unread. One that is further already stays. */
    begin: (chat_id: string, user_id: string, place: Place): void => {
      begin.run(chat_id, user_id, place.agents, place.public)
    },
  }
}
