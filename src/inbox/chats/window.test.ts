/** The window over a long list covers what is in sight and stays small. */
import { describe, expect, it } from 'vitest'
import { nearEnd, scrollToShow, type View, windowOf } from './window.ts'

const view = (more: Partial<View> = {}): View => ({ count: 5000, rowHeight: 64, scrollTop: 0, height: 640, ...more })

describe('the window over a long list', () => {
  it('draws a screenful and a few more, never thousands', () => {
    expect(windowOf(view())).toEqual({ first: 0, end: 16 })
  })

  it('follows the scroll', () => {
    expect(windowOf(view({ scrollTop: 6400 }))).toEqual({ first: 94, end: 116 })
  })

  it('stops at the end', () => {
    expect(windowOf(view({ scrollTop: 5000 * 64 - 640 }))).toEqual({ first: 4984, end: 5000 })
  })

  it('draws a short list whole, an empty one not at all', () => {
    expect(windowOf(view({ count: 3 }))).toEqual({ first: 0, end: 3 })
    expect(windowOf(view({ count: 0 }))).toEqual({ first: 0, end: 0 })
  })

  it('shows the end of a list that shrank below the scroll', () => {
    expect(windowOf(view({ count: 20, scrollTop: 64_000 }))).toEqual({ first: 14, end: 20 })
  })

  it('covers every row in sight, wherever the scroll stands', () => {
    for (let scrollTop = 0; scrollTop <= 3000; scrollTop += 7) {
      const { first, end } = windowOf(view({ scrollTop }))
      expect(first * 64).toBeLessThanOrEqual(scrollTop)
      expect(end * 64).toBeGreaterThanOrEqual(scrollTop + 640)
    }
  })
})

describe('the next page', () => {
  it('is asked for one screen before the end', () => {
    expect(nearEnd(view({ count: 50, scrollTop: 0 }))).toBe(false)
    expect(nearEnd(view({ count: 50, scrollTop: 50 * 64 - 2 * 640 }))).toBe(true)
  })

  it('is asked for when the list does not fill the screen', () => {
    expect(nearEnd(view({ count: 4 }))).toBe(true)
  })
})

describe('bringing a row into sight', () => {
  it('leaves the scroll alone when the row is there', () => {
    expect(scrollToShow(3, view())).toBeNull()
  })

  it('goes up to a row above and down to one below', () => {
    expect(scrollToShow(3, view({ scrollTop: 640 }))).toBe(192)
    expect(scrollToShow(10, view())).toBe(64)
  })
})
