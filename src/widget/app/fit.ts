/** A panel that fills a phone's screen: it keeps to what can be seen of it, as the keyboard covers the lower half without telling the layout, and Back closes it. */

const COVERING = '(max-width: 479.98px)'

/** Whether the panel fills the screen; the style sheet draws the line at the same width. */
export function coversPage(): boolean {
  return matchMedia(COVERING).matches
}

/** Not in every browser, nor among the compiler's types. */
declare const CloseWatcher: (new () => { onclose: () => void; destroy(): void }) | undefined

/** A panel that fills the screen is a place, and a phone's Back leads out of it. Returns the way to stop. */
export function onBack(close: () => void): () => void {
  if (typeof CloseWatcher === 'undefined' || !coversPage()) return () => {}
  const watcher = new CloseWatcher()
  watcher.onclose = close
  return () => watcher.destroy()
}

/** Returns the way to stop. */
export function fitToViewport(box: HTMLElement): () => void {
  const viewport = window.visualViewport
  const query = matchMedia(COVERING)
  const adjust = () => {
    if (query.matches) box.setAttribute('aria-modal', 'true')
    else box.removeAttribute('aria-modal')
    const fitted = query.matches && viewport?.scale === 1
    const [height, top, bottom] = fitted ? [`${viewport.height}px`, `${viewport.offsetTop}px`, 'auto'] : ['', '', '']
    Object.assign(box.style, { height, top, bottom })
  }
  adjust()
  query.addEventListener('change', adjust)
  viewport?.addEventListener('resize', adjust)
  viewport?.addEventListener('scroll', adjust)
  return () => {
    query.removeEventListener('change', adjust)
    viewport?.removeEventListener('resize', adjust)
    viewport?.removeEventListener('scroll', adjust)
  }
}
