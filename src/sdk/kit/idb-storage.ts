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

  function fail() {
    if (!failed) storage.onLost?.()
    failed = true
  }

  /** A database that somebody deletes, or that the browser takes away, is not made anew: it would be empty. */
  function kept(store: IDBObjectStore) {
    const { db } = store.transaction
    db.onclose = db.onversionchange = () => {
      db.close()
      fail()
    }
    return store
  }

  /** Creating the store opens nothing yet; the first use does, and may throw. */
  const use =
    <G extends unknown[], T>(
      mode: IDBTransactionMode,
      act: (store: IDBObjectStore, key: string, ...given: G) => Promise<T>,
      instead: (key: string, ...given: G) => Promise<T>,
    ) =>
    async (key: string, ...given: G): Promise<T> => {
      if (!failed) {
        try {
          open ??= createStore(name, 'keyval')
          return await Promise.race([open(mode, (store) => act(kept(store), key, ...given)), hung()])
        } catch {
          fail()
        }
      }
      return instead(key, ...given)
    }

  async function read(store: IDBObjectStore, key: string) {
    const value: unknown = await promisifyRequest(store.get(key))
    known.set(key, value)
    return value
  }

  async function put(store: IDBObjectStore, key: string, value: unknown) {
    store.put(value, key)
    // It ends now, and not when this page is next heard of.
    store.transaction.commit?.()
    await promisifyRequest(store.transaction)
    known.set(key, value)
  }

  const change = async (store: IDBObjectStore, key: string, to: (old: unknown) => unknown) => put(store, key, to(await read(store, key)))

  const storage = storageOf(() => !failed, {
    get: use('readonly', read, memory.get) as Storage['get'],
    update: use('readwrite', change, memory.update) as Storage['update'],
    // Without a look at the old value, it is on its way even if the page goes away now.
    set: use('readwrite', put, memory.set),
  })
  return storage
}
