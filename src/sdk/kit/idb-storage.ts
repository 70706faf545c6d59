/** Storage in IndexedDB; where that is missing or fails, in memory with everything known so far. */
import { createStore, del, get, set, update } from 'idb-keyval'
import type { Storage } from './environment.ts'
import { memoryStorage } from './storage.ts'

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
  const attempt = async <T>(act: (store: ReturnType<typeof createStore>) => Promise<T>, otherwise: () => Promise<T>): Promise<T> => {
    if (!failed) {
      try {
        open ??= createStore(name, 'keyval')
        return await Promise.race([act(open), hung()])
      } catch {
        failed = true
      }
    }
    return otherwise()
  }
  return {
    get durable() {
      return !failed
    },
    get: <T>(key: string) =>
      attempt(
        async (store) => {
          const value = await get<T>(key, store)
          known.set(key, value)
          return value
        },
        () => memory.get<T>(key),
      ),
    set: (key, value) => {
      known.set(key, value)
      return attempt(
        (store) => set(key, value, store),
        async () => {},
      )
    },
    update: <T>(key: string, change: (old: T | undefined) => T) =>
      attempt(
        async (store) => {
          let value: T | undefined
          await update<T>(
            key,
            (old) => {
              value = change(old)
              return value
            },
            store,
          )
          known.set(key, value)
        },
        () => memory.update(key, change),
      ),
    remove: (key) => {
      known.delete(key)
      return attempt(
        (store) => del(key, store),
        async () => {},
      )
    },
  }
}
