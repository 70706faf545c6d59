/** Which stretch of a long log stands in the page: a window over the items that slides and stays small however long the log is. */

/** As many items as may stand in the page at once. With their days and lines they stay under 400 elements. */
export const MAX_ITEMS = 240
/** As many come in at once when the reader nears an end of the window. */
const STEP = 80

export interface LogWindow {
  readonly start: number
  readonly end: number
  /** The log as it was: its length, and its first item's key, by which items put in front are counted. */
  readonly total: number
  readonly head: string | undefined
}

type Keyed = readonly { readonly key: string }[]

export function latest(items: Keyed): LogWindow {
  return { start: Math.max(0, items.length - STEP), end: items.length, total: items.length, head: items[0]?.key }
}

export function showsLatest(window: LogWindow): boolean {
  return window.end === window.total
}

/** The window over the same items after the log has changed. `following`: the reader is at the end and stays there. */
export function follow(window: LogWindow, items: Keyed, following: boolean): LogWindow {
  const total = items.length
  if (window.head === items[0]?.key && window.total === total) return window
  const added = items.findIndex((item) => item.key === window.head)
  if (added < 0) return latest(items)
  const moved = { start: window.start + added, end: window.end + added, total, head: items[0]?.key }
  const grown = showsLatest(window) ? stretchToEnd(moved, following) : { ...moved, end: Math.min(moved.end, total) }
  return added > 0 && window.start === 0 ? earlier(grown) : grown
}

/** New items at the end join the window, unless that would push out what the reader is looking at. */
function stretchToEnd(window: LogWindow, following: boolean): LogWindow {
  if (window.total - window.start <= MAX_ITEMS) return { ...window, end: window.total }
  return following ? { ...window, start: window.total - MAX_ITEMS, end: window.total } : { ...window, end: window.start + MAX_ITEMS }
}

export function earlier(window: LogWindow): LogWindow {
  const start = Math.max(0, window.start - STEP)
  return { ...window, start, end: Math.min(window.end, start + MAX_ITEMS) }
}

export function later(window: LogWindow): LogWindow {
  const end = Math.min(window.total, window.end + STEP)
  return { ...window, start: Math.max(window.start, end - MAX_ITEMS), end }
}
