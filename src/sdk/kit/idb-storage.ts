/** Storage in IndexedDB; where that is missing or fails, in memory with everything known so far. */
import { createStore, get, set, update } from 'idb-keyval'
import type { Storage } from './environment.ts'
import { memoryStorage, storageOf } from './storage.ts'

/** Some browsers let a request to IndexedDB hang for ever. */
const PATIENCE_MS = 5_000

const hung = () => new Promise<never>((_, reject) => setTimeout(reject, PATIENCE_MS))

export function idbStorage(name: string): Storage {
  /** What was read and written, so that nothing is lost when IndexedDB fails later. */
  const known = new Map<string, unknown>()
  const memory = memoryStorage(known)
  let open: ReturnType<typeof createStore> | undefined
  let failed = false

  /** Creating the store opens nothing yet; the first use does, and may throw. */
  async function attempt<T>(key: string, act: (store: ReturnType<typeof createStore>) => Promise<T | undefined>): Promise<boolean> {
    if (failed) return false
    try {
      open ??= createStore(name, 'keyval')
      known.set(key, await Promise.race([act(open), hung()]))
    } catch {
      failed = true
    }
    return !failed
  }

  return storageOf(() => !failed, {
    async get<T>(key: string) {
      await attempt(key, (store) => get<T>(key, store))
      return memory.get<T>(key)
    },
    async update<T>(key: string, change: (old: T | undefined) => T) {
      const done = await attempt(key, async (store) => {
        let value: T | undefined
        await update<T>(
          key,
          (old) => {
            value = change(old)
            return value
          },
          store,
        )
        return value
      })
      if (!done) await memory.update(key, change)
    },
    // Without a look at the old value, it is on its way even if the page goes away now.
    async set(key, value) {
      const done = await attempt(key, (store) => set(key, value, store).then(() => value))
      if (!done) await memory.set(key, value)
    },
  })
}
