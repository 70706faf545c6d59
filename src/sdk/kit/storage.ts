/** Storage that lives as long as the page, and storage that does so until the visitor agrees to more. */
import type { Storage } from './environment.ts'

export function memoryStorage(values: Map<string, unknown> = new Map()): Storage {
  return {
    durable: false,
    get: async <T>(key: string) => values.get(key) as T | undefined,
    set: async (key, value) => void values.set(key, value),
    update: async <T>(key: string, change: (old: T | undefined) => T) => void values.set(key, change(values.get(key) as T | undefined)),
    remove: async (key) => void values.delete(key),
  }
}

export interface ConsentStorage extends Storage {
  /** Stores what was kept in memory, and from now on everything. */
  allow(): Promise<void>
}

/** Opens nothing before consent: even an empty database is something stored. */
export function consentStorage(durable: () => Storage): ConsentStorage {
  const values = new Map<string, unknown>()
  let storage = memoryStorage(values)
  let allowed: Promise<void> | undefined
  /** All writes are asked for at once: what comes after finds them done. */
  const move = async () => {
    storage = durable()
    await Promise.all([...values].map(([key, value]) => storage.set(key, value)))
  }
  return {
    get durable() {
      return storage.durable
    },
    get: (key) => storage.get(key),
    set: (key, value) => storage.set(key, value),
    update: (key, change) => storage.update(key, change),
    remove: (key) => storage.remove(key),
    allow: () => (allowed ??= move()),
  }
}
