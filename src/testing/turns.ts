/** Waiting for what needs no timer: promises, immediates, and answers that a helper thread still computes. */
import { setImmediate } from 'node:timers/promises'

/** Lets the event loop go round, so that chains of promises and immediates come to their end. */
export async function turns(count = 4): Promise<void> {
  for (let turn = 0; turn < count; turn++) await setImmediate()
}

export interface Activity {
  /** Grows with everything that happens. */
  total(): number
  /** Whether something is under way that will end by itself: a request without its answer. */
  busy(): boolean
}

/** How long something may be under way in real time before we say that it hangs. */
const PATIENCE_MS = 20_000

/** Waits until nothing has happened for a few turns and nothing is under way. */
export async function quiet(activity: Activity): Promise<void> {
  const started = Date.now()
  for (let seen = -1; activity.busy() || seen !== activity.total(); ) {
    if (Date.now() - started > PATIENCE_MS) throw new Error('unable to come to rest; a request was never answered')
    seen = activity.total()
    await turns()
  }
}
