/** Storage that lives as long as the page, until the visitor agrees to more. */
import { describe, expect, it } from 'vitest'
import { Cupboard } from '../../testing/storage.ts'
import { consentStorage, memoryStorage } from './storage.ts'

describe('storage in memory', () => {
  it('keeps what is written until it is removed, and says that it will not last', async () => {
    const storage = memoryStorage()
    expect(storage.durable).toBe(false)
    expect(await storage.get('key')).toBeUndefined()
    await storage.set('key', { n: 1 })
    await storage.update<{ n: number }>('key', (old) => ({ n: (old?.n ?? 0) + 1 }))
    expect(await storage.get('key')).toEqual({ n: 2 })
    await storage.set('key', undefined)
    expect(await storage.get('key')).toBeUndefined()
  })

  it('loses no update of two at the same time', async () => {
    const storage = memoryStorage()
    await Promise.all([1, 2, 3].map(() => storage.update<number>('count', (old = 0) => old + 1)))
    expect(await storage.get('count')).toBe(3)
  })
})

describe('before consent', () => {
  const create = () => {
    const cupboard = new Cupboard()
    let opened = 0
    const storage = consentStorage(() => {
      opened++
      return cupboard.for(() => true)
    })
    return { storage, cupboard, opened: () => opened }
  }

  it('nothing is opened and nothing stored', async () => {
    const { storage, cupboard, opened } = create()
    await storage.set('key', 'value')
    expect(await storage.get('key')).toBe('value')
    expect([storage.durable, opened(), cupboard.keys()]).toEqual([false, 0, []])
  })

  it('what was kept is stored with it, and all that follows', async () => {
    const { storage, cupboard, opened } = create()
    await storage.set('before', 1)
    await storage.allow()
    await storage.set('after', 2)
    expect([cupboard.peek('before'), cupboard.peek('after')]).toEqual([1, 2])
    expect(await storage.get('before')).toBe(1)
    expect([storage.durable, opened()]).toEqual([true, 1])
  })

  it('what an earlier visit has left is not overwritten where this one says nothing else', async () => {
    const { storage, cupboard } = create()
    cupboard.leave('outbox', { entries: ['old'], ids: { a: '1' } })
    cupboard.leave('identity', { visitor_key: 'old', refresh_token: 'r', customer_id: 'ann' })
    cupboard.leave('untouched', 1)
    await storage.set('outbox', { entries: ['new'], ids: { b: '2' } })
    await storage.set('identity', { visitor_key: 'new' })
    await storage.allow()
    expect(cupboard.peek('outbox')).toEqual({ entries: ['old', 'new'], ids: { a: '1', b: '2' } })
    expect(cupboard.peek('identity')).toEqual({ visitor_key: 'new', refresh_token: 'r', customer_id: 'ann' })
    expect(cupboard.peek('untouched')).toBe(1)
  })

  it('it counts once, however often it is given, and overwrites nothing that came after', async () => {
    const { storage, cupboard, opened } = create()
    await storage.set('key', 'old')
    const allowed = storage.allow()
    const changed = storage.update<string>('key', (old) => `${old}, then new`)
    await Promise.all([allowed, changed, storage.allow()])
    await storage.allow()
    expect(cupboard.peek('key')).toBe('old, then new')
    expect(opened()).toBe(1)
  })
})
