/** Nothing may be kept of the visitor any more: what is stored goes, and what is in use lives in memory. */
import { revoke } from '../../sdk/customer/identity.ts'
import type { Storage } from '../../sdk/kit/environment.ts'
import { type ConsentStorage, memoryStorage } from '../../sdk/kit/storage.ts'
import { databaseOf, SDK_DATABASE } from '../databases.ts'
import type { Visit } from '../visit.ts'
import { WITHDRAWN } from './tabs.ts'

/** With `tell` the other tabs do the same. */
export async function withdraw(visit: Visit, tell = false): Promise<void> {
  const { kept, drafts } = visit.device
  visit.forbid()
  const moved = [moveToMemory(kept, keysOf(visit)), moveToMemory(drafts, [])]
  if (tell) visit.post(WITHDRAWN)
  await Promise.all(moved)
  await erase(visit)
}

/** The visitor is forgotten, also by the server, which had given this device a way back to them. */
export async function wipe(visit: Visit): Promise<void> {
  const { auth, environment } = visit.session().sdk.ground
  const { refresh_token } = (await visit.device.kept.get<{ refresh_token?: string }>(auth.url)) ?? {}
  await withdraw(visit, true)
  await revoke(environment, auth.url, refresh_token)
}

/** Under which keys the SDK keeps who the customer is, and what waits to be sent. */
function keysOf(visit: Visit): string[] {
  const { auth, address } = visit.session().sdk.ground
  return [auth.url, address('rtm').replace('http', 'ws')]
}

/** What is asked for meanwhile waits, so that nothing is stored behind its back. */
function moveToMemory(storage: ConsentStorage, keys: readonly string[]): Promise<unknown> {
  let moved: Promise<unknown> = Promise.resolve()
  if (!storage.durable) return moved
  storage.exchange((before, values) => {
    values.clear()
    const memory = memoryStorage(values)
    moved = Promise.all(keys.map((key) => before.get(key).then((value) => memory.set(key, value))))
    const late =
      <Given extends unknown[], Answer>(act: (...given: Given) => Promise<Answer>) =>
      async (...given: Given): Promise<Answer> => {
        await moved
        return act(...given)
      }
    return {
      durable: false,
      get: late(memory.get) as Storage['get'],
      set: late(memory.set),
      update: late(memory.update) as Storage['update'],
      left: late(memory.left) as Storage['left'],
    }
  })
  return moved
}

async function erase(visit: Visit): Promise<void> {
  await Promise.all([eraseKeys(SDK_DATABASE, keysOf(visit)), dropDatabase(databaseOf(visit.settings))])
}

/** The database is shared with whoever else chats from this origin; it goes with the last of them. */
async function eraseKeys(name: string, keys: readonly string[]): Promise<void> {
  const database = await opened(name)
  if (!database) return
  const isLeft = [...database.objectStoreNames].length > 0 && (await deleteKeys(database, keys)) > 0
  database.close()
  if (!isLeft) await dropDatabase(name)
}

/** Resolves with how many others there are. */
function deleteKeys(database: IDBDatabase, keys: readonly string[]): Promise<number> {
  const [name = ''] = database.objectStoreNames
  const transaction = database.transaction(name, 'readwrite')
  const store = transaction.objectStore(name)
  for (const key of keys) {
    store.delete(key)
    // What was just accepted has rows of its own behind the key.
    store.delete(IDBKeyRange.bound(`${key} `, `${key} ~`))
  }
  const count = store.count()
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(count.result)
    transaction.onabort = () => reject(transaction.error)
  })
}

/** Null where there is none: looking for it makes none. */
function opened(name: string): Promise<IDBDatabase | null> {
  return new Promise((resolve) => {
    const request = indexedDB.open(name)
    request.onupgradeneeded = () => request.transaction?.abort()
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => resolve(null)
  })
}

/** Whoever has it open lets go of it when asked to. */
function dropDatabase(name: string): Promise<void> {
  return new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(name)
    request.onsuccess = () => resolve()
    request.onerror = () => resolve()
  })
}
