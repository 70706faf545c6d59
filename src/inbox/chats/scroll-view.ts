/** What of a scrolling element is in sight, kept current. */
import type { RefObject } from 'preact'
import { useLayoutEffect, useState } from 'preact/hooks'

export interface ScrollView {
  readonly scrollTop: number
  readonly height: number
}

export function useScrollView(ref: RefObject<HTMLElement | null>): ScrollView {
  const [view, setView] = useState<ScrollView>({ scrollTop: 0, height: 0 })
  useLayoutEffect(() => {
    const element = ref.current
    if (element === null) return
    const read = () => setView({ scrollTop: element.scrollTop, height: element.clientHeight })
    const resized = new ResizeObserver(read)
    resized.observe(element)
    element.addEventListener('scroll', read, { passive: true })
    read()
    return () => {
      resized.disconnect()
      element.removeEventListener('scroll', read)
    }
  }, [ref])
  return view
}

/** Rows are four lines of the root's text size high, so that they grow with the reader's setting. */
export function rowHeight(): number {
  return 4 * Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
}
