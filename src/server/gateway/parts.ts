/** What the whole gateway works with; all that comes from outside enters here, so that a test can replace any of it. */
import type { Bus } from '../bus/bus.ts'
import type { Reach } from '../domain/addresses.ts'
import type { Files } from '../files/files.ts'
import type { Store } from '../store/store.ts'
import type { Clock } from './clock.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import type { RateLimiter } from './ratelimit.ts'

export interface Parts {
  readonly store: Store
  readonly bus: Bus
  readonly files: Files
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
  readonly rates: RateLimiter
  readonly reach: Reach
  /** At least 120 unguessable bits, as text without separators. */
  id(): string
  /** A number from 0 up to 1, for spreading what must not happen all at once. */
  random(): number
}
