/** Storage in what every React Native app has for it; when that fails, in memory with everything known so far. */
import type { Storage } from '../sdk/kit/environment.ts'
import { memoryStorage } from '../sdk/kit/storage.ts'
import type { AsyncStorage } from './types.ts'

/** It knows no transactions: everyone in the app waits for everyone before. */
let last: Promise<unknown> = Promise.resolve()

function inTurn<T>(task: () => Promise<T>): Promise<T> {
  const done = last.then(task)
  last = done.catch(() => {})
  return done
}

export function asyncStorage(store: AsyncStorage, name: string): Storage {
  /** What was read and written, so that nothing is lost when the store fails later. */
  const known = new Map<string, unknown>()
  const memory = memoryStorage(known)
  const orFromMemory = <T>(act: () => Promise<T>, instead: () => Promise<T>): Promise<T> =>
    inTurn(async () => {
      try {
        if (storage.durable) return await act()
      } catch {
        storage.durable = false
        storage.onLost?.()
      }
      return instead()
    })

  async function read<T>(key: string): Promise<T | undefined> {
    const text = await store.getItem(`${name} ${key}`)
    const value = text === null ? undefined : (JSON.parse(text) as T)
    known.set(key, value)
    return value
  }

  async function write(key: string, value: unknown): Promise<void> {
    if (value === undefined) await store.removeItem(`${name} ${key}`)
    else await store.setItem(`${name} ${key}`, JSON.stringify(value))
    known.set(key, value)
  }

  async function keys(prefix: string): Promise<readonly string[]> {
    const all = (await store.getAllKeys?.()) ?? []
    return all.filter((key) => key.startsWith(`${name} ${prefix}`)).map((key) => key.slice(name.length + 1))
  }

  const storage: Storage = {
    durable: true,
    get: <T>(key: string) =>
      orFromMemory<T | undefined>(
        () => read(key),
        () => memory.get(key),
      ),
    async update<T>(key: string, change: (old: T | undefined) => T) {
      const act = async () => write(key, change(await read<T>(key)))
      await orFromMemory(act, () => memory.update(key, change))
    },
    async set(key, value) {
      await orFromMemory(
        () => write(key, value),
        () => memory.set(key, value),
      )
    },
    left: <T>(prefix: string) =>
      orFromMemory<readonly T[]>(
        async () => (await Promise.all((await keys(prefix)).map(read<T>))).filter((value) => value !== undefined),
        () => memory.left(prefix),
      ),
  }
  return storage
}
