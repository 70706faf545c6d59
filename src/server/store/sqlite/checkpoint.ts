/** Moves what was committed from the write-ahead log into the database file, between transactions. */
import { type Driver, failureOf } from './driver.ts'

/**
 * It takes some 20 ms, most of them waiting for the disk and hardly more for more changes: each time those who wait just
 * then feel it. At this number the log stays around its size limit, and a start after a crash reads it in a moment.
 */
const CHANGES_BETWEEN = 4000

/** Returns what is to be called after each transaction with the number of its changes. */
export function openCheckpoints(db: Driver, onFailure: (error: unknown) => void): (changes: number) => void {
  let since = 0
  const run = (): void => {
    try {
      db.exec('PRAGMA wal_checkpoint(PASSIVE)')
    } catch (error) {
      // Without space for it in the file, what was committed stays in the log, where it is as safe, until there is some.
      if (failureOf(error) !== 'full') onFailure(error)
    }
  }
  return (changes) => {
    since += changes
    if (since < CHANGES_BETWEEN) return
    since = 0
    // Not at once: those whose changes were just committed are told first.
    setImmediate(run)
  }
}
