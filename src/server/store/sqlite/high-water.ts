/** The mark beside the database: how many entries it is known to have held. A database that holds fewer was rolled back (EPO1). */
import { closeSync, constants, openSync, readFileSync, writeSync } from 'node:fs'

export interface HighWater {
  /** NaN when the mark cannot be read. */
  read(): number
  write(entries: number): void
  close(): void
}

const DIGITS = 16

/** One small write in place for each transaction. It may lag behind the database after a power cut, and is never ahead of it. */
export function openHighWater(path: string): HighWater {
  const file = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600)
  return {
    read: () => Number(readFileSync(file, 'utf8')),
    write(entries) {
      writeSync(file, `${String(entries).padStart(DIGITS, '0')}\n`, 0)
    },
    close: () => closeSync(file),
  }
}
