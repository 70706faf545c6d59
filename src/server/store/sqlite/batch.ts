/** One transaction for many changes: one wait for the disk, and yet each change fails alone. */
import type { Change, Outcome } from '../change.ts'
import { carryOut } from './carry-out.ts'
import { Stale } from './draft.ts'
import { type Driver, failureOf } from './driver.ts'
import type { Tables } from './tables.ts'

/** What became of a change; an error is a change that no store could carry out. */
export type Result = { readonly outcome: Outcome } | { readonly error: unknown }

/** Throws when another process is writing, before anything was done, and when the disk failed. */
export type CarryOutBatch = (changes: readonly Change[]) => Result[]

const FULL: Result = { outcome: { ok: false, why: 'full' } }

export function openBatch(db: Driver, tables: Tables): CarryOutBatch {
  const [begin, commit] = [db.prepare('BEGIN IMMEDIATE'), db.prepare('COMMIT')]
  const one = openSavepoints(db, tables)

  /** Null when one of them failed: what it wrote stands among what the others wrote. */
  const together = (changes: readonly Change[]): Result[] | null => {
    try {
      return changes.map((change) => ({ outcome: carryOut(tables, change) }))
    } catch (error) {
      if (failureOf(error) === 'disk') throw error
      return null
    }
  }

  const oneByOne = (changes: readonly Change[]): Result[] => {
    rollBack(db, tables)
    begin.run()
    return changes.map(one)
  }

  return (changes) => {
    begin.run()
    try {
      tables.forgetWhatOthersWrote()
      // Almost always all go well, and a savepoint for each would cost more than what most of them write.
      const results = together(changes) ?? oneByOne(changes)
      tables.meta.count(results.reduce((sum, result) => sum + entriesOf(result), 0))
      commit.run()
      return results
    } catch (error) {
      rollBack(db, tables)
      if (failureOf(error) === 'full') return changes.map(() => FULL)
      throw error
    }
  }
}

/** Carries out a change under a savepoint of its own. */
function openSavepoints(db: Driver, tables: Tables): (change: Change) => Result {
  const [savepoint, release] = [db.prepare('SAVEPOINT change'), db.prepare('RELEASE change')]
  const takeBack = db.prepare('ROLLBACK TO change')
  return (change) => {
    savepoint.run()
    try {
      const outcome = carryOut(tables, change)
      release.run()
      return { outcome }
    } catch (error) {
      if (failureOf(error) === 'disk') throw error
      try {
        takeBack.run()
        release.run()
        tables.forget()
      } catch {
        // SQLite has ended the whole transaction, as it may when space runs out: what happened first is what counts.
        throw error
      }
      return refused(error)
    }
  }
}

function refused(error: unknown): Result {
  if (error instanceof Stale) return { outcome: { ok: false, why: 'stale' } }
  const failure = failureOf(error)
  if (failure === 'key') return { outcome: { ok: false, why: 'conflict' } }
  return failure === 'full' ? FULL : { error }
}

function entriesOf(result: Result): number {
  if (!('outcome' in result) || !result.outcome.ok || result.outcome.committed.replayed) return 0
  const { entries, user_entries } = result.outcome.committed
  return entries.length + user_entries.length
}

function rollBack(db: Driver, tables: Tables): void {
  tables.forget()
  try {
    db.exec('ROLLBACK')
  } catch {
    // SQLite has ended the transaction by itself.
  }
}
