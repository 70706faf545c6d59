/** Pages from the newest back to the first, for readers of two kinds: one that asks for the next, and `for await`. */

export interface PageOf<T> {
  readonly items: T[]
  /** Where the page before this one ends. */
  readonly before: number
  readonly done: boolean
}

export interface Pages<T> extends AsyncIterable<T[]> {
  next(): Promise<{ done: boolean; value: T[] }>
}

/** Calls one after another. One that fails does not harm the next, which asks for the same page again. */
function queued<R>(task: () => Promise<R>): () => Promise<R> {
  let last: Promise<unknown> = Promise.resolve()
  return () => {
    const result = last.then(task)
    last = result.catch(() => {})
    return result
  }
}

export function createHistory<T>(load: (before: number | undefined) => Promise<PageOf<T>>): Pages<T> {
  const reader = () => {
    let before: number | undefined
    let done = false
    return async (): Promise<{ done: boolean; value: T[] }> => {
      if (done) return { done, value: [] }
      const page = await load(before)
      before = page.before
      done = page.done
      return { done, value: page.items }
    }
  }
  return {
    next: queued(reader()),
    [Symbol.asyncIterator]() {
      const read = reader()
      const next = async (): Promise<IteratorResult<T[], undefined>> => {
        for (;;) {
          const { done, value } = await read()
          if (value.length) return { done: false, value }
          if (done) return { done: true, value: undefined }
        }
      }
      return { next: queued(next) }
    },
  }
}
