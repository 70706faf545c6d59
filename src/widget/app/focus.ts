/** On a small screen the panel covers the page, so the focus goes round inside it; beside a page it may leave. */
import { coversPage } from './fit.ts'

const FOCUSABLE = 'button:not(:disabled), textarea, a[href], [tabindex="0"]'

export function keepFocusInside(box: HTMLElement, event: KeyboardEvent): void {
  if (event.key !== 'Tab' || !coversPage()) return
  const stops = [...box.querySelectorAll<HTMLElement>(FOCUSABLE)].filter((stop) => stop.offsetParent !== null)
  const [first, last] = [stops[0], stops[stops.length - 1]]
  const { activeElement } = box.getRootNode() as ShadowRoot
  if (activeElement !== (event.shiftKey ? first : last)) return
  event.preventDefault()
  const next = event.shiftKey ? last : first
  next?.focus()
}
