/** What customers did on the site: rows numbered by customer and kind, of which the newest are kept. */
import { MAX_ACTIVITIES } from '../../../protocol/limits.ts'
import type { ActivityRow } from '../account-rows.ts'
import type { TrackWrite } from '../change.ts'
import type { Driver } from './driver.ts'
import { many, type Stored, type Table } from './table.ts'

const activitiesTable: Table<ActivityRow> = {
  name: 'activities',
  columns: { customer_id: 'plain', kind: 'plain', content: 'json', created_at: 'plain' },
}

export function openActivity(db: Driver) {
  const last = db.prepare<{ number: number | null }>('SELECT max(number) AS number FROM activities WHERE customer_id = ? AND kind = ?')
  const insertion = db.prepare('INSERT INTO activities (customer_id, kind, number, content, created_at) VALUES (?, ?, ?, ?, ?)')
  const rewriting = db.prepare('UPDATE activities SET content = ? WHERE customer_id = ? AND kind = ? AND number = ?')
  const forgetting = db.prepare('DELETE FROM activities WHERE customer_id = ? AND kind = ? AND number <= ?')
  const ofKind = db.prepare<Stored>(
    'SELECT customer_id, kind, content, created_at FROM activities WHERE customer_id = ? AND kind = ? ORDER BY number DESC',
  )
  const all = db.prepare('DELETE FROM activities WHERE customer_id = ?')
  return {
    forget: (customer_id: string): void => void all.run(customer_id),
    track({ customer_id, kind, content, instead }: TrackWrite, at: number): void {
      const number = last.get(customer_id, kind)?.number ?? 0
      const text = JSON.stringify(content)
      if (instead && number > 0) rewriting.run(text, customer_id, kind, number)
      else {
        insertion.run(customer_id, kind, number + 1, text, at)
        forgetting.run(customer_id, kind, number + 1 - MAX_ACTIVITIES)
      }
    },
    ofCustomer: (customer_id: string): ActivityRow[] =>
      (['event', 'page'] as const)
        .flatMap((kind) => many(activitiesTable, ofKind.all(customer_id, kind)))
        .sort((a, b) => b.created_at - a.created_at),
  }
}
