/** Token buckets by principal or address. Behind a small interface, so that processes can later share one. */
import { RATES, type Rate, type RateName } from '../../protocol/limits.ts'
import type { Clock } from './clock.ts'

export interface RateLimiter {
  /** Takes one, or so many; returns 0, or the milliseconds after which to try again when there were not enough. */
  take(rate: RateName, key: string, count?: number): number
  /** What `take` would return, without taking. */
  wait(rate: RateName, key: string): number
  /** Gives one back: what was taken in advance did not count after all. */
  give(rate: RateName, key: string): void
  /** What `take` has left, without taking. */
  left(rate: RateName, key: string): Left
}

/** How a bucket stands. */
export interface Left {
  /** As many as a full one has, and how long an empty one takes to fill. */
  readonly burst: number
  readonly all_ms: number
  readonly left: number
  /** Until there is more than that: all of them, or where none is left the next one. */
  readonly more_ms: number
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
    take: (rate, key, count) => of(rate).take(key, count),
    wait: (rate, key) => of(rate).wait(key),
    give: (rate, key) => of(rate).give(key),
    left: (rate, key) => of(rate).left(key),
  }
}

/** A bucket is one number: the moment at which it will be full again. */
class Buckets {
  readonly #fullAt = new Map<string, number>()
  /** In which time one token comes back, and all of them. */
  readonly #one: number
  readonly #all: number
  readonly #clock: Clock

  constructor({ burst, perMinute }: Rate, factor: number, clock: Clock) {
    this.#one = 60_000 / (perMinute * factor)
    this.#all = burst * factor * this.#one
    this.#clock = clock
  }

  take(key: string, count = 1): number {
    const wait = this.wait(key, count)
    if (wait > 0) return wait
    if (this.#fullAt.size >= MAX_BUCKETS) this.#forgetOldest()
    this.#fullAt.set(key, this.#fullAtOf(key, this.#clock.now()) + this.#one * count)
    return 0
  }

  wait(key: string, count = 1): number {
    const now = this.#clock.now()
    return Math.max(0, Math.ceil(this.#fullAtOf(key, now) + this.#one * count - now - this.#all))
  }

  give(key: string): void {
    const now = this.#clock.now()
    this.#fullAt.set(key, this.#fullAtOf(key, now) - this.#one)
  }

  left(key: string): Left {
    const now = this.#clock.now()
    const fullIn = this.#fullAtOf(key, now) - now
    const left = Math.floor((this.#all - fullIn) / this.#one)
    return { burst: Math.floor(this.#all / this.#one), all_ms: this.#all, left, more_ms: left > 0 ? fullIn : this.wait(key) }
  }

  #fullAtOf(key: string, now: number): number {
    const known = this.#fullAt.get(key) ?? now
    // Further ahead than an empty bucket: the clock was set back, and that is nobody's fault.
    return known < now || known - now > this.#all ? now : known
  }

  /** A tenth at a time, first come first gone: most of them are long full again. */
  #forgetOldest(): void {
    let left = MAX_BUCKETS / 10
    for (const key of this.#fullAt.keys()) {
      if (left-- <= 0) return
      this.#fullAt.delete(key)
    }
  }
}
