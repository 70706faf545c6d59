/** A site that swaps its body takes the panel out and puts it in again: what was scrolled stands where it stood, and whoever was writing goes on. */

/** Returns the way to stop. */
export function keepPlace(panel: HTMLElement): () => void {
  const ended = new AbortController()
  const options = { signal: ended.signal, capture: true, passive: true }
  const root = panel.getRootNode() as ShadowRoot
  const tops = new Map<Element, number>()
  let focused = root.activeElement
  const note = (box: Element) => void tops.set(box, box.scrollTop)
  for (const box of panel.querySelectorAll('.scroll')) note(box)
  panel.addEventListener('scroll', ({ target }) => note(target as Element), options)
  // Later, because what is taken out of a page loses the focus as well.
  const noteFocus = () =>
    void setTimeout(() => {
      focused = root.activeElement
    })
  for (const name of ['focusin', 'focusout']) panel.addEventListener(name, noteFocus, options)
  const putBack = () => {
    for (const [box, top] of tops) box.scrollTop = top
    if (document.activeElement === document.body) (focused as HTMLElement | null)?.focus({ preventScroll: true })
  }
  const stopWatching = watchMoves(root.host, putBack)
  return () => {
    ended.abort()
    stopWatching()
  }
}

/** `moved` is called when the page has taken the element out and it is in again. */
function watchMoves(host: Element, moved: () => void): () => void {
  let body = document.querySelector('body')
  const wasOut = ({ removedNodes }: MutationRecord) => [...removedNodes].some((node) => node === host || node === body)
  const watched = new MutationObserver((records) => {
    // By then it is in again, whoever of those that watch is told first.
    if (records.some(wasOut)) queueMicrotask(moved)
    body = document.querySelector('body')
    watch()
  })
  const watch = () => {
    for (const parent of [document.documentElement, body]) if (parent) watched.observe(parent, { childList: true })
  }
  watch()
  return () => watched.disconnect()
}
