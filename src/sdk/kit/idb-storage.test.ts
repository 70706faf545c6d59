/** Storage in IndexedDB, and what becomes of it where IndexedDB is missing, refuses, fails or never answers. */
import { IDBFactory, IDBKeyRange, IDBObjectStore } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { idbStorage } from './idb-storage.ts'

let factory: IDBFactory

beforeEach(() => {
  factory = new IDBFactory()
  vi.stubGlobal('indexedDB', factory)
  vi.stubGlobal('IDBKeyRange', IDBKeyRange)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const databases = async () => (await factory.databases()).map(({ name }) => name)

/** A factory whose databases fail every transaction once the returned function was called. */
function failing(error: () => Error): () => void {
  let fails = false
  vi.stubGlobal('indexedDB', {
    open(...given: Parameters<IDBFactory['open']>) {
      const request = factory.open(...given)
      request.addEventListener('success', () => {
        const database = request.result
        const transaction = database.transaction.bind(database)
        database.transaction = (...named: Parameters<typeof transaction>) => {
          if (fails) throw error()
          return transaction(...named)
        }
      })
      return request
    },
  })
  return () => {
    fails = true
  }
}

/** Another tab's transaction, which lets no other begin until the returned function is called. */
async function occupy(name: string): Promise<() => void> {
  const request = factory.open(name)
  await new Promise((resolve) => request.addEventListener('success', resolve))
  const store = request.result.transaction('keyval', 'readwrite').objectStore('keyval')
  let holds = true
  const hold = () => void (holds && Object.assign(store.get('list'), { onsuccess: hold }))
  hold()
  return () => {
    holds = false
  }
}

describe('storage in IndexedDB', () => {
  it('outlives the page', async () => {
    await idbStorage('porchlight').set('key', { deep: [1, { two: true }] })
    const next = idbStorage('porchlight')
    expect(await next.get('key')).toEqual({ deep: [1, { two: true }] })
    expect(next.durable).toBe(true)
    await next.set('key', undefined)
    expect(await idbStorage('porchlight').get('key')).toBeUndefined()
  })

  it('says what others have set under keys that begin so, and nothing of what was removed', async () => {
    const storage = idbStorage('porchlight')
    await Promise.all(['kept 1', 'kept 2', 'kept', 'else'].map((key) => storage.set(key, { key })))
    await storage.set('kept 1', undefined)
    expect(await idbStorage('porchlight').left('kept ')).toEqual([{ key: 'kept 2' }])
  })

  it('opens nothing before it is used', async () => {
    const storage = idbStorage('porchlight')
    expect(await databases()).toEqual([])
    await storage.get('key')
    expect(await databases()).toEqual(['porchlight'])
  })

  it('has put on its way what is set, before anything else may happen to the page', async () => {
    const storage = idbStorage('porchlight')
    await storage.get('key')
    const get = vi.spyOn(IDBObjectStore.prototype, 'get')
    const put = vi.spyOn(IDBObjectStore.prototype, 'put')
    const done = storage.set('key', 1)
    await Promise.resolve().then(() => {})
    expect([get.mock.calls.length, put.mock.calls.length]).toEqual([0, 1])
    await done
  })

  it('loses no update of two tabs at the same time', async () => {
    const tabs = [idbStorage('porchlight'), idbStorage('porchlight')]
    await Promise.all([...tabs, ...tabs].map((tab) => tab.update<number>('count', (old = 0) => old + 1)))
    expect(await tabs[0]?.get('count')).toBe(4)
  })

  it('shows what another tab has written', async () => {
    const [one, two] = [idbStorage('porchlight'), idbStorage('porchlight')]
    await one.set('key', 'first')
    expect(await two.get('key')).toBe('first')
    await one.set('key', 'second')
    expect(await two.get('key')).toBe('second')
  })
})

describe('where IndexedDB will not do', () => {
  const worksInMemory = async () => {
    const storage = idbStorage('porchlight')
    await storage.set('key', 1)
    await storage.update<number>('key', (old = 0) => old + 1)
    expect(await storage.get('key')).toBe(2)
    expect(storage.durable).toBe(false)
  }

  it('because it is missing, memory does', async () => {
    vi.stubGlobal('indexedDB', undefined)
    await worksInMemory()
  })

  it('because opening throws, as in a sandboxed frame, memory does', async () => {
    vi.stubGlobal('indexedDB', {
      open() {
        throw new DOMException('the operation is insecure', 'SecurityError')
      },
    })
    await worksInMemory()
  })

  it('because the very word throws, memory does', async () => {
    vi.unstubAllGlobals()
    Object.defineProperty(globalThis, 'indexedDB', {
      configurable: true,
      get() {
        throw new DOMException('denied', 'SecurityError')
      },
    })
    await worksInMemory().finally(() => Reflect.deleteProperty(globalThis, 'indexedDB'))
  })

  it('because opening fails, as in a private window, memory does', async () => {
    vi.stubGlobal('indexedDB', { open: () => factory.open('porchlight', 0.5) })
    await worksInMemory()
  })

  it('because nothing ever answers, memory does after five seconds', async () => {
    vi.useFakeTimers()
    vi.stubGlobal('indexedDB', { open: () => ({}) })
    const storage = idbStorage('porchlight')
    const written = vi.fn()
    const done = storage.set('key', 1).then(written)
    await vi.advanceTimersByTimeAsync(4_999)
    expect(written).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    await done
    expect(await storage.get('key')).toBe(1)
  })

  it('because it answers only after five seconds, memory keeps what is said meanwhile, whatever comes of the rest', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    const storage = idbStorage('porchlight')
    await storage.set('list', [])
    const release = await occupy('porchlight')
    const add = (item: string) => storage.update<string[]>('list', (old = []) => [...old, item])
    const first = add('first')
    await vi.advanceTimersByTimeAsync(3_000)
    const second = add('second')
    await vi.advanceTimersByTimeAsync(2_000)
    await first
    await add('third')
    release()
    await second
    // What was given up on is done by now as well.
    expect(await idbStorage('porchlight').get('list')).toEqual(['first', 'second'])
    expect(await storage.get('list')).toEqual(['first', 'third', 'second'])
  })

  it('because the disk is full, memory goes on with all that was known', async () => {
    const fill = failing(() => new DOMException('no room', 'QuotaExceededError'))
    const storage = idbStorage('porchlight')
    await storage.set('read', 'kept')
    await storage.set('count', 1)
    fill()
    await storage.update<number>('count', (old = 0) => old + 1)
    expect([await storage.get('read'), await storage.get('count')]).toEqual(['kept', 2])
    expect(storage.durable).toBe(false)
  })

  it('and answers after it was given up, what memory holds by then stays', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    let answer = () => {}
    vi.stubGlobal('indexedDB', {
      open(name: string) {
        const request = factory.open(name)
        const slow = { result: request.result, error: null } as { result: unknown; onsuccess?: () => void; onupgradeneeded?: () => void }
        request.onupgradeneeded = () => {
          slow.result = request.result
          slow.onupgradeneeded?.()
        }
        request.onsuccess = () => {
          slow.result = request.result
          answer = () => slow.onsuccess?.()
        }
        return slow
      },
    })
    const storage = idbStorage('porchlight')
    const one = storage.update<string[]>('outbox', (old = []) => [...old, 'one'])
    await new Promise((resolve) => setImmediate(resolve))
    await vi.advanceTimersByTimeAsync(5_000)
    await one
    await storage.update<string[]>('outbox', (old = []) => [...old, 'two'])
    answer()
    for (let turns = 0; turns < 20; turns++) await new Promise((resolve) => setImmediate(resolve))
    expect(await storage.get('outbox')).toEqual(['one', 'two'])
  })

  it('because somebody deletes the database, memory goes on with all that was known, and nothing is made anew', async () => {
    const storage = idbStorage('porchlight')
    await storage.set('key', 'kept')
    await new Promise((resolve, reject) => Object.assign(factory.deleteDatabase('porchlight'), { onsuccess: resolve, onerror: reject }))
    expect(await storage.get('key')).toBe('kept')
    await storage.update<string>('key', (old) => `${old}, still`)
    expect([await storage.get('key'), storage.durable, await databases()]).toEqual(['kept, still', false, []])
  })

  it('because the browser closes the database, memory goes on with all that was known', async () => {
    let database: IDBDatabase | undefined
    const open = factory.open.bind(factory)
    vi.spyOn(factory, 'open').mockImplementation((...given) => {
      const request = open(...given)
      request.addEventListener('success', () => {
        database = request.result
      })
      return request
    })
    const storage = idbStorage('porchlight')
    await storage.set('key', 'kept')
    database?.onclose?.(new Event('close'))
    await idbStorage('porchlight').set('key', 'of another page')
    expect([await storage.get('key'), storage.durable]).toEqual(['kept', false])
  })

  it('says so, once', async () => {
    const fill = failing(() => new DOMException('no room', 'QuotaExceededError'))
    const storage = idbStorage('porchlight')
    storage.onLost = vi.fn()
    await storage.set('key', 1)
    expect(storage.onLost).not.toHaveBeenCalled()
    fill()
    await Promise.all([storage.set('key', 2), storage.get('key'), storage.set('other', 3)])
    await storage.set('key', 4)
    expect(storage.onLost).toHaveBeenCalledTimes(1)
  })
})
