/** Keeps the epoch true: a database that holds less than the mark beside it was rolled back, and its history is another one. */
import type { Driver } from './driver.ts'
import type { HighWater } from './high-water.ts'
import type { Tables } from './tables.ts'

/** Returns whether a new epoch was begun. */
export function keepEpoch(db: Driver, { meta }: Tables, mark: HighWater): boolean {
  const [held, known] = [meta.entries(), mark.read()]
  const rolledBack = !(held >= known)
  if (rolledBack) {
    db.exec('BEGIN IMMEDIATE')
    meta.beginHistory(Number.isSafeInteger(known) ? known : held)
    db.exec('COMMIT')
  }
  mark.write(meta.entries())
  return rolledBack
}
