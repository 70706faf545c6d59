/** The focus goes round inside a panel that covers the page; beside a page it may leave. */

const FOCUSABLE = 'button:not(:disabled), textarea, input:not([hidden]), a[href], [tabindex="0"]'

export function keepFocusInside(box: HTMLElement, event: KeyboardEvent): void {
  if (event.key !== 'Tab') return
  const stops = [...box.querySelectorAll<HTMLElement>(FOCUSABLE)].filter((stop) => stop.offsetParent !== null)
  const [first, last] = [stops[0], stops[stops.length - 1]]
  const { activeElement } = box.getRootNode() as ShadowRoot
  if (activeElement !== (event.shiftKey ? first : last)) return
  event.preventDefault()
  const next = event.shiftKey ? last : first
  next?.focus()
}
