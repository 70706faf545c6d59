/** Token buckets by principal or address. Behind a small interface, so that processes can later share one. */
import { RATES, type Rate, type RateName } from '../../protocol/limits.ts'
import type { Clock } from './clock.ts'

export interface RateLimiter {
  /** Takes one; returns 0, or the milliseconds after which to try again when none was left. */
  take(rate: RateName, key: string): number
  /** Gives one back: what was taken in advance did not count after all. */
  give(rate: RateName, key: string): void
}

interface Bucket {
  tokens: number
  at: number
}

/** Buckets of one rate that are remembered at once. A forgotten one is full again. */
const MAX_BUCKETS = 100_000

export interface RateLimiterOptions {
  readonly clock: Clock
  /** Multiplies every rate; a load test of one principal sets it high. */
  readonly factor?: number
  readonly rates?: Readonly<Record<RateName, Rate>>
}

export function createRateLimiter({ clock, factor = 1, rates = RATES }: RateLimiterOptions): RateLimiter {
  const buckets = new Map(Object.entries(rates).map(([name, rate]) => [name, new Buckets(rate, factor, clock)]))
  const of = (rate: RateName) => buckets.get(rate) as Buckets
  return {
    take: (rate, key) => of(rate).take(key),
    give: (rate, key) => of(rate).give(key),
  }
}

class Buckets {
  readonly #buckets = new Map<string, Bucket>()
  readonly #burst: number
  readonly #perMs: number
  readonly #clock: Clock

  constructor({ burst, perMinute }: Rate, factor: number, clock: Clock) {
    this.#burst = burst * factor
    this.#perMs = (perMinute * factor) / 60_000
    this.#clock = clock
  }

  take(key: string): number {
    const bucket = this.#refilled(key)
    if (bucket.tokens < 1) return Math.ceil((1 - bucket.tokens) / this.#perMs)
    bucket.tokens -= 1
    return 0
  }

  give(key: string): void {
    const bucket = this.#refilled(key)
    bucket.tokens = Math.min(this.#burst, bucket.tokens + 1)
  }

  #refilled(key: string): Bucket {
    const now = this.#clock.now()
    const known = this.#buckets.get(key)
    if (!known) return this.#fresh(key, now)
    // A clock that was set back refills nothing rather than taking away.
    known.tokens = Math.min(this.#burst, known.tokens + Math.max(0, now - known.at) * this.#perMs)
    known.at = now
    return known
  }

  #fresh(key: string, now: number): Bucket {
    if (this.#buckets.size >= MAX_BUCKETS) this.#forgetOldest()
    const bucket = { tokens: this.#burst, at: now }
    this.#buckets.set(key, bucket)
    return bucket
  }

  /** A tenth at a time, first come first gone: most of them are long full again. */
  #forgetOldest(): void {
    let left = MAX_BUCKETS / 10
    for (const key of this.#buckets.keys()) {
      if (left-- <= 0) return
      this.#buckets.delete(key)
    }
  }
}
