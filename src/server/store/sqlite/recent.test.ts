/** What is remembered for a while. */
import { describe, expect, it } from 'vitest'
import { createRecent } from './recent.ts'

describe('what was used last', () => {
  it('is remembered up to a bound, and what was not used for longest goes first', () => {
    const recent = createRecent<string, number>(2)
    recent.set('a', 1)
    recent.set('b', 2)
    recent.get('a')
    recent.set('c', 3)
    expect(['a', 'b', 'c'].map(recent.get)).toEqual([1, undefined, 3])
    recent.set('a', 4)
    recent.set('d', 5)
    expect(['a', 'c', 'd'].map(recent.get)).toEqual([4, undefined, 5])
  })

  it('is forgotten one by one, or whole', () => {
    const recent = createRecent<string, number>(9)
    for (const key of ['a', 'b', 'c']) recent.set(key, 1)
    recent.delete('b')
    expect(['a', 'b', 'c'].map(recent.get)).toEqual([1, undefined, 1])
    recent.clear()
    expect(['a', 'b', 'c'].map(recent.get)).toEqual([undefined, undefined, undefined])
  })
})
