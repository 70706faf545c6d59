/** Storage in IndexedDB; where that is missing or fails, in memory with everything known so far. */
import { promisifyRequest } from 'idb-keyval'
import type { Storage } from './environment.ts'
import { memoryStorage } from './storage.ts'

/** Some browsers let a request to IndexedDB hang for ever. */
const PATIENCE_MS = 5_000

const hung = () => new Promise<never>((_, reject) => setTimeout(reject, PATIENCE_MS))

/** As `idb-keyval` names it. */
const STORE = 'keyval'

/** Resolves with what stands there from then on. */
type Act<G extends unknown[]> = (store: IDBObjectStore, key: string, ...given: G) => Promise<unknown>

/** `onOpen` is handed what has to be closed by whoever goes before the page does. */
export function idbStorage(name: string, onOpen?: (database: { close(): void }) => void): Storage {
  /** What was read and written, so that nothing is lost when IndexedDB fails later. */
  const known = new Map<string, unknown>()
  const memory = memoryStorage(known)
  let database: Promise<IDBDatabase> | undefined

  function fail() {
    if (storage.durable) storage.onLost?.()
    storage.durable = false
  }

  /** Throws where there is none, before anybody waits for it. */
  function open() {
    const request = indexedDB.open(name)
    request.onupgradeneeded = () => request.result.createObjectStore(STORE)
    return promisifyRequest(request).then((opened) => {
      onOpen?.(opened)
      // One that somebody deletes, or that the browser takes away, is not made anew: it would be empty.
      opened.onclose = opened.onversionchange = () => {
        opened.close()
        fail()
      }
      return opened
    })
  }

  /** The first use opens the database. */
  const use =
    <G extends unknown[]>(mode: IDBTransactionMode, act: Act<G>, instead: (key: string, ...given: G) => Promise<unknown>) =>
    async (key: string, ...given: G): Promise<unknown> => {
      try {
        if (storage.durable) {
          database ??= open()
          const value = await Promise.race([
            database.then((opened) => act(opened.transaction(STORE, mode).objectStore(STORE), key, ...given)),
            hung(),
          ])
          // What comes in after it was given up on, while memory goes on, would undo what memory holds.
          if (storage.durable) {
            known.set(key, value)
            return value
          }
        }
      } catch {
        fail()
      }
      return instead(key, ...given)
    }

  const read = (store: IDBObjectStore, key: string) => promisifyRequest(store.get(key))

  const list = (store: IDBObjectStore, prefix: string) => promisifyRequest(store.getAll(IDBKeyRange.bound(prefix, `${prefix}~`)))

  async function put(store: IDBObjectStore, key: string, value: unknown) {
    if (value === undefined) store.delete(key)
    else store.put(value, key)
    // It ends now, and not when this page is next heard of.
    store.transaction.commit?.()
    await promisifyRequest(store.transaction)
    return value
  }

  const change = async (store: IDBObjectStore, key: string, to: (old: unknown) => unknown) => put(store, key, to(await read(store, key)))

  const storage: Storage = {
    durable: true,
    get: use('readonly', read, memory.get) as Storage['get'],
    // Without a look at the old value, it is on its way even if the page goes away now.
    set: use('readwrite', put, memory.set) as Storage['set'],
    update: use('readwrite', change, memory.update) as Storage['update'],
    left: use('readonly', list, memory.left) as Storage['left'],
  }
  return storage
}
