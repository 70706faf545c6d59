/** One attempt to deliver something: signed, sent, and what came of it. */
import { WEBHOOK_TIMEOUT_MS } from '../../protocol/limits.ts'
import type { WebhookMessage } from '../../protocol/webhooks.ts'
import type { WebhookRow } from '../store/webhook-rows.ts'
import { type Answer, Unanswered, type WorkerParts } from './parts.ts'
import { retryAfter } from './schedule.ts'
import { signedHeaders } from './signatures.ts'

export interface Outcome {
  readonly delivered: boolean
  /** The endpoint says that it is no more. */
  readonly gone: boolean
  readonly response_status: number | null
  readonly error: string | null
  /** How long the endpoint asks to be left alone, in ms. */
  readonly retry_after: number | null
}

const GONE = 410
/** Of these `Retry-After` speaks for the whole endpoint. */
const ASKS_FOR_REST = [429, 503]

/** Null when the worker ends meanwhile. */
export async function attempt(
  { send, clock }: Pick<WorkerParts, 'send' | 'clock'>,
  webhook: WebhookRow,
  id: string,
  message: WebhookMessage,
  ending: AbortSignal,
): Promise<Outcome | null> {
  const body = JSON.stringify(message)
  const headers = { 'content-type': 'application/json', 'user-agent': 'Porchlight', ...signedHeaders(webhook, id, body, clock.now()) }
  const given = new AbortController()
  const giveUp = () => given.abort()
  const cancel = clock.after(WEBHOOK_TIMEOUT_MS, giveUp)
  ending.addEventListener('abort', giveUp)
  try {
    // Raced as well: whatever the network does, nobody waits for it longer.
    return outcomeOf(await Promise.race([send({ url: webhook.url, headers, body }, given.signal), aborted(given.signal)]), clock.now())
  } catch (error) {
    if (ending.aborted) return null
    const why = given.signal.aborted ? `no answer within ${WEBHOOK_TIMEOUT_MS / 1000} s` : reasonOf(error)
    return { delivered: false, gone: false, response_status: null, error: why, retry_after: null }
  } finally {
    cancel()
    ending.removeEventListener('abort', giveUp)
  }
}

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }))

function outcomeOf({ status, retry_after }: Answer, now: number): Outcome {
  const delivered = status >= 200 && status < 300
  const redirect = status >= 300 && status < 400 ? ', and redirects are not followed' : ''
  return {
    delivered,
    gone: status === GONE,
    response_status: status,
    error: delivered ? null : `answered ${status}${redirect}`,
    retry_after: ASKS_FOR_REST.includes(status) ? retryAfter(retry_after, now) : null,
  }
}

/** Codes only: a message of the system may name addresses that its reader could not find out. */
function reasonOf(error: unknown): string {
  if (error instanceof Unanswered) return error.message
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'no answer'
}
