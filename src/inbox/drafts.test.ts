/** Drafts survive switching, reloading and a second tab, and are forgotten when they should be. */
import { describe, expect, it } from 'vitest'
import type { Storage } from '../sdk/kit/environment.ts'
import { memoryStorage } from '../sdk/kit/storage.ts'
import { createDrafts } from './drafts.ts'

const reply = (text: string) => ({ text, note: false })

async function drafts(storage: Storage, agent = 'mira', now?: () => number) {
  const made = createDrafts(storage, now)
  await made.load(agent)
  return made
}

describe('drafts', () => {
  it('are one a chat', async () => {
    const made = await drafts(memoryStorage())
    made.write('a', reply('to a'))
    made.write('b', { text: 'about b', note: true })
    expect(made.of('a')).toEqual(reply('to a'))
    expect(made.of('b')).toEqual({ text: 'about b', note: true })
    expect(made.of('c')).toEqual(reply(''))
  })

  it('survive a reload, a note as a note', async () => {
    const storage = memoryStorage()
    const before = await drafts(storage)
    before.write('a', { text: 'not for the customer', note: true })
    await before.flush()
    expect((await drafts(storage)).of('a')).toEqual({ text: 'not for the customer', note: true })
  })

  it('are gone once sent', async () => {
    const storage = memoryStorage()
    const before = await drafts(storage)
    before.write('a', reply('soon'))
    await before.flush()
    before.write('a', reply(''))
    await before.flush()
    expect((await drafts(storage)).all.value.size).toBe(0)
  })

  it('belong to the agent who wrote them', async () => {
    const storage = memoryStorage()
    const mira = await drafts(storage)
    mira.write('a', reply('Mira’s'))
    await mira.flush()
    expect((await drafts(storage, 'sam')).of('a')).toEqual(reply(''))
  })

  it('belong to the agent who wrote them when another signs in on the same page', async () => {
    const storage = memoryStorage()
    const made = await drafts(storage)
    made.write('a', reply('Mira’s'))
    await made.load('sam')
    expect(made.of('a')).toEqual(reply(''))
    await made.flush()
    expect((await drafts(storage, 'sam')).of('a')).toEqual(reply(''))
    expect((await drafts(storage)).of('a')).toEqual(reply('Mira’s'))
  })

  it('of two tabs do not overwrite each other', async () => {
    const storage = memoryStorage()
    const [one, two] = [await drafts(storage), await drafts(storage)]
    one.write('a', reply('in one'))
    two.write('b', reply('in two'))
    await Promise.all([one.flush(), two.flush()])
    const after = await drafts(storage)
    expect([after.of('a').text, after.of('b').text]).toEqual(['in one', 'in two'])
  })

  it('typed before the kept ones are read win', async () => {
    const storage = memoryStorage()
    const before = await drafts(storage)
    before.write('a', reply('old'))
    await before.flush()
    const after = createDrafts(storage)
    const loading = after.load('mira')
    after.write('a', reply('new'))
    await loading
    expect(after.of('a').text).toBe('new')
  })

  it('make room for newer ones', async () => {
    const storage = memoryStorage()
    let now = 0
    const made = await drafts(storage, 'mira', () => ++now)
    for (let n = 0; n < 130; n++) {
      made.write(`chat ${n}`, reply('…'))
      await made.flush()
    }
    const after = await drafts(storage)
    expect(after.all.value.size).toBe(100)
    expect(after.of('chat 0').text).toBe('')
    expect(after.of('chat 129').text).toBe('…')
  })

  it('are forgotten when they are cleared', async () => {
    const storage = memoryStorage()
    const made = await drafts(storage)
    made.write('a', reply('secret'))
    await made.flush()
    made.write('b', reply('unwritten'))
    await made.clear()
    expect(made.all.value.size).toBe(0)
    expect((await drafts(storage)).all.value.size).toBe(0)
  })
})
