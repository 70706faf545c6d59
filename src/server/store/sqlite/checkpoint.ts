/** Moves what was committed from the write-ahead log into the database file, between transactions, and leaves no trace of what is no more. */
import { type Driver, failureOf } from './driver.ts'
import type { Gaps } from './gaps.ts'

/**
 * It takes some 20 ms, most of them waiting for the disk and hardly more for more changes: each time those who wait just
 * then feel it. At this number the log stays around its size limit, and a start after a crash reads it in a moment.
 */
const CHANGES_BETWEEN = 4000

export interface Checkpoints {
  /** To be called after each transaction with the number of its changes. */
  committed(changes: number): void
  /** What was deleted or replaced until now is in no file any more. False where that cannot be just now. */
  purge(): Promise<boolean>
  /** The same at the end. Throws when the disk fails; that it is full, or somebody else reads, is borne. */
  end(): Promise<void>
}

/** What SQLite says of a checkpoint: the frames in the log, and how many of them are in the file. */
interface Moved {
  readonly busy: number
  readonly log: number
  readonly checkpointed: number
}

export function openCheckpoints(db: Driver, gaps: Gaps, onFailure: (error: unknown) => void): Checkpoints {
  const moving = db.prepare<Moved>('PRAGMA wal_checkpoint(PASSIVE)')
  const cutting = db.prepare<Moved>('PRAGMA wal_checkpoint(TRUNCATE)')
  let since = 0
  let purged = false
  let purging: Promise<boolean> = Promise.resolve(false)
  let ended = false

  /** Whether all of the log is in the file now. */
  const move = (): boolean => {
    const moved = moving.get()
    gaps.note(moved?.log ?? 0)
    return moved?.busy === 0 && moved.checkpointed === moved.log
  }
  /** Frames that were moved stay in the log until it is written over, so in the end it is cut off. */
  const empty = (): boolean => {
    const version = gaps.version()
    return move() && gaps.wipe(version) && cutting.get()?.busy === 0
  }
  const attempt = (act: () => boolean): boolean => {
    try {
      return act()
    } catch (error) {
      // Without space for it in the file, what was committed stays in the log, where it is as safe, until there is some.
      if (!passes(error)) onFailure(error)
      return false
    }
  }

  const purge = async (): Promise<boolean> => {
    if (ended) return false
    const seenAll = await gaps.noteMore()
    if (purged && seenAll) return true
    const done = attempt(empty)
    // Others may write while the disk is waited for.
    purged = done
    if (done) await gaps.sync().catch(onFailure)
    return done
  }

  return {
    committed(changes) {
      purged = false
      since += changes
      if (since < CHANGES_BETWEEN) return
      since = 0
      // Not at once: those whose changes were just committed are told first.
      setImmediate(() => attempt(move))
    },
    purge() {
      purging = purging.catch(() => false).then(purge)
      return purging
    },
    async end() {
      ended = true
      await purging.catch(() => {})
      try {
        if (empty()) await gaps.sync()
      } catch (error) {
        if (!passes(error)) throw error
      }
    },
  }
}

/** The disk is full, or another process has the database just now. */
const passes = (error: unknown): boolean =>
  ['full', 'busy'].includes(failureOf(error)) || (error instanceof Error && 'code' in error && error.code === 'ENOSPC')
