/** Times in words, in the reader's language, by calendar days. */
import { describe, expect, test } from 'vitest'
import { dayName, dayOf, relativeTime, timeOfDay } from './time.ts'

const at = (year: number, month: number, day: number, hour = 12, minute = 0) => new Date(year, month - 1, day, hour, minute)
const iso = (...parts: Parameters<typeof at>) => at(...parts).toISOString()
const now = at(2026, 11, 21, 0, 30).getTime()

describe('the day as a heading', () => {
  test.each([
    ['today', iso(2026, 11, 21, 0, 1), 'today'],
    ['an hour ago may be yesterday', iso(2026, 11, 20, 23, 30), 'yesterday'],
    ['this week by its weekday', iso(2026, 11, 17), 'Tuesday'],
    ['this year by its date', iso(2026, 3, 3), '3 March'],
    ['another year with it', iso(2025, 3, 3), '3 March 2025'],
    ['a clock that runs ahead', iso(2026, 11, 23), '23 November'],
  ])('%s', (_, time, said) => expect(dayName(time, now, 'en-GB')).toBe(said))

  test('in another language', () => expect(dayName(iso(2026, 11, 20), now, 'de')).toBe('gestern'))
})

describe('how long ago', () => {
  test.each([
    [10_000, 'now'],
    [5 * 60_000, '5 min ago'],
    [3 * 3_600_000, '3 hr ago'],
    [-60_000, 'now'],
  ])('%i ms', (age, said) => expect(relativeTime(new Date(now - age).toISOString(), now, 'en-GB')).toBe(said))

  test('from a day on it is a date', () => expect(relativeTime(iso(2026, 11, 19), now, 'en-GB')).toBe('19 Nov'))
})

test('the time of day follows the language', () => {
  expect(timeOfDay(iso(2026, 11, 21, 14, 5), 'en-GB')).toBe('14:05')
  expect(timeOfDay(iso(2026, 11, 21, 14, 5), 'en-US')).toMatch(/^2:05\sPM$/)
  expect(timeOfDay(iso(2026, 11, 21, 0, 36), 'de')).toBe('00:36')
})

test('days are told apart at local midnight', () => {
  expect(dayOf(iso(2026, 11, 20, 23, 59))).not.toBe(dayOf(iso(2026, 11, 21, 0, 0)))
  expect(dayOf(iso(2026, 11, 21, 0, 0))).toBe(dayOf(iso(2026, 11, 21, 23, 59)))
})
