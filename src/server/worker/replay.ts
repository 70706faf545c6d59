/** A delivery that was asked for again: sent once, beside the queue, under the id that it had (WHK9). */
import type { WebhookDeliveryRow } from '../store/webhook-rows.ts'
import { attempt } from './attempt.ts'
import type { Endpoint } from './endpoint.ts'
import { messageFor } from './message.ts'

export async function replay(endpoint: Endpoint, delivery: WebhookDeliveryRow): Promise<void> {
  const { parts, row, health } = endpoint
  const { chat_id, seq_agents } = delivery
  const { entries } = await parts.store.entries(chat_id, 'agents', seq_agents - 1, 1)
  const entry = entries.find((one) => one.seq_agents === seq_agents)
  const message = entry && (await messageFor(endpoint, entry))
  if (!message) return endpoint.note({ ...delivery, status: 'failed', error: 'nothing is left to send' })
  const { round } = health
  const outcome = await attempt(parts, row, delivery.id, message, endpoint.ending)
  if (!outcome) return
  parts.count(outcome.delivered ? 'delivered' : 'failed')
  const { response_status, error, delivered } = outcome
  const said = { response_status, error, attempts: delivery.attempts + 1 }
  if (delivered)
    await endpoint.note(
      { ...delivery, ...said, status: 'delivered', delivered_at: parts.clock.now() },
      endpoint.learn(outcome, chat_id, round),
    )
  else await endpoint.note({ ...delivery, ...said, status: 'failed' })
}
