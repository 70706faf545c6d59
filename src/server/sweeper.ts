/** Forgets what has expired, a little now and then, for as long as the server runs. */
import { sweepExpired } from './domain/sweeps.ts'
import type { Clock } from './gateway/clock.ts'
import type { Log } from './gateway/log.ts'
import type { Store } from './store/store.ts'

/** With a step of some hundreds of each kind this keeps up with more visitors than one process serves. */
export const SWEEP_EVERY_MS = 30_000

/** Returns the way to stop. */
export function sweepRegularly({ store, clock, log }: { readonly store: Store; readonly clock: Clock; readonly log: Log }): () => void {
  const schedule = () => clock.after(SWEEP_EVERY_MS, () => void sweep())
  const sweep = async () => {
    cancel = schedule()
    // Where there is no space for it just now, there will be at a later turn.
    await store.commit(sweepExpired(clock.now())).catch((error: unknown) => log.warn({ err: error }, 'unable to forget what has expired'))
  }
  let cancel = schedule()
  return () => cancel()
}
