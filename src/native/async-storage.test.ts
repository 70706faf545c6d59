/** Storage in an app, over a store that may fail at any moment. */
import { describe, expect, it } from 'vitest'
import { asyncStorage } from './async-storage.ts'
import type { AsyncStorage } from './types.ts'

/** A phone's flash: slow, and after `breaks` it takes nothing more. */
class Flash implements AsyncStorage {
  readonly kept = new Map<string, string>()
  broken = false

  async #work<T>(act: () => T): Promise<T> {
    await new Promise((resolve) => setTimeout(resolve, 1))
    if (this.broken) throw new Error('the disk is full')
    return act()
  }
  getItem = (key: string) => this.#work(() => this.kept.get(key) ?? null)
  setItem = (key: string, value: string) => this.#work(() => void this.kept.set(key, value))
  getAllKeys = () => this.#work(() => [...this.kept.keys()])
  removeItem = (key: string) => this.#work(() => void this.kept.delete(key))
}

describe('storage in AsyncStorage', () => {
  it('outlives the app, under a name of its own', async () => {
    const flash = new Flash()
    flash.kept.set('who', '"the app’s own"')
    const storage = asyncStorage(flash, 'porchlight')
    await storage.set('who', { id: 'me' })
    expect(await asyncStorage(flash, 'porchlight').get('who')).toEqual({ id: 'me' })
    expect(flash.kept.get('who')).toBe('"the app’s own"')
    expect(storage.durable).toBe(true)
    await storage.set('who', undefined)
    expect(await storage.get('who')).toBeUndefined()
    expect([...flash.kept.keys()]).toEqual(['who'])
  })

  it('says what was left under keys that begin so, where the store can', async () => {
    const flash = new Flash()
    const storage = asyncStorage(flash, 'porchlight')
    await Promise.all(['kept 1', 'kept 2', 'kept', 'else'].map((key) => storage.set(key, { key })))
    await storage.set('kept 1', undefined)
    expect(await asyncStorage(flash, 'porchlight').left('kept ')).toEqual([{ key: 'kept 2' }])
    const { getItem, setItem, removeItem } = flash
    expect(await asyncStorage({ getItem, setItem, removeItem }, 'porchlight').left('kept ')).toEqual([])
  })

  it('loses no update of several instances at the same time', async () => {
    const flash = new Flash()
    const storages = [1, 2, 3].map(() => asyncStorage(flash, 'porchlight'))
    await Promise.all(storages.flatMap((storage) => [1, 2].map(() => storage.update<number>('count', (old = 0) => old + 1))))
    expect(await storages[0]?.get('count')).toBe(6)
  })

  it('goes on in memory with all that it knew when the store fails, and says so', async () => {
    const flash = new Flash()
    const storage = asyncStorage(flash, 'porchlight')
    let said = 0
    storage.onLost = () => void said++
    await storage.set('count', 1)
    expect(said).toBe(0)
    flash.broken = true
    await Promise.all([storage.update<number>('count', (old = 0) => old + 1), storage.get('who')])
    expect([storage.durable, said]).toEqual([false, 1])
    expect(await storage.get('count')).toBe(2)
    flash.broken = false
    await storage.update<number>('count', (old = 0) => old + 1)
    expect(await storage.get('count')).toBe(3)
    expect(flash.kept.get('porchlight count')).toBe('1')
  })

  it('takes what it cannot read for a store that fails', async () => {
    const flash = new Flash()
    flash.kept.set('porchlight who', '{"id":')
    const storage = asyncStorage(flash, 'porchlight')
    expect(await storage.get('who')).toBeUndefined()
    expect(storage.durable).toBe(false)
  })
})
