/** Deliveries of webhooks, as a back end looks at them and asks for them again. */
import type { ServerRequestOf } from '../../../protocol/actions.ts'
import type { WebhookDelivery } from '../../../protocol/webhooks.ts'
import type { Committed, Write } from '../../store/change.ts'
import type { WebhookDeliveryRow } from '../../store/webhook-rows.ts'
import type { Context, Plan, Reply } from '../context.ts'
import { time } from '../present.ts'
import { Refusal } from '../refusal.ts'
import { answered, wantedOf } from './lists.ts'
import { webhookOf } from './webhooks.ts'

const presentDelivery = (row: WebhookDeliveryRow): WebhookDelivery => ({
  id: row.id,
  webhook_id: row.webhook_id,
  chat_id: row.chat_id,
  seq: row.seq_agents,
  event: row.event,
  status: row.status,
  attempts: row.attempts,
  ...(row.response_status !== null && { response_status: row.response_status }),
  ...(row.error !== null && { error: row.error }),
  created_at: time(row.created_at),
  ...(row.delivered_at !== null && { delivered_at: time(row.delivered_at) }),
})

export async function listWebhookDeliveries(ctx: Context, request: ServerRequestOf<'list_webhook_deliveries'>): Promise<Reply> {
  const wanted = wantedOf('list_webhook_deliveries', request, ([id]) => (typeof id === 'string' ? { id } : null))
  const { id: webhook_id } = await webhookOf(ctx, 'list_webhook_deliveries', request.webhook_id)
  const { rows, total } = await ctx.store.deliveries({
    ...{ webhook_id, status: request.status ?? null, from: wanted.cursor ?? { offset: wanted.offset } },
    ...{ limit: wanted.limit + 1, count: wanted.count },
  })
  return { answer: answered(request, rows, rows.map(presentDelivery), ({ id }) => [id], total) }
}

async function deliveryOf(ctx: Context, action: string, id: string): Promise<WebhookDeliveryRow> {
  const row = await ctx.store.delivery(id)
  const webhook = row && (await ctx.store.webhook(ctx.principal.organization_id, row.webhook_id))
  if (!row || !webhook) throw new Refusal('not_found', `unable to ${action}; there is no such delivery`, { path: 'delivery_id' })
  if (webhook.disabled_at !== null) {
    throw new Refusal('conflict', `unable to ${action}; the webhook is disabled, so enable it first`, { path: 'delivery_id' })
  }
  return row
}

/** WHK9: the worker finds it by its status, so that it is sent though the server ends first. */
export async function replayWebhookDelivery(ctx: Context, request: ServerRequestOf<'replay_webhook_delivery'>): Promise<Plan> {
  const row = await deliveryOf(ctx, 'replay_webhook_delivery', request.delivery_id)
  const asked: WebhookDeliveryRow = { ...row, status: 'replaying' }
  const note: Write = { write: 'note_delivery', row: asked }
  return {
    // What is asked for goes on at once: as it was then is known with the request alone.
    change: {
      ...{ at: ctx.now(), expect: [{ holds: 'delivery', id: row.id }], writes: [note], idempotency: [] },
      subject: JSON.stringify(presentDelivery(asked)),
    },
    answer: (committed) => replayedAnswer(ctx, committed),
  }
}

export const replayedAnswer = async (_ctx: Context, { subject }: Committed): Promise<object> => ({
  webhook_delivery: JSON.parse(subject ?? '') as WebhookDelivery,
})
