/** Proves that the table of errors, the list of retryable ones, and what clients carry of it agree. */
import { describe, expect, it } from 'vitest'
import { ERRORS, RETRYABLE } from './errors.ts'

describe('the table of errors', () => {
  it('[CON13] lists as retryable exactly those it marks so', () => {
    const marked = Object.entries(ERRORS).flatMap(([type, kind]) => (kind.retryable ? [type] : []))
    expect(Object.keys(ERRORS).filter((type) => RETRYABLE.test(type))).toEqual(marked)
  })

  it('gives every error an HTTP status of failure and a sentence', () => {
    for (const [type, kind] of Object.entries(ERRORS)) {
      expect(type).toMatch(/^[a-z_]+$/)
      expect(kind.status).toBeGreaterThanOrEqual(400)
      expect(kind.meaning).toMatch(/^[A-Z].*\.$/)
    }
  })
})
