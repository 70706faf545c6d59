/** Drafts: kept by chat, and never over what was typed since. */
import { expect, test } from 'vitest'
import { memoryStorage } from '../../sdk/kit/storage.ts'
import { createDrafts } from './drafts.ts'

test('another page finds what was written', async () => {
  const storage = memoryStorage()
  createDrafts(storage).save('a', 'Where is')
  const later = createDrafts(storage)
  expect([await later.load('a'), await later.load('b')]).toEqual(['Where is', ''])
})

test('what is typed while the storage is read is newer', async () => {
  const storage = memoryStorage()
  createDrafts(storage).save('a', 'old')
  const drafts = createDrafts(storage)
  const loading = drafts.load('a')
  drafts.save('a', 'new')
  expect(await loading).toBe('new')
})

test('a sent draft leaves nothing behind', async () => {
  const values = new Map<string, unknown>()
  const drafts = createDrafts(memoryStorage(values))
  drafts.save('a', 'text')
  drafts.save('a', '')
  expect([await drafts.load('a'), [...values.values()].filter(Boolean)]).toEqual(['', []])
})
