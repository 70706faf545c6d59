/** Signing as Standard Webhooks has it: HMAC-SHA256 of the id, the time and the body as it is sent (WHK4). */
import { createHmac } from 'node:crypto'
import type { WebhookRow } from '../store/webhook-rows.ts'

const keyOf = (secret: string): Buffer => Buffer.from(secret.replace(/^whsec_/, ''), 'base64')

const signature = (secret: string, content: string): string => `v1,${createHmac('sha256', keyOf(secret)).update(content).digest('base64')}`

export function signedHeaders(
  { secret, previous_secret, previous_until }: Pick<WebhookRow, 'secret' | 'previous_secret' | 'previous_until'>,
  id: string,
  body: string,
  now: number,
): Record<string, string> {
  const timestamp = String(Math.floor(now / 1000))
  const previous = previous_secret !== null && previous_until !== null && now < previous_until ? [previous_secret] : []
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': [secret, ...previous].map((one) => signature(one, `${id}.${timestamp}.${body}`)).join(' '),
  }
}
