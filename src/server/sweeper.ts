/** Forgets what has expired, a little now and then, for as long as the server runs, and leaves no trace of what was deleted. */
import { STREAM_ABANDONED_MS } from '../protocol/limits.ts'
import { erase } from './domain/backend/erasure.ts'
import type { Commit } from './domain/context.ts'
import { forgetRemovals } from './domain/files.ts'
import { stepOf } from './domain/streams.ts'
import { sweepExpired } from './domain/sweeps.ts'
import type { Files } from './files/files.ts'
import type { Clock } from './gateway/clock.ts'
import type { Log } from './gateway/log.ts'
import type { Committed } from './store/change.ts'
import type { Store } from './store/store.ts'

/** With a step of some hundreds of each kind this keeps up with more visitors than one process serves. */
export const SWEEP_EVERY_MS = 30_000
/** Whoever is in the way reads the database for a moment: EDT4 leaves time for some attempts between two sweeps. */
const PURGE_AGAIN_MS = 5_000
const PURGE = 'purge the database of what was deleted'
const FILES_AT_ONCE = 200
const ERASED_AT_ONCE = 5
const STREAMS_AT_ONCE = 50
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
    cancelPurge()
    await attempt('forget what has expired', async () => {
      await store.commit(sweepExpired(clock.now()))
      await removeFiles()
      await goOnErasing()
      await endStreams()
    })
    await attempt(PURGE, async () => {
      if (!(await purge()) && !stopped) log.warn({}, `unable to ${PURGE} just now; another program reads it, or its disk is full`)
    })
  }
  const attempt = async (what: string, task: () => Promise<unknown>) => {
    try {
      await task()
    } catch (error) {
      // Where there is no space for it just now, there will be at a later turn.
      log.warn({ err: error }, `unable to ${what}`)
    }
  }
  /** The bytes go first: what is not known to be gone is tried again. */
  const removeFiles = async () => {
    for (let forgotten = true; forgotten; ) {
      const due = (await store.fileRemovals(clock.now(), FILES_AT_ONCE)).map(({ file_id }) => file_id)
      for (const id of due) await files.remove(id)
      forgotten = due.length > 0 && (await store.commit(forgetRemovals(due, clock.now()))).ok
    }
  }
  const purge = async () => {
    const purged = await store.purge()
    if (!purged && !stopped) cancelPurge = clock.after(PURGE_AGAIN_MS, () => void attempt(PURGE, purge))
    return purged
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
  /** BOT5: what bots were writing by way of a process that is no more. */
  const endStreams = async () => {
    for (const { organization_id, event } of await store.silentStreams(clock.now() - STREAM_ABANDONED_MS, STREAMS_AT_ONCE)) {
      const stream = { event, text: event.text ?? '', at: event.streaming_at ?? 0 }
      const done = await store.commit(stepOf(stream, clock.now(), true))
      if (done.ok) tell(organization_id, done.committed)
    }
  }
  let cancel = schedule()
  let cancelPurge = () => {}
  let stopped = false
  return () => {
    stopped = true
    cancel()
    cancelPurge()
  }
}
