/** While an open panel fills the screen: it keeps to what can be seen of it, holds the focus, and Back closes it. */
import { keepFocusInside } from './focus.ts'

/** The style sheet draws the line at the same width. */
const COVERING = '(max-width: 479.98px)'

/** Not in every browser, nor among the compiler's types. */
declare const CloseWatcher: (new () => { onclose: () => void; destroy(): void }) | undefined

/** Returns the way to stop. */
export function fillScreen(box: HTMLElement, close: () => void): () => void {
  const query = matchMedia(COVERING)
  const ended = new AbortController()
  const options = { signal: ended.signal }
  const adjust = () => adapt(box, query.matches)
  adjust()
  query.addEventListener('change', adjust, options)
  // A phone's keyboard covers the lower half without telling the layout.
  for (const name of ['resize', 'scroll']) visualViewport?.addEventListener(name, adjust, options)
  box.addEventListener('keydown', (event) => query.matches && keepFocusInside(box, event), options)
  const forget = query.matches ? onBack(close) : () => {}
  return () => {
    ended.abort()
    forget()
  }
}

function adapt(box: HTMLElement, covers: boolean): void {
  if (covers) box.setAttribute('aria-modal', 'true')
  else box.removeAttribute('aria-modal')
  const viewport = covers && visualViewport?.scale === 1 ? visualViewport : null
  const [height, top, bottom] = viewport ? [`${viewport.height}px`, `${viewport.offsetTop}px`, 'auto'] : ['', '', '']
  Object.assign(box.style, { height, top, bottom })
}

/** A panel that fills the screen is a place, and a phone's Back leads out of it. */
function onBack(close: () => void): () => void {
  if (typeof CloseWatcher === 'undefined') return () => {}
  const watcher = new CloseWatcher()
  watcher.onclose = close
  return () => watcher.destroy()
}
