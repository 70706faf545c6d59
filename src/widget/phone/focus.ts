/** The focus goes round inside a panel that covers the page; beside a page it may leave. */

const FOCUSABLE = 'button:not(:disabled), textarea, input:not([hidden]), a[href], [tabindex="0"]'

/** What is behind something else is hidden without being gone. */
const isStop = (stop: HTMLElement) => stop.tabIndex >= 0 && stop.offsetParent !== null && getComputedStyle(stop).visibility === 'visible'

export function keepFocusInside(box: HTMLElement, event: KeyboardEvent): void {
  if (event.key !== 'Tab') return
  const stops = [...box.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(isStop)
  const [first, last] = [stops[0], stops[stops.length - 1]]
  const { activeElement } = box.getRootNode() as ShadowRoot
  if (activeElement !== (event.shiftKey ? first : last)) return
  event.preventDefault()
  const next = event.shiftKey ? last : first
  next?.focus()
}
