/** Events as a stream that RxJS and its kin take in: the interop point `'@@observable'`, and `Symbol.observable` where it is defined. */

/** Called, or by its `unsubscribe`, it ends a subscription: libraries ask for the one or the other. */
interface Unsubscribe {
  (): void
  unsubscribe(): void
}

interface Stream<T> {
  subscribe(observer: { next?(item: T): void } | ((item: T) => void)): Unsubscribe
}

/** The interop points. `listen` begins to listen and returns the way to stop; what is heard at once is one item. */
export function observable<T extends unknown[]>(listen: (listener: (...item: T) => void) => () => void): { '@@observable'(): Stream<T> } {
  const { observable: symbol = '@@observable' } = Symbol as { readonly observable?: symbol }
  const itself = () => stream
  const points = { '@@observable': itself, [symbol]: itself }
  const stream: Stream<T> = {
    ...points,
    subscribe(observer) {
      const unsubscribe = listen((...item) => (typeof observer === 'function' ? observer(item) : observer.next?.(item)))
      return Object.assign(unsubscribe, { unsubscribe })
    },
  }
  return points
}
