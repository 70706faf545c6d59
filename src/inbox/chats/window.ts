/** Which rows of a long list of equal rows are worth drawing: those in sight and a few around them. */

export interface View {
  readonly count: number
  readonly rowHeight: number
  readonly scrollTop: number
  readonly height: number
}

export interface Window {
  readonly first: number
  /** One past the last. */
  readonly end: number
}

/** Rows drawn beyond each edge, so that a scroll finds them there. */
const AROUND = 6

export function windowOf({ count, rowHeight, scrollTop, height }: View): Window {
  const first = Math.max(0, Math.floor(scrollTop / rowHeight) - AROUND)
  const end = Math.min(count, Math.ceil((scrollTop + height) / rowHeight) + AROUND)
  return first < end ? { first, end } : { first: Math.max(0, count - AROUND), end: count }
}

/** Whether the reader is within one screen of the end, where the next page should be on its way. */
export function nearEnd({ count, rowHeight, scrollTop, height }: View): boolean {
  return scrollTop + 2 * height >= count * rowHeight
}

/** Where to scroll so that a row is in sight; null when it is already. */
export function scrollToShow(index: number, { rowHeight, scrollTop, height }: View): number | null {
  const top = index * rowHeight
  if (top < scrollTop) return top
  if (top + rowHeight > scrollTop + height) return top + rowHeight - height
  return null
}
