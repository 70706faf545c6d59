/** What a change relies on and writes of webhooks' queues. */
import type { Precondition, WebhookWrite } from '../change.ts'
import type { Tables } from './tables.ts'

export type WebhookPrecondition = Extract<Precondition, { holds: 'webhooks' | 'webhook' | 'cursor' | 'delivery' }>

export function holdsOfWebhooks({ webhooks, cursors, deliveries }: Tables, precondition: WebhookPrecondition): boolean {
  switch (precondition.holds) {
    case 'webhooks':
      return webhooks.count(precondition.organization_id) === precondition.count
    case 'webhook':
      return webhooks.webhook(precondition.organization_id, precondition.id)?.changed_at === precondition.changed_at
    case 'cursor':
      return cursors.place(precondition.webhook_id, precondition.chat_id) === precondition.after_seq
    case 'delivery':
      return deliveries.byId(precondition.id) !== null
  }
}

export function writeOfWebhooks({ chats, cursors, deliveries }: Tables, write: WebhookWrite, at: number): void {
  if (write.write === 'move_cursor') cursors.move(write, chats.get(write.chat_id)?.row.seq_agents ?? 0)
  else if (write.write === 'hasten_cursors') cursors.hasten(write.webhook_id, at)
  else deliveries.note(write.row)
}
