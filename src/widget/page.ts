/** When a page is ready for us: as soon as there is a body, and when it has loaded and come to rest. */

/** A page that never rests is not waited for longer than this; nor is Safari, which does not tell. */
const REST_MS = 1500
const PAINTED_MS = 200

/** A script may run before there is anything to put the chat into, which the parser brings yet, and in a page that is loaded for a visitor who may never come. */
export function whenThere(find: () => unknown, task: () => void): void {
  const { prerendering, readyState } = document as Document & { prerendering?: boolean }
  if (!prerendering && (readyState !== 'loading' || find())) task()
  else document.addEventListener(prerendering ? 'prerenderingchange' : 'DOMContentLoaded', () => whenThere(find, task), { once: true })
}

export function whenIdle(task: () => void): void {
  const rest = () => soon(task, REST_MS)
  if (document.readyState === 'complete') rest()
  else addEventListener('load', rest, { once: true })
}

/** What nobody sees can wait until what they see is painted. */
export const whenPainted = (task: () => void): void => soon(task, PAINTED_MS)

function soon(task: () => void, withinMs: number): void {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(task, { timeout: withinMs })
  else setTimeout(task, withinMs)
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
