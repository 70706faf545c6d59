/** An endpoint is spared when it is the endpoint that fails, and not what one chat has for it. */
import { expect, test } from 'vitest'
import { WEBHOOK_GIVES_UP_AFTER_MS } from '../../protocol/limits.ts'
import type { WebhookRow } from '../store/webhook-rows.ts'
import type { Outcome } from './attempt.ts'
import { AT_ONCE, Health } from './health.ts'

const row: WebhookRow = {
  ...{ id: 'w', organization_id: 'acme', url: '', events: [], description: null, secret: '', previous_secret: null, previous_until: null },
  ...{ created_at: 0, changed_at: 0, failing_since: null, retry_at: null, succeeded_at: null, disabled_at: null },
}
const failure: Outcome = { delivered: false, gone: false, response_status: 500, error: 'answered 500', retry_after: null }
const failed = (health: Health, chat: string, now: number, round = health.round) => health.failed(failure, chat, round, now, 1)

test('[WHK6] three chats that fail one after another are enough, and the rest grows until something gets through', () => {
  const health = new Health(row)
  expect(failed(health, 'a', 100)).toEqual({ failing_since: 100, retry_at: null })
  expect([failed(health, 'b', 100).retry_at, health.atOnce]).toEqual([null, AT_ONCE])
  expect([failed(health, 'c', 100).retry_at, health.atOnce, health.retry_at]).toEqual([1100, 1, 1100])
  expect(failed(health, 'a', 60_100).retry_at).toBe(120_100)
  expect(health.succeeded(130_000)).toEqual({ succeeded_at: 130_000, failing_since: null, retry_at: null })
  expect([health.atOnce, health.retry_at]).toEqual([AT_ONCE, 0])
})

test('[WHK6] what was under way together fails together, which counts once', () => {
  const health = new Health(row)
  const { round } = health
  for (const chat of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) failed(health, chat, 100, round)
  expect(health.atOnce).toBe(AT_ONCE)
})

test('[WHK2] one chat that fails again and again is no reason to spare the endpoint', () => {
  const health = new Health(row)
  for (let now = 0; now < 10; now++) expect(failed(health, 'a', now).retry_at).toBeNull()
  expect(health.atOnce).toBe(AT_ONCE)
})

test('[WHK6] it is disabled after a day without success, and goes on as it was written down', () => {
  const health = new Health({ ...row, failing_since: 1000, retry_at: 5000 })
  expect([health.atOnce, health.retry_at]).toEqual([1, 5000])
  expect(failed(health, 'a', WEBHOOK_GIVES_UP_AFTER_MS)).not.toHaveProperty('disabled_at')
  expect(failed(health, 'a', WEBHOOK_GIVES_UP_AFTER_MS + 1000)).toMatchObject({ disabled_at: WEBHOOK_GIVES_UP_AFTER_MS + 1000 })
})

test('that all is well is written down now and then', () => {
  const health = new Health(row)
  expect([1_000_000, 1_000_001, 1_059_999, 1_060_000].map((now) => Object.keys(health.succeeded(now)).length > 0)).toEqual([
    true,
    false,
    false,
    true,
  ])
  expect([health.succeededSince(1_059_999), health.succeededSince(1_060_000)]).toEqual([true, false])
})
