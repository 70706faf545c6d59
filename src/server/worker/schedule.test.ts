/** The wait between two attempts grows, is spread, and is what the endpoint asks for. */
import { expect, test } from 'vitest'
import { WEBHOOK_RETRY_MAX_MS } from '../../protocol/limits.ts'
import { backoff, rest, retryAfter } from './schedule.ts'

test('[WHK3] the bound doubles from a second to an hour, and the wait is anything up to it', () => {
  expect([0, 1, 2, 10, 12, 40, 5000].map((attempts) => backoff(attempts, 1))).toEqual([
    ...[1000, 2000, 4000, 1_024_000],
    ...[WEBHOOK_RETRY_MAX_MS, WEBHOOK_RETRY_MAX_MS, WEBHOOK_RETRY_MAX_MS],
  ])
  expect([backoff(3, 0), backoff(3, 0.25)]).toEqual([0, 2000])
})

test('[WHK6] a whole endpoint rests about as long as it has failed', () => {
  expect([rest(0, 0), rest(60_000, 0), rest(60_000, 1), rest(1e9, 1)]).toEqual([500, 30_000, 60_000, WEBHOOK_RETRY_MAX_MS])
})

test('[WHK3] Retry-After is seconds or a date, and never longer than an hour', () => {
  const now = Date.UTC(2026, 2, 2, 9)
  expect(retryAfter('120', now)).toBe(120_000)
  expect(retryAfter(new Date(now + 30_000).toUTCString(), now)).toBe(30_000)
  expect(retryAfter(new Date(now - 30_000).toUTCString(), now)).toBe(0)
  expect(retryAfter('86400', now)).toBe(WEBHOOK_RETRY_MAX_MS)
  for (const nonsense of [null, 'soon', '', '-5x']) expect(retryAfter(nonsense, now), String(nonsense)).toBeNull()
})
