/** A clock on which hours pass in seconds, for what waits long over real sockets. */
import type { Clock } from '../../src/server/gateway/clock.ts'

export interface HastyClock extends Clock {
  /** Nobody is called back any more. */
  stop(): void
}

export function hastyClock(factor: number, since: number): HastyClock {
  let stopped = false
  return {
    now: () => Math.floor(since + (Date.now() - since) * factor),
    after(ms, callback) {
      const timer = setTimeout(() => void (stopped || callback()), ms / factor)
      return () => clearTimeout(timer)
    },
    stop() {
      stopped = true
    },
  }
}
