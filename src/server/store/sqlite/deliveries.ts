/** What became of webhooks' deliveries: rows numbered by webhook, of which the newest are kept. */
import { MAX_WEBHOOK_DELIVERIES } from '../../../protocol/limits.ts'
import type { DeliveryListing, Listed } from '../store.ts'
import type { WebhookDeliveryRow } from '../webhook-rows.ts'
import type { Driver } from './driver.ts'

interface Columns extends WebhookDeliveryRow {
  number: number
}

export function openDeliveries(db: Driver) {
  const byId = db.prepare<Columns>('SELECT * FROM webhook_deliveries WHERE id = ?')
  const last = db.prepare<{ number: number | null }>('SELECT max(number) AS number FROM webhook_deliveries WHERE webhook_id = ?')
  const insertion = db.prepare(`
    INSERT INTO webhook_deliveries (status, attempts, response_status, error, delivered_at, webhook_id, number, id, chat_id, seq_agents,
      event, created_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const update = db.prepare(`
    UPDATE webhook_deliveries SET status = ?, attempts = ?, response_status = ?, error = ?, delivered_at = ? WHERE id = ?`)
  const forget = db.prepare('DELETE FROM webhook_deliveries WHERE webhook_id = ? AND number <= ?')
  const only = (status: string) => ({
    page: db.prepare<Columns>(
      `SELECT * FROM webhook_deliveries WHERE webhook_id = ? ${status} AND number < ? ORDER BY number DESC LIMIT ? OFFSET ?`,
    ),
    count: db.prepare<{ total: number }>(`SELECT count(*) AS total FROM webhook_deliveries WHERE webhook_id = ? ${status}`),
  })
  const [any, some] = [only(''), only('AND status = ?')]

  return {
    byId(id: string): WebhookDeliveryRow | null {
      const columns = byId.get(id)
      return columns ? rowOf(columns) : null
    },
    note(row: WebhookDeliveryRow): void {
      const { id, webhook_id, chat_id, seq_agents, event, created_at } = row
      const outcome = [row.status, row.attempts, row.response_status, row.error, row.delivered_at] as const
      if (byId.get(id)) return void update.run(...outcome, id)
      const number = (last.get(webhook_id)?.number ?? 0) + 1
      insertion.run(...outcome, webhook_id, number, id, chat_id, seq_agents, event, created_at)
      forget.run(webhook_id, number - MAX_WEBHOOK_DELIVERIES)
    },
    listed({ webhook_id, status, from, limit, count }: DeliveryListing): Listed<WebhookDeliveryRow> {
      const [before, offset] = 'offset' in from ? [Number.MAX_SAFE_INTEGER, from.offset] : [byId.get(from.id)?.number ?? 0, 0]
      const asked = status === null ? [webhook_id] : [webhook_id, status]
      const { page, count: total } = status === null ? any : some
      return {
        rows: page.all(...asked, before, limit, offset).map(rowOf),
        total: count ? (total.get(...asked)?.total ?? 0) : null,
      }
    },
  }
}

const rowOf = ({ number: _, ...row }: Columns): WebhookDeliveryRow => row
