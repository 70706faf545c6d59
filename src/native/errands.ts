/** What is to be asked of the server's own page, until a mounted `AuthWebView` has carried it there and back. */
import type { Answered, Asked } from './message.ts'

export interface Errand {
  readonly asked: Asked
  /** The page to open. */
  readonly uri: string
  /** What the page answered. */
  settle(answer: Answered): void
  /** The page could not be reached. */
  fail(): void
}

const NONE: readonly Errand[] = []
let errands = NONE
let views: readonly object[] = []
const watchers = new Set<() => void>()
const changed = () => {
  for (const watcher of watchers) watcher()
}

let last = 0

/** Resolves with the page's answer; rejects when there will be none, or nobody waits for it any more. */
export function sendErrand(uri: string, asked: Omit<Asked, 'id'>, signal?: AbortSignal): Promise<Answered> {
  const { promise, end, errand } = begin(uri, { ...asked, id: ++last })
  errands = [...errands, errand]
  changed()
  const drop = () => end(new Error('unable to ask in a web view; nobody waits any more'))
  if (signal?.aborted) drop()
  signal?.addEventListener('abort', drop)
  return promise.finally(() => signal?.removeEventListener('abort', drop))
}

function begin(uri: string, asked: Asked) {
  let [resolve, reject]: [(answer: Answered) => void, (why: Error) => void] = [() => {}, () => {}]
  const promise = new Promise<Answered>((...ways) => {
    ;[resolve, reject] = ways
  })
  const over = (then: () => void) => {
    errands = errands.filter((other) => other !== errand)
    then()
    changed()
  }
  const end = (why: Error) => over(() => reject(why))
  const errand: Errand = {
    asked,
    uri,
    settle: (answer) => over(() => resolve(answer)),
    fail: () => end(new Error('unable to ask in a web view; the page could not be opened')),
  }
  return { promise, end, errand }
}

/** One of the mounted views. Of several the first runs the errands, so that none is run twice. */
export interface View {
  readonly errands: () => readonly Errand[]
  readonly watch: (watcher: () => void) => () => void
}

export function createView(): View {
  const view = {}
  return {
    errands: () => (views[0] === view ? errands : NONE),
    watch(watcher) {
      views = [...views, view]
      watchers.add(watcher)
      changed()
      return () => {
        views = views.filter((other) => other !== view)
        watchers.delete(watcher)
        changed()
      }
    },
  }
}
