/** What one webhook is still to be told of one chat: entry after entry from the log, each only when the one before got through (WHK2). */
import { WEBHOOK_GIVES_UP_AFTER_MS } from '../../protocol/limits.ts'
import type { WebhookMessage } from '../../protocol/webhooks.ts'
import { deliveryIdOf, pushNameOf } from '../domain/webhooks.ts'
import type { Write } from '../store/change.ts'
import type { WebhookCursorRow, WebhookDeliveryRow } from '../store/webhook-rows.ts'
import { attempt, type Outcome } from './attempt.ts'
import type { Endpoint } from './endpoint.ts'
import { messageFor } from './message.ts'
import { backoff } from './schedule.ts'

/** Read at once where most are not wanted. Where all are it is one, since what comes after is read when it is sent. */
const PAGE = 50
/** After so many another chat has its turn. */
const IN_A_ROW = 50

interface Next {
  /** Everything up to here is not wanted, or is no more. */
  readonly passed: number
  readonly sending: Sending | null
}

interface Sending {
  readonly id: string
  readonly seq: number
  readonly message: WebhookMessage
}

/** Until it is caught up, fails, or has had its turn. */
export async function deliverChat(endpoint: Endpoint, cursor: WebhookCursorRow): Promise<void> {
  let at: WebhookCursorRow | null = cursor
  for (let turn = 0; at !== null && turn < IN_A_ROW && !endpoint.idle; turn++) {
    const { passed, sending } = await nextAfter(endpoint, at)
    if (sending) at = await deliver(endpoint, at, sending)
    // Caught up: what got through last has taken the cursor along.
    else if (passed === at.after_seq && turn > 0) return
    else at = await pass(endpoint, at, passed)
  }
}

async function nextAfter(endpoint: Endpoint, { chat_id, after_seq }: WebhookCursorRow): Promise<Next> {
  const { parts, row } = endpoint
  const { store } = parts
  const wantsAll = row.events.length === 0
  const { entries, head } = await store.entries(chat_id, 'agents', after_seq, wantsAll ? 1 : PAGE)
  const entry = entries.find((one) => wantsAll || row.events.includes(pushNameOf(one)))
  if (!entry) return { passed: entries.at(-1)?.seq_agents ?? Math.max(head, after_seq), sending: null }
  const { seq_agents: seq } = entry
  const message = await messageFor(endpoint, entry)
  if (!message) return { passed: seq, sending: null }
  return { passed: seq - 1, sending: { id: deliveryIdOf(store.epoch, row.id, entry), seq, message } }
}

/** Nobody is told of these. */
async function pass(endpoint: Endpoint, at: WebhookCursorRow, passed: number): Promise<WebhookCursorRow | null> {
  const { store, clock } = endpoint.parts
  const failed =
    at.attempts > 0 ? await store.delivery(deliveryIdOf(store.epoch, at.webhook_id, { ...at, seq_agents: at.after_seq + 1 })) : null
  const note: Write[] = failed ? [{ write: 'note_delivery', row: { ...failed, status: 'failed', error: 'nothing is left to send' } }] : []
  const on = beyond(at, passed, clock.now())
  return (await endpoint.commit(at, [{ write: 'move_cursor', ...on }, ...note])) ? on : null
}

/** Where the queue goes on; null when that is not now. */
async function deliver(endpoint: Endpoint, at: WebhookCursorRow, { id, seq, message }: Sending): Promise<WebhookCursorRow | null> {
  const { parts, row, health } = endpoint
  const [began, round] = [parts.clock.now(), health.round]
  const outcome = await attempt(parts, row, id, message, endpoint.ending)
  if (!outcome) return null
  const now = parts.clock.now()
  const lost = !outcome.delivered && isHopeless(endpoint, at, now)
  const done = outcome.delivered || lost
  parts.count(outcome.delivered ? 'delivered' : lost ? 'given_up' : 'failed')
  const on = done ? beyond(at, seq, now) : putOff(at, seq, outcome, now, parts.random())
  const delivery: WebhookDeliveryRow = {
    ...{ id, webhook_id: row.id, chat_id: at.chat_id, seq_agents: seq, event: message.type },
    ...{ status: outcome.delivered ? 'delivered' : lost ? 'failed' : 'retrying', attempts: at.attempts + 1 },
    ...{ response_status: outcome.response_status, error: outcome.error },
    ...{ created_at: began, delivered_at: outcome.delivered ? now : null },
  }
  const writes: Write[] = [
    { write: 'move_cursor', ...on },
    { write: 'note_delivery', row: delivery },
  ]
  const kept = await endpoint.commit(at, [...writes, ...endpoint.learn(outcome, at.chat_id, round)])
  return kept && done ? on : null
}

/** WHK3: others got through in all the time in which this did not. */
const isHopeless = ({ health }: Endpoint, { failing_since }: WebhookCursorRow, now: number): boolean =>
  failing_since !== null && now - failing_since >= WEBHOOK_GIVES_UP_AFTER_MS && health.succeededSince(failing_since)

const beyond = (at: WebhookCursorRow, after_seq: number, now: number): WebhookCursorRow => ({
  ...{ webhook_id: at.webhook_id, chat_id: at.chat_id, after_seq, due_at: now, attempts: 0, failing_since: null },
})

const putOff = (at: WebhookCursorRow, seq: number, { retry_after }: Outcome, now: number, random: number): WebhookCursorRow => ({
  ...{ webhook_id: at.webhook_id, chat_id: at.chat_id, after_seq: seq - 1, attempts: at.attempts + 1 },
  ...{ due_at: now + Math.max(backoff(at.attempts, random), retry_after ?? 0), failing_since: at.failing_since ?? now },
})
