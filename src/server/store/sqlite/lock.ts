/** The lock of a data directory: one server at a time. The kernel holds it for the process, so that `kill -9` frees it. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Unusable } from './directory.ts'
import { type Driver, failureOf, openNodeDriver } from './driver.ts'

/** Another process holds the directory. */
export class DirectoryTaken extends Unusable {
  constructor(directory: string) {
    super(`unable to use the data directory ${directory}; another Porchlight server is running on it`)
  }
}

export interface Lock {
  release(): void
}

/** Long enough to outwait someone who only looks. */
const PATIENCE_MS = 250

const lockFile = (directory: string): string => join(directory, 'porchlight.lock')

/** Throws `DirectoryTaken` when another process, or another part of this one, has it. */
export function acquireLock(directory: string): Lock {
  const db = openNodeDriver(lockFile(directory))
  try {
    db.exec(`PRAGMA busy_timeout = ${PATIENCE_MS}; BEGIN EXCLUSIVE`)
    return { release: () => db.close() }
  } catch (error) {
    db.close()
    throw failureOf(error) === 'busy' ? new DirectoryTaken(directory) : error
  }
}

/** Looks without taking it. */
export function isTaken(directory: string): boolean {
  if (!existsSync(lockFile(directory))) return false
  const db = openNodeDriver(lockFile(directory))
  try {
    return isHeld(db)
  } finally {
    db.close()
  }
}

function isHeld(db: Driver): boolean {
  try {
    db.prepare('SELECT * FROM sqlite_schema').all()
    return false
  } catch (error) {
    if (failureOf(error) === 'busy') return true
    throw error
  }
}
