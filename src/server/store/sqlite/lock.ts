/** One server at a time on a data directory: a lock of the file system that ends with the process that holds it, `kill -9` included. */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

export interface Lock {
  release(): void
}

export function acquireLock(directory: string): Lock {
  const database = new DatabaseSync(join(directory, 'server.lock'))
  try {
    database.exec('PRAGMA busy_timeout = 0; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT')
  } catch (error) {
    database.close()
    throw new Error(`unable to use ${directory}; another server has it`, { cause: error })
  }
  return { release: () => database.close() }
}
