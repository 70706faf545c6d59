/** Puts what opens beside what it is opened from: under it or over it, wherever there is room, and always inside of its place. */

/** Between the two, and to the edges of the place. */
const GAP = 4
const EDGE = 8

/** All three in one coordinate system; `isRtl` says at which side lines begin. */
export function spotFor(
  box: DOMRectReadOnly,
  opener: DOMRectReadOnly,
  place: DOMRectReadOnly,
  isRtl: boolean,
): { top: number; left: number } {
  const below = opener.bottom + GAP
  const above = opener.top - GAP - box.height
  const fitsBelow = below + box.height <= place.bottom - EDGE
  const top = fitsBelow || above < place.top + EDGE ? Math.min(below, place.bottom - EDGE - box.height) : above
  const left = isRtl ? opener.right - box.width : opener.left
  const inside = Math.max(place.left + EDGE, Math.min(left, place.right - EDGE - box.width))
  return { top: Math.max(place.top + EDGE, top) - place.top, left: inside - place.left }
}

export function placeBeside(box: HTMLElement, opener: Element, place: Element): void {
  const isRtl = getComputedStyle(box).direction === 'rtl'
  const { top, left } = spotFor(box.getBoundingClientRect(), opener.getBoundingClientRect(), place.getBoundingClientRect(), isRtl)
  Object.assign(box.style, { top: `${top}px`, left: `${left}px` })
}
