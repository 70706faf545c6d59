/** What was asked for before: requests by their key, with the entries each made. Never text, only where it stands. */
import { CHAT_START_TTL_S, IDEMPOTENCY_KEY_TTL_S } from '../../../protocol/limits.ts'
import type { Idempotency } from '../change.ts'
import type { Driver } from './driver.ts'
import type { openEvents, Sent } from './events.ts'

/** A change that was made before under the same id. */
export interface Made extends Sent {
  readonly chat_id: string | null
  /** Of requests that have a key. */
  readonly made_at?: number
  readonly subject?: string | null
}

/** Old keys are swept as new ones come: a few at a time, and more than come, so that no sweep takes long. */
const SWEEP = 4

export function openIdempotency(db: Driver, events: Pick<ReturnType<typeof openEvents>, 'sent'>) {
  const start = db.prepare<Made>(
    'SELECT * FROM chat_starts WHERE organization_id = ? AND author_id = ? AND custom_id = ? AND expires_at > ?',
  )
  const request = db.prepare<Made>('SELECT * FROM requests WHERE principal = ? AND key = ? AND made_at > ?')
  const putStart = db.prepare('INSERT OR REPLACE INTO chat_starts VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
  const putRequest = db.prepare('INSERT OR REPLACE INTO requests VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
  const sweep = db.prepare(`
    DELETE FROM requests WHERE (principal, key) IN
      (SELECT principal, key FROM requests WHERE made_at <= ? ORDER BY made_at LIMIT ${SWEEP})`)
  const expired = (at: number): number => at - IDEMPOTENCY_KEY_TTL_S * 1000

  return {
    find(by: Idempotency, at: number): Made | null {
      switch (by.by) {
        case 'event': {
          const sent = events.sent(by.chat_id, by.author_id, by.custom_id)
          return sent && { ...sent, chat_id: by.chat_id }
        }
        case 'chat':
          return start.get(by.organization_id, by.author_id, by.custom_id, at) ?? null
        case 'request':
          return request.get(by.principal, by.key, expired(at)) ?? null
      }
    },
    /** A chat's event keeps its own record, written with the event. */
    put(by: Idempotency, made: Omit<Made, 'fingerprint' | 'made_at'>, at: number): void {
      const { chat_id, change_from, change_to, subject = null } = made
      if (by.by === 'chat') {
        putStart.run(
          by.organization_id,
          by.author_id,
          by.custom_id,
          by.fingerprint,
          chat_id,
          change_from,
          change_to,
          at + CHAT_START_TTL_S * 1000,
        )
      }
      if (by.by === 'request') {
        sweep.run(expired(at))
        putRequest.run(by.principal, by.key, by.fingerprint, chat_id, change_from, change_to, at, subject)
      }
    },
  }
}

/** A blank fingerprint is one whose text was removed: nothing is left to compare with. */
export const agrees = (made: Made, by: Idempotency): boolean => !made.fingerprint || made.fingerprint === by.fingerprint
