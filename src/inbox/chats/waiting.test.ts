/** Waiting in words: short, never negative, and standing out when it is long. */
import { describe, expect, it } from 'vitest'
import { waitingOf, waitingWords } from './waiting.ts'

const since = '2026-03-01T12:00:00.000Z'
const waited = (ms: number) => waitingOf(since, Date.parse(since) + ms)
const minutes = (n: number) => n * 60_000

describe('waiting', () => {
  it('is no number below a minute', () => {
    expect(waited(59_999).amount).toBeNull()
    expect(waitingWords(waited(59_999), 'en')).toBeNull()
  })

  it.each([
    [minutes(1), '1 min'],
    [minutes(59), '59 min'],
    [minutes(60), '1 hr'],
    [minutes(60 * 24) - 1, '23 hr'],
    [minutes(60 * 24), '1 day'],
    [minutes(60 * 24 * 40), '40 days'],
  ])('after %i ms reads %s', (ms, text) => {
    expect(waitingWords(waited(ms), 'en')).toBe(text)
  })

  it('stands out from five minutes on', () => {
    expect(waited(minutes(5) - 1).long).toBe(false)
    expect(waited(minutes(5)).long).toBe(true)
  })

  it('is never negative when the clock is behind the server', () => {
    expect(waited(-minutes(10))).toEqual({ amount: null, unit: 'minute', long: false })
  })

  it('speaks the reader’s language', () => {
    expect(waitingWords(waited(minutes(3)), 'de')).toBe('3 Min.')
  })
})
