/** Storage made of reading and changing; storage that lives as long as the page; and storage that does so until the visitor agrees to more. */
import type { Storage } from './environment.ts'

type Made = Pick<Storage, 'get' | 'update'> & Partial<Pick<Storage, 'set'>>

export const storageOf = (durable: () => boolean, { get, update, set = (key, value) => update(key, () => value) }: Made): Storage => ({
  get durable() {
    return durable()
  },
  get,
  update,
  set,
})

export const memoryStorage = (values: Map<string, unknown> = new Map()): Storage =>
  storageOf(() => false, {
    get: async <T>(key: string) => values.get(key) as T | undefined,
    async update<T>(key: string, change: (old: T | undefined) => T) {
      const value = change(values.get(key) as T | undefined)
      if (value === undefined) values.delete(key)
      else values.set(key, value)
    },
  })

export interface ConsentStorage extends Storage {
  /** Stores what was kept in memory, and from now on everything. */
  allow(): Promise<void>
}

/** Opens nothing before consent: even an empty database is something stored. */
export function consentStorage(durable: () => Storage): ConsentStorage {
  const values = new Map<string, unknown>()
  let storage = memoryStorage(values)
  let allowed: Promise<unknown> | undefined
  const passing = storageOf(() => storage.durable, {
    get: (key) => storage.get(key),
    update: (key, change) => storage.update(key, change),
    set: (key, value) => storage.set(key, value),
  })
  return Object.assign(passing, {
    async allow() {
      if (!allowed) {
        storage = durable()
        // All writes are asked for at once: what comes after finds them done.
        allowed = Promise.all([...values].map(([key, value]) => storage.set(key, value)))
      }
      await allowed
    },
  })
}
