/** Pages back into a history, for a reader that asks and for one that iterates. */
import { describe, expect, it } from 'vitest'
import { createHistory } from './history.ts'

/** Pages as a server gives them, the newest first. A page that is an error fails once. */
function create(...pages: (string[] | Error)[]) {
  const asked: (number | undefined)[] = []
  const history = createHistory(async (before: number | undefined) => {
    asked.push(before)
    const at = before ?? 0
    const page = pages[at] ?? []
    if (page instanceof Error) {
      pages.splice(at, 1)
      throw page
    }
    return { items: page, before: at + 1, done: at >= pages.length - 1 }
  })
  return { history, asked }
}

const all = async (pages: AsyncIterable<string[]>) => {
  const read: string[][] = []
  for await (const page of pages) read.push(page)
  return read
}

describe('a reader that asks', () => {
  it('gets page after page; the last comes with done, and after it nothing', async () => {
    const { history, asked } = create(['e', 'f'], ['c', 'd'], ['a', 'b'])
    const results = []
    for (let calls = 0; calls < 5; calls++) results.push(await history.next())
    expect(results).toEqual([
      { done: false, value: ['e', 'f'] },
      { done: false, value: ['c', 'd'] },
      { done: true, value: ['a', 'b'] },
      { done: true, value: [] },
      { done: true, value: [] },
    ])
    expect(asked).toEqual([undefined, 1, 2])
  })

  it('may ask again before it has its answer: calls queue', async () => {
    const { history, asked } = create(['c'], ['b'], ['a'])
    const results = await Promise.all([history.next(), history.next(), history.next(), history.next()])
    expect(results.map(({ value }) => value)).toEqual([['c'], ['b'], ['a'], []])
    expect(asked).toEqual([undefined, 1, 2])
  })

  it('gets the same page after a failure, which harms no call behind it', async () => {
    const { history } = create(['b'], new Error('lost'), ['a'])
    const results = await Promise.allSettled([history.next(), history.next(), history.next()])
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(results[2]).toMatchObject({ value: { done: true, value: ['a'] } })
  })
})

describe('a reader that iterates', () => {
  it('gets every page, the last too, and none that is empty', async () => {
    expect(await all(create(['c'], [], ['b'], ['a']).history)).toEqual([['c'], ['b'], ['a']])
    expect(await all(create([]).history)).toEqual([])
    expect(await all(create(['a'], []).history)).toEqual([['a']])
  })

  it('has a place of its own, each time', async () => {
    const { history } = create(['b'], ['a'])
    await history.next()
    expect(await all(history)).toEqual([['b'], ['a']])
    expect(await all(history)).toEqual([['b'], ['a']])
    expect((await history.next()).value).toEqual(['a'])
  })

  it('loads no more than it reads', async () => {
    const { history, asked } = create(['c'], ['b'], ['a'])
    for await (const page of history) if (page[0] === 'b') break
    expect(asked).toEqual([undefined, 1])
  })

  it('hears of a failure, and may begin again', async () => {
    const { history } = create(['b'], new Error('lost'), ['a'])
    await expect(all(history)).rejects.toThrow('lost')
    expect(await all(history)).toEqual([['b'], ['a']])
  })
})
