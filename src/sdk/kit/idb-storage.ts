/** Storage in IndexedDB; where that is missing or fails, in memory with everything known so far. */
import { createStore, promisifyRequest } from 'idb-keyval'
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
  async function attempt<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => Promise<T>, instead: () => Promise<T>): Promise<T> {
    if (!failed) {
      try {
        open ??= createStore(name, 'keyval')
        return await Promise.race([open(mode, act), hung()])
      } catch {
        failed = true
      }
    }
    return instead()
  }

  async function put(store: IDBObjectStore, key: string, value: unknown) {
    store.put(value, key)
    // It ends now, and not when this page is next heard of.
    store.transaction.commit?.()
    await promisifyRequest(store.transaction)
    known.set(key, value)
  }

  return storageOf(() => !failed, {
    get: <T>(key: string) =>
      attempt(
        'readonly',
        async (store) => {
          const value: T | undefined = await promisifyRequest(store.get(key))
          known.set(key, value)
          return value
        },
        () => memory.get<T>(key),
      ),
    update: <T>(key: string, change: (old: T | undefined) => T) =>
      attempt(
        'readwrite',
        async (store) => put(store, key, change(await promisifyRequest(store.get(key)))),
        () => memory.update(key, change),
      ),
    // Without a look at the old value, it is on its way even if the page goes away now.
    set: (key, value) =>
      attempt(
        'readwrite',
        (store) => put(store, key, value),
        () => memory.set(key, value),
      ),
  })
}
