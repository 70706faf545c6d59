/** Of people who are erased: who is left to do, and what they said where no entry can tell of its going. */
import type { Unerased } from '../store.ts'
import type { Driver } from './driver.ts'
import { BLANK } from './events.ts'

export function openErasures(db: Driver) {
  const begun = 'deleted_at IS NOT NULL AND deleted_at <= ? AND erased_at IS NULL'
  const unerased = db.prepare<Unerased & { deleted_at: number }>(`
    SELECT organization_id, id, 'customer' AS user_type, deleted_at FROM customers WHERE ${begun}
    UNION ALL SELECT organization_id, id, kind, deleted_at FROM agents WHERE ${begun}
    ORDER BY deleted_at LIMIT ?`)
  const deleted = db.prepare('SELECT 1 FROM chats WHERE id = ? AND deleted_at IS NOT NULL')
  const said = `(SELECT event_number FROM entries WHERE chat_id = ? AND kind = 'event_added' AND actor_id = ?)`
  const files = db.prepare(`DELETE FROM files WHERE event_number IN ${said}`)
  const events = db.prepare(`
    UPDATE events SET ${BLANK}, deleted_at = ?
    WHERE deleted_at IS NULL AND number IN ${said}`)
  const threads = db.prepare(`UPDATE threads SET rating = json_remove(rating, '$.comment'), properties = '{}' WHERE chat_id = ?`)
  const chat = db.prepare(`
    UPDATE chats SET properties = '{}', fold = json_set(json_remove(fold, '$.thread.rating.comment'), '$.thread.properties', json('{}'))
    WHERE id = ?`)
  const originals = db.prepare(`
    UPDATE events SET original = NULL WHERE number IN (SELECT number
      FROM events INDEXED BY originals_of_chat CROSS JOIN chats ON chats.id = events.chat_id
      WHERE original IS NOT NULL AND chats.organization_id = ?)`)
  return {
    forgetOriginals: (organization_id: string): void => void originals.run(organization_id),
    unerased: (until: number, limit: number): Unerased[] =>
      unerased.all(until, until, limit).map(({ organization_id, id, user_type }) => ({ organization_id, id, user_type })),
    forgetSaid(chat_id: string, user_id: string, at: number): void {
      if (!deleted.get(chat_id)) return
      files.run(chat_id, user_id)
      events.run(at, chat_id, user_id)
      threads.run(chat_id)
      chat.run(chat_id)
    },
  }
}
