/** The store's own values: the epoch, the secret, and the count of entries ever written. */
import { randomBytes } from 'node:crypto'
import type { Driver, Value } from './driver.ts'

const SECRET_BYTES = 32

export function openMeta(db: Driver) {
  const read = db.prepare<{ value: Value }>('SELECT value FROM meta WHERE key = ?')
  const write = db.prepare('INSERT INTO meta VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value')
  const make = db.prepare('INSERT INTO meta VALUES (?, ?) ON CONFLICT DO NOTHING')
  const count = db.prepare(`UPDATE meta SET value = value + ? WHERE key = 'entries'`)

  make.run('epoch', newEpoch())
  make.run('secret', randomBytes(SECRET_BYTES))
  make.run('entries', 0)

  return {
    epoch: (): string => String(read.get('epoch')?.value),
    secret(): Uint8Array {
      const secret = read.get('secret')?.value
      if (!(secret instanceof Uint8Array)) throw new Error('unable to open the store; its secret is gone')
      return secret
    },
    /** Entries of all logs that were ever written to this history. */
    entries: (): number => Number(read.get('entries')?.value),
    count: (entries: number): void => {
      count.run(entries)
    },
    /** Begins another history, in which at least so many entries count as written. */
    beginHistory(entries: number): void {
      write.run('epoch', newEpoch())
      write.run('entries', entries)
    },
  }
}

const newEpoch = (): string => randomBytes(12).toString('base64url')
