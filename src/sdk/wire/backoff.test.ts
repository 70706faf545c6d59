/** How long a client waits before it tries again. */
import { describe, expect, it } from 'vitest'
import { createRandom } from '../../testing/random.ts'
import { backoff } from './backoff.ts'

const LONGEST_MS = 30_000

describe('the wait before the next try', () => {
  it('[CON11] lies between nothing and half a second, doubled with each failure, up to 30 s', () => {
    const { next } = createRandom('jitter')
    for (let failures = 0; failures < 40; failures++) {
      const top = Math.min(LONGEST_MS, 500 * 2 ** failures)
      const waits = Array.from({ length: 200 }, () => backoff(failures, next()))
      expect(Math.min(...waits)).toBeGreaterThanOrEqual(0)
      expect(Math.max(...waits)).toBeLessThanOrEqual(top)
      // Full jitter: the whole stretch is used, its lower end too.
      expect(Math.min(...waits)).toBeLessThan(top / 10)
      expect(Math.max(...waits)).toBeGreaterThan((top * 9) / 10)
    }
  })

  it('[CON11] grows with the failures and stays a number after very many', () => {
    const waits = [0, 1, 2, 5, 6, 7, 2_000].map((failures) => backoff(failures, 0.5))
    expect(waits).toEqual([250, 500, 1_000, 8_000, 15_000, 15_000, 15_000])
  })
})
