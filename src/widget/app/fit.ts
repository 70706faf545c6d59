/** Keeps a panel that fills the screen in what can be seen of it: a phone's keyboard covers the lower half without telling the layout. */

const COVERING = '(max-width: 479.98px)'

/** Whether the panel fills the screen; the style sheet draws the line at the same width. */
export function coversPage(): boolean {
  return matchMedia(COVERING).matches
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
