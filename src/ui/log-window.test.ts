/** The window over a long log: what it shows as the log grows at either end and the reader slides it. */
import { describe, expect, test } from 'vitest'
import { earlier, follow, type LogWindow, later, latest, MAX_ITEMS, showsLatest } from './log-window.ts'

const log = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => ({ key: `${from + index}` }))
const shown = (items: readonly { key: string }[], { start, end }: LogWindow) => `${items[start]?.key}…${items[end - 1]?.key}`

test('begins at the end of the log', () => {
  const items = log(0, 1000)
  expect(shown(items, latest(items))).toBe('920…999')
  expect(latest([])).toMatchObject({ start: 0, end: 0 })
})

test('the same items leave it the same', () => {
  const window = latest(log(0, 100))
  expect(follow(window, log(0, 100), true)).toBe(window)
})

describe('growing at the end', () => {
  test('new items join', () => {
    const items = log(0, 101)
    expect(shown(items, follow(latest(log(0, 100)), items, false))).toBe('20…100')
  })

  test('a reader at the end keeps the newest, and no more stand in the page than may', () => {
    const items = log(0, 1000)
    const window = follow(latest(log(0, 100)), items, true)
    expect(shown(items, window)).toBe('760…999')
    expect(window.end - window.start).toBe(MAX_ITEMS)
  })

  test('a reader elsewhere keeps their place, and the newest wait below', () => {
    const items = log(0, 1000)
    const window = follow(latest(log(0, 100)), items, false)
    expect(shown(items, window)).toBe('20…259')
    expect(showsLatest(window)).toBe(false)
    expect(follow(window, log(0, 1001), false)).toMatchObject({ start: window.start, end: window.end })
  })
})

describe('growing at the start', () => {
  test('a page that was waited for comes into view, the rows that were there stay', () => {
    const items = log(-100, 50)
    const window = follow(latest(log(0, 50)), items, false)
    expect(shown(items, window)).toBe('-80…49')
  })

  test('a page that nobody waits for only moves the window along', () => {
    const before = { ...latest(log(0, 200)) }
    const items = log(-100, 200)
    expect(shown(items, follow(before, items, false))).toBe(shown(log(0, 200), before))
  })
})

describe('sliding', () => {
  test('to earlier rows and back, never with more than may stand', () => {
    const items = log(0, 100_000)
    let window = latest(items)
    for (let step = 0; step < 50; step++) {
      window = earlier(window)
      expect(window.end - window.start).toBeLessThanOrEqual(MAX_ITEMS)
    }
    expect(shown(items, window)).toBe('95920…96159')
    for (let step = 0; step < 60; step++) window = later(window)
    expect(showsLatest(window)).toBe(true)
    expect(shown(items, window)).toBe('99760…99999')
  })

  test('stops at the start', () => expect(earlier(earlier(latest(log(0, 90))))).toMatchObject({ start: 0 }))
})

test('an item that is taken away, and a log that began anew', () => {
  expect(follow(latest(log(0, 50)), log(0, 49), true)).toMatchObject({ start: 0, end: 49 })
  const items = log(500, 600)
  expect(follow(latest(log(0, 50)), items, false)).toEqual(latest(items))
})
