/** Storage that lives as long as the page, and storage that does so until the visitor agrees to more. */
import type { Storage } from './environment.ts'

export const memoryStorage = (values: Map<string, unknown> = new Map()): Storage => ({
  durable: false,
  get: async <T>(key: string) => values.get(key) as T | undefined,
  set: async (key, value) => void values.set(key, value),
  update: async <T>(key: string, change: (old: T | undefined) => T) => void values.set(key, change(values.get(key) as T | undefined)),
  left: async () => [],
})

export interface ConsentStorage extends Storage {
  /** Stores what was kept in memory, and from now on everything. */
  allow(): Promise<void>
  /** Goes on with another storage, made of the one so far; `memory` holds what `allow` stores after that. */
  exchange(make: (before: Storage, memory: Map<string, unknown>) => Storage): void
}

/** Opens nothing before consent: even an empty database is something stored. */
export function consentStorage(durable: () => Storage): ConsentStorage {
  const values = new Map<string, unknown>()
  let storage = memoryStorage(values)
  let allowed: Promise<unknown> | undefined
  return {
    get durable() {
      return storage.durable
    },
    get: (key) => storage.get(key),
    update: (key, change) => storage.update(key, change),
    set: (key, value) => storage.set(key, value),
    left: (prefix) => storage.left(prefix),
    async allow() {
      if (!allowed) {
        storage = durable()
        // All writes are asked for at once: what comes after finds them done.
        allowed = Promise.all([...values].map(([key, value]) => storage.update(key, (old) => merged(old, value))))
      }
      await allowed
    },
    exchange(make) {
      storage = make(storage, values)
      allowed = undefined
    },
  }
}

/** What an earlier visit has left stays, where this one says nothing else: what waits to be sent, above all. */
function merged(old: unknown, value: unknown): unknown {
  if (Array.isArray(old) && Array.isArray(value)) return [...old, ...value]
  if (!isRecord(old) || !isRecord(value)) return value
  const entries = Object.entries(value).map(([key, part]) => [key, merged(old[key], part)])
  return { ...old, ...Object.fromEntries(entries) }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
