/** Whether a webhook is from the server: the scheme of Standard Webhooks, read with the secret that `register` answered. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { PorchlightError, SignatureError } from './errors.ts'

/** Headers as any runtime hands them over. */
export type HeadersLike = { get(name: string): string | null } | Readonly<Record<string, string | readonly string[] | undefined>>

/** What a webhook tells. */
export interface WebhookEvent {
  /** The event's name, such as `incoming_event`. */
  type: string
  /** When it happened. */
  timestamp: string
  /** What an agent's client gets of it, and whose it is. */
  data: Record<string, unknown> & { organization_id: string; license: number }
}

/** One that was caught on its way may not come again later than this. */
const TOLERANCE_S = 300
/** The least that the scheme allows. With the empty key of a variable that is not set, everyone could sign. */
const MIN_KEY_BYTES = 24

/** The keys of what is given as `field`. Throws where one is no secret: nothing is ever verified with it. */
export function keysOf(given: string | readonly string[], unable: string, field: string): Uint8Array[] {
  return [given].flat().map((secret, at, { length }) => {
    const key = Buffer.from(String(secret ?? '').replace(/^whsec_/, ''), 'base64')
    if (key.length >= MIN_KEY_BYTES) return key
    const path = length > 1 ? `${field}.${at}` : field
    throw new PorchlightError(`unable to ${unable}; ${path} is no secret of at least ${MIN_KEY_BYTES} bytes`, { code: 'validation' })
  })
}

/** Throws where it is not; `now` in ms. */
export function verified(headers: HeadersLike, body: string | Uint8Array, keys: readonly Uint8Array[], now: number): WebhookEvent {
  const [id, timestamp, signatures] = ['id', 'timestamp', 'signature'].map((name) => read(headers, `webhook-${name}`))
  if (!id || !timestamp || !signatures) throw wrong('a header is missing', 'missing_header')
  if (!(Math.abs(now / 1000 - Number(timestamp)) <= TOLERANCE_S)) throw wrong('its time is not now', 'stale_webhook')
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body)
  const good = keys.map((key) => signature(key, `${id}.${timestamp}.${text}`))
  const given = signatures.split(' ')
  if (!good.some((one) => given.some((other) => same(one, other)))) throw wrong('its signature is not the server’s', 'wrong_signature')
  return JSON.parse(text) as WebhookEvent
}

function read(headers: HeadersLike, name: string): string | undefined {
  if (typeof headers.get === 'function') return (headers as Headers).get(name) ?? undefined
  const value = (headers as Record<string, string | readonly string[] | undefined>)[name]
  return typeof value === 'object' ? value[0] : value
}

const signature = (key: Uint8Array, content: string) => `v1,${createHmac('sha256', key).update(content).digest('base64')}`

function same(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}

const wrong = (why: string, code: string) => new SignatureError(`unable to verify the webhook; ${why}`, { code })
