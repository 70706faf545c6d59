/** Drafts: kept by chat, and never over what was typed since. */
import { expect, test } from 'vitest'
import { memoryStorage } from '../../sdk/kit/storage.ts'
import { type Author, createDrafts } from './drafts.ts'

const author = (name: string): Author => ({
  load: async () => undefined,
  auth: { name: () => name, goesBy: (other) => other === name },
})
const ann = author('ann')

test('another page finds what was written', async () => {
  const storage = memoryStorage()
  createDrafts(storage, ann).save('a', 'Where is')
  const later = createDrafts(storage, ann)
  expect([await later.load('a'), await later.load('b')]).toEqual(['Where is', ''])
})

test('what is typed while the storage is read is newer', async () => {
  const storage = memoryStorage()
  createDrafts(storage, ann).save('a', 'old')
  const drafts = createDrafts(storage, ann)
  const loading = drafts.load('a')
  drafts.save('a', 'new')
  expect(await loading).toBe('new')
})

test('a sent draft leaves nothing behind', async () => {
  const values = new Map<string, unknown>()
  const drafts = createDrafts(memoryStorage(values), ann)
  drafts.save('a', 'text')
  drafts.save('a', '')
  expect([await drafts.load('a'), [...values.values()].filter(Boolean)]).toEqual(['', []])
})

test('whoever comes next finds nothing of the one before, who finds it again', async () => {
  const storage = memoryStorage()
  createDrafts(storage, ann).save('new', 'of Ann')
  const found = await Promise.all(['bob', 'ann'].map((name) => createDrafts(storage, author(name)).load('new')))
  expect(found).toEqual(['', 'of Ann'])
})
