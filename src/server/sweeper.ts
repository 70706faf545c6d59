/** Forgets what has expired, a little now and then, for as long as the server runs. */
import { eraseCustomer } from './domain/backend/erasure.ts'
import { forgetRemovals } from './domain/files.ts'
import { sweepExpired } from './domain/sweeps.ts'
import type { Files } from './files/files.ts'
import type { Clock } from './gateway/clock.ts'
import type { Log } from './gateway/log.ts'
import type { Store } from './store/store.ts'

/** With a step of some hundreds of each kind this keeps up with more visitors than one process serves. */
export const SWEEP_EVERY_MS = 30_000
const FILES_AT_ONCE = 200
const ERASED_AT_ONCE = 5

export interface Swept {
  readonly store: Store
  readonly files: Files
  readonly clock: Clock
  readonly log: Log
}

/** Returns the way to stop. */
export function sweepRegularly({ store, files, clock, log }: Swept): () => void {
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
  /** Of those whose erasure was begun by a process that is no more. Readers find the entries by their numbers. */
  const goOnErasing = async () => {
    for (const { organization_id, id } of await store.unerasedCustomers(ERASED_AT_ONCE)) {
      await eraseCustomer(
        store,
        organization_id,
        id,
        () => clock.now(),
        async (change) => {
          const done = await store.commit(change)
          if (!done.ok && done.why !== 'stale') throw new Error(`unable to go on erasing a user; ${done.why}`)
          return done.ok ? done.committed : null
        },
      )
    }
  }
  let cancel = schedule()
  return () => cancel()
}
