/** Pages from the newest back to the first, for readers of two kinds: one that asks for the next, and `for await`. */

export interface PageOf<T> {
  readonly items: T[]
  /** Where the page before this one ends. */
  readonly before: number | undefined
  readonly done: boolean
}

export interface Pages<T> extends AsyncIterable<T[]> {
  next(): Promise<{ done: boolean; value: T[] }>
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
  const read = reader()
  let last: Promise<unknown> = Promise.resolve()
  return {
    /** One after another. A call that fails does not harm the next, which asks for the same page again. */
    next() {
      const result = last.then(read)
      last = result.catch(() => {})
      return result
    },
    async *[Symbol.asyncIterator]() {
      const readOn = reader()
      for (let over = false; !over; ) {
        const { done, value } = await readOn()
        over = done
        if (value.length) yield value
      }
    },
  }
}
