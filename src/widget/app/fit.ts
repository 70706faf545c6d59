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
    const fitted = query.matches && viewport !== null && viewport.scale === 1
    box.style.setProperty('height', fitted ? `${viewport.height}px` : '')
    box.style.setProperty('top', fitted ? `${viewport.offsetTop}px` : '')
    box.style.setProperty('bottom', fitted ? 'auto' : '')
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
