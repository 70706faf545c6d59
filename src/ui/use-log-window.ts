/** Keeps the window over a log while the log changes and the reader scrolls, and knows whether what came in is news. */
import { useEffect, useRef, useState } from 'preact/hooks'
import type { LogItem } from './log-item.ts'
import { earlier, follow, type LogWindow, later, latest } from './log-window.ts'

/** Long enough for the browser to tell assistive technology of the rows that are not news. */
const SETTLED_MS = 300

interface SlidingWindow {
  readonly window: LogWindow
  /** False while rows come in that were said before: a first page, older ones, or a stretch scrolled back to. */
  readonly news: boolean
  toEarlier(): void
  toLater(): void
  toLatest(): void
}

export function useLogWindow(items: readonly LogItem[], following: boolean): SlidingWindow {
  const [, setDrawing] = useState(0)
  const window = useRef(latest(items))
  const quiet = useRef(true)

  const before = window.current
  window.current = follow(before, items, following)
  if (before.start === 0 && before.head !== window.current.head) quiet.current = true

  useEffect(() => {
    if (!quiet.current) return
    const settle = () => {
      quiet.current = false
      setDrawing((count) => count + 1)
    }
    const timer = setTimeout(settle, SETTLED_MS)
    return () => clearTimeout(timer)
  })

  const slide = (change: (old: LogWindow) => LogWindow) => {
    const next = change(window.current)
    if (next.start === window.current.start && next.end === window.current.end) return
    window.current = next
    quiet.current = true
    setDrawing((count) => count + 1)
  }
  return {
    window: window.current,
    news: !quiet.current,
    toEarlier: () => slide(earlier),
    toLater: () => slide(later),
    toLatest: () => slide(() => latest(items)),
  }
}
