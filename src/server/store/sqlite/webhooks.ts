/** Webhooks: where they lead, and how far each is in every chat that has something for it. */
import type { WebhookCursorRow, WebhookRow } from '../webhook-rows.ts'
import type { Driver } from './driver.ts'
import { createRecent } from './recent.ts'
import { many, one, type Stored, type Table } from './table.ts'

export const webhooksTable: Table<WebhookRow> = {
  name: 'webhooks',
  columns: {
    id: 'plain',
    organization_id: 'plain',
    url: 'plain',
    events: 'json',
    description: 'plain',
    secret: 'plain',
    previous_secret: 'plain',
    previous_until: 'plain',
    created_at: 'plain',
    changed_at: 'plain',
    failing_since: 'plain',
    retry_at: 'plain',
    succeeded_at: 'plain',
    disabled_at: 'plain',
  },
}

/** Organizations of which it is remembered which webhooks they have: most have none, and every message asks. */
const REMEMBERED = 2000
/** Chats of which it is remembered that every webhook is behind already: of those whose endpoint is dead every message asks again. */
const REMEMBERED_CHATS = 10_000

export function openWebhooks(db: Driver) {
  const byId = db.prepare<Stored>('SELECT * FROM webhooks WHERE id = ? AND organization_id = ?')
  const all = db.prepare<Stored>('SELECT * FROM webhooks WHERE organization_id = ? ORDER BY created_at, id')
  const enabled = db.prepare<Stored>('SELECT * FROM webhooks WHERE disabled_at IS NULL')
  const recent = createRecent<string, readonly string[]>(REMEMBERED)
  const read = (organization_id: string): readonly string[] => {
    const ids = all.all(organization_id).map(({ id }) => String(id))
    recent.set(organization_id, ids)
    return ids
  }
  const idsOf = (organization_id: string): readonly string[] => recent.get(organization_id) ?? read(organization_id)
  return {
    forgetAll: (): void => recent.clear(),
    webhooks: (organization_id: string): WebhookRow[] => many(webhooksTable, all.all(organization_id)),
    webhook: (organization_id: string, id: string): WebhookRow | null => one(webhooksTable, byId.get(id, organization_id)),
    enabled: (): WebhookRow[] => many(webhooksTable, enabled.all()),
    count: (organization_id: string): number => idsOf(organization_id).length,
    idsOf,
  }
}

export function openCursors(db: Driver, { idsOf }: Pick<ReturnType<typeof openWebhooks>, 'idsOf'>) {
  const begin = db.prepare(
    'INSERT INTO webhook_cursors (webhook_id, chat_id, after_seq, due_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  )
  const bySeq = db.prepare<{ after_seq: number }>('SELECT after_seq FROM webhook_cursors WHERE webhook_id = ? AND chat_id = ?')
  const due = db.prepare<WebhookCursorRow>('SELECT * FROM webhook_cursors WHERE webhook_id = ? AND due_at <= ? ORDER BY due_at LIMIT ?')
  const next = db.prepare<{ due_at: number }>(
    'SELECT due_at FROM webhook_cursors WHERE webhook_id = ? AND due_at > ? ORDER BY due_at LIMIT 1',
  )
  const counted = db.prepare<{ total: number }>('SELECT count(*) AS total FROM (SELECT 1 FROM webhook_cursors LIMIT ?)')
  const update = db.prepare(`
    UPDATE webhook_cursors SET after_seq = ?, due_at = ?, attempts = ?, failing_since = ? WHERE webhook_id = ? AND chat_id = ?`)
  const remove = db.prepare('DELETE FROM webhook_cursors WHERE webhook_id = ? AND chat_id = ?')
  const hasten = db.prepare('UPDATE webhook_cursors SET due_at = ? WHERE webhook_id = ? AND due_at > ?')
  const behind = createRecent<string, true>(REMEMBERED_CHATS)
  return {
    forgetAll: (): void => behind.clear(),
    /** Something was appended to the chat: every webhook that is not behind already is from here on, a disabled one too. */
    fallBehind(organization_id: string, chat_id: string, after_seq: number, at: number): void {
      const ids = idsOf(organization_id)
      if (ids.length === 0 || behind.get(chat_id)) return
      for (const id of ids) begin.run(id, chat_id, after_seq, at)
      behind.set(chat_id, true)
    },
    place: (webhook_id: string, chat_id: string): number | null => bySeq.get(webhook_id, chat_id)?.after_seq ?? null,
    due: (webhook_id: string, until: number, limit: number): WebhookCursorRow[] => due.all(webhook_id, until, limit),
    next: (webhook_id: string, after: number): number | null => next.get(webhook_id, after)?.due_at ?? null,
    count: (limit: number): number => counted.get(limit)?.total ?? 0,
    /** `head`: where the log ends. Asked for in the same transaction, so that nothing is appended in between. */
    move({ webhook_id, chat_id, after_seq, due_at, attempts, failing_since }: WebhookCursorRow, head: number): void {
      if (after_seq < head) return void update.run(after_seq, due_at, attempts, failing_since, webhook_id, chat_id)
      remove.run(webhook_id, chat_id)
      behind.delete(chat_id)
    },
    hasten: (webhook_id: string, at: number): void => void hasten.run(at, webhook_id, at),
  }
}
