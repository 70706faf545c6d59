/** Brings a database to the version this code knows, step by step, each in a transaction of its own. */
import { type Migration, migrations } from '../migrations/migrations.ts'
import { Unusable } from './directory.ts'
import type { Driver } from './driver.ts'

export function migrate(db: Driver, path: string, steps: readonly Migration[] = migrations): void {
  const known = steps.at(-1)?.version ?? 0
  const version = versionOf(db)
  if (version > known) {
    throw new Unusable(`unable to open ${path}; its version is ${version} and this server knows up to ${known}: use the newer server`)
  }
  for (const step of steps) if (step.version > version) take(db, step)
}

const versionOf = (db: Driver): number => db.prepare<{ user_version: number }>('PRAGMA user_version').get()?.user_version ?? 0

function take(db: Driver, { version, sqlite }: Migration): void {
  db.exec('BEGIN IMMEDIATE')
  try {
    // Another process may have taken the step between the look and the lock.
    if (versionOf(db) < version) db.exec(`${sqlite}; PRAGMA user_version = ${version}`)
    db.exec('COMMIT')
  } catch (error) {
    db.exec('ROLLBACK')
    throw error
  }
}
