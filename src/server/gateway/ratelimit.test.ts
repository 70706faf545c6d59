/** Buckets empty, refill with time, and do not touch each other. */
import { expect, test } from 'vitest'
import { RATES } from '../../protocol/limits.ts'
import { createClock } from '../../testing/clock.ts'
import { createRateLimiter } from './ratelimit.ts'

test('[CON14] the burst goes through, the next is told when to come again, and then it goes through', async () => {
  const clock = createClock()
  const rates = createRateLimiter({ clock })
  const { burst, perMinute } = RATES.write
  for (let at = 0; at < burst; at++) expect(rates.take('write', 'ann')).toBe(0)
  const wait = rates.take('write', 'ann')
  expect([rates.wait('write', 'ann'), rates.wait('write', 'bob')]).toEqual([wait, 0])
  expect(wait).toBe(60_000 / perMinute)
  await clock.advance(wait - 1)
  expect(rates.take('write', 'ann')).toBe(1)
  await clock.advance(1)
  expect(rates.take('write', 'ann')).toBe(0)
})

test('[CON17] what is left is as much as can be taken, and it is back when it was said', async () => {
  const clock = createClock()
  const rates = createRateLimiter({ clock })
  const { burst, perMinute } = RATES.signal
  const one = 60_000 / perMinute
  expect(rates.left('signal', 'ann')).toEqual({ burst, all_ms: burst * one, left: burst, more_ms: 0 })
  for (let at = 1; at < burst; at++) {
    rates.take('signal', 'ann')
    expect(rates.left('signal', 'ann')).toMatchObject({ left: burst - at, more_ms: at * one })
  }
  rates.take('signal', 'ann')
  expect(rates.left('signal', 'ann')).toMatchObject({ left: 0, more_ms: one })
  await clock.advance(one - 1)
  expect(rates.left('signal', 'ann')).toMatchObject({ left: 0, more_ms: 1 })
  await clock.advance(1)
  expect(rates.left('signal', 'ann').left).toBe(1)
})

test('one principal and one rate say nothing of another', () => {
  const rates = createRateLimiter({ clock: createClock() })
  while (rates.take('signal', 'ann') === 0);
  expect(rates.take('signal', 'bob')).toBe(0)
  expect(rates.take('read', 'ann')).toBe(0)
})

test('rest never saves up more than the burst', async () => {
  const clock = createClock()
  const rates = createRateLimiter({ clock })
  rates.take('sign_in', 'a')
  await clock.advance(24 * 60 * 60 * 1000)
  let taken = 0
  while (rates.take('sign_in', 'a') === 0) taken++
  expect(taken).toBe(RATES.sign_in.burst)
})

test('what is given back was never taken', () => {
  const rates = createRateLimiter({ clock: createClock() })
  for (let at = 0; at < RATES.sign_in.burst * 3; at++) {
    expect(rates.take('sign_in', 'a')).toBe(0)
    rates.give('sign_in', 'a')
  }
})

test('a clock that is set back takes nothing away', () => {
  let now = 1_000_000
  const clock = { now: () => now, after: () => () => {} }
  const rates = createRateLimiter({ clock })
  expect(rates.take('sign_in', 'a')).toBe(0)
  now -= 500_000
  expect(rates.take('sign_in', 'a')).toBe(0)
})

test('a factor multiplies burst and refill', () => {
  const rates = createRateLimiter({ clock: createClock(), factor: 3 })
  let taken = 0
  while (rates.take('sign_in', 'a') === 0) taken++
  expect(taken).toBe(RATES.sign_in.burst * 3)
})

test('a million strangers cost a bounded memory, and a newcomer still has the whole burst', () => {
  const rates = createRateLimiter({ clock: createClock() })
  for (let at = 0; at < 250_000; at++) rates.take('token', `stranger ${at}`)
  let taken = 0
  while (rates.take('token', 'newcomer') === 0) taken++
  expect(taken).toBe(RATES.token.burst)
})
