/** Notices that the visitor has gone to another page of a site that does not load its pages anew. The site's own functions are left as they are. */

export interface Page {
  readonly url: string
  readonly title: string
}

/** A title comes after its address. */
const TITLE_AFTER_MS = 500
/** Where the browser does not tell of routes: a site may fetch something before it goes on. */
const LOOK_AFTER_MS = [0, 300, 1500]

/** Returns the way to stop. */
export function watchPages(onPage: (page: Page) => void): () => void {
  const ended = new AbortController()
  const { signal } = ended
  const timers = new Set<ReturnType<typeof setTimeout>>()
  let told = location.href
  const after = (ms: number, act: () => void) => {
    const timer = setTimeout(() => {
      timers.delete(timer)
      act()
    }, ms)
    timers.add(timer)
  }
  let changes = 0
  const look = () => {
    if (location.href === told) return
    told = location.href
    const change = ++changes
    after(TITLE_AFTER_MS, () => change === changes && onPage({ url: told, title: `${document.title}` }))
  }
  const { navigation } = window as { navigation?: EventTarget }
  if (navigation) navigation.addEventListener('currententrychange', look, { signal })
  else {
    for (const name of ['popstate', 'hashchange']) addEventListener(name, look, { signal })
    const lookSoon = () => {
      for (const ms of LOOK_AFTER_MS) after(ms, look)
    }
    document.addEventListener('click', lookSoon, { signal, capture: true, passive: true })
  }
  return () => {
    ended.abort()
    for (const timer of timers) clearTimeout(timer)
  }
}
