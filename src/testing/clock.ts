/** A clock that stands still until a test moves it, for client and server alike. */
import type { Clock } from '../sdk/kit/environment.ts'
import { turns } from './turns.ts'

interface Timer {
  readonly due: number
  readonly order: number
  readonly callback: () => void
}

export interface FakeClock extends Clock {
  /** Moves on by whole milliseconds, running what falls due in order: by time, then by when it was asked for. Lets promises settle after each. */
  advance(ms: number): Promise<void>
  /** Milliseconds to the next timer; null when there is none. */
  next(): number | null
}

export interface ClockOptions {
  /** Unix time in ms at which it stands first. */
  readonly start?: number
  /** Waits for whatever a timer set off; a few turns of the event loop unless told otherwise. */
  readonly settle?: () => Promise<void>
}

/** A moment in the past of no meaning. */
export const SOME_DAY = Date.UTC(2026, 2, 2, 9)

export function createClock({ start = SOME_DAY, settle = turns }: ClockOptions = {}): FakeClock {
  const timers = new Set<Timer>()
  let time = start
  let asked = 0

  const first = (): Timer | undefined => {
    let found: Timer | undefined
    for (const timer of timers) {
      if (!found || timer.due < found.due || (timer.due === found.due && timer.order < found.order)) found = timer
    }
    return found
  }

  return {
    now: () => time,
    after(ms, callback) {
      const timer = { due: time + Math.max(0, Math.ceil(ms)), order: asked++, callback }
      timers.add(timer)
      return () => void timers.delete(timer)
    },
    next() {
      const timer = first()
      return timer ? timer.due - time : null
    },
    async advance(ms) {
      const until = time + ms
      await settle()
      for (let timer = first(); timer && timer.due <= until; timer = first()) {
        timers.delete(timer)
        time = Math.max(time, timer.due)
        timer.callback()
        await settle()
      }
      time = until
    },
  }
}
