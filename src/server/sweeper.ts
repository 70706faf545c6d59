/** Forgets what has expired, a little now and then, for as long as the server runs. */
import { erase } from './domain/backend/erasure.ts'
import type { Commit } from './domain/context.ts'
import { forgetRemovals } from './domain/files.ts'
import { sweepExpired } from './domain/sweeps.ts'
import type { Files } from './files/files.ts'
import type { Clock } from './gateway/clock.ts'
import type { Log } from './gateway/log.ts'
import type { Committed } from './store/change.ts'
import type { Store } from './store/store.ts'

/** With a step of some hundreds of each kind this keeps up with more visitors than one process serves. */
export const SWEEP_EVERY_MS = 30_000
const FILES_AT_ONCE = 200
const ERASED_AT_ONCE = 5
/** Whoever began an erasure is still at it until then, or is no more. */
const ERASING_MS = 5 * 60_000

export interface Swept {
  readonly store: Store
  readonly files: Files
  readonly clock: Clock
  readonly log: Log
  /** Tells those who are connected of what was changed. */
  tell(organization_id: string, committed: Committed): void
}

/** Returns the way to stop. */
export function sweepRegularly({ store, files, clock, log, tell }: Swept): () => void {
  const schedule = () => clock.after(SWEEP_EVERY_MS, () => void sweep())
  const sweep = async () => {
    cancel = schedule()
    try {
      await store.commit(sweepExpired(clock.now()))
      await removeFiles()
      await goOnErasing()
    } catch (error) {
      // Where there is no space for it just now, there will be at a later turn.
      log.warn({ err: error }, 'unable to forget what has expired')
    }
  }
  /** The bytes go first: what is not known to be gone is tried again. */
  const removeFiles = async () => {
    const due = (await store.fileRemovals(clock.now(), FILES_AT_ONCE)).map(({ file_id }) => file_id)
    for (const id of due) await files.remove(id)
    if (due.length > 0) await store.commit(forgetRemovals(due, clock.now()))
  }
  /** Of those whose erasure was begun by a process that is no more. */
  const goOnErasing = async () => {
    for (const user of await store.unerased(clock.now() - ERASING_MS, ERASED_AT_ONCE)) {
      const commit: Commit = async (change) => {
        const done = await store.commit(change)
        if (!done.ok && done.why !== 'stale') throw new Error(`unable to go on erasing a user; ${done.why}`)
        if (!done.ok) return null
        tell(user.organization_id, done.committed)
        return done.committed
      }
      await erase(store, user, () => clock.now(), commit)
    }
  }
  let cancel = schedule()
  return () => cancel()
}
