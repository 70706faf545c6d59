/** When a page is ready for us: as soon as there is a body, and when it has loaded and come to rest. */

/** Safari has no idle callback; this long after loading a page has usually come to rest. */
const REST_MS = 1500

/** A script may run before there is anything to put the chat into, which the parser brings yet, and in a page that is loaded for a visitor who may never come. */
export function whenThere(find: () => unknown, task: () => void): void {
  const { prerendering, readyState } = document as Document & { prerendering?: boolean }
  if (!prerendering && (readyState !== 'loading' || find())) task()
  else document.addEventListener(prerendering ? 'prerenderingchange' : 'DOMContentLoaded', () => whenThere(find, task), { once: true })
}

/** Returns the way to call it off. */
export function whenIdle(task: () => void): () => void {
  let off = false
  const run = () => {
    if (!off) task()
  }
  const rest = () => (typeof requestIdleCallback === 'function' ? requestIdleCallback(run) : setTimeout(run, REST_MS))
  if (document.readyState === 'complete') rest()
  else addEventListener('load', rest, { once: true })
  return () => {
    off = true
    removeEventListener('load', rest)
  }
}

/** Pages that are applications replace their body now and then; the element moves along. Returns the way to let it go. */
export function keepInPage(host: HTMLElement, moveIn: () => void): () => void {
  const watched = new MutationObserver(() => {
    if (host.isConnected || !document.body) return
    moveIn()
    watch()
  })
  const watch = () => {
    for (const parent of [document.documentElement, document.body]) watched.observe(parent, { childList: true })
  }
  watch()
  return () => watched.disconnect()
}
