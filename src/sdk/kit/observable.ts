/** Events as a stream that RxJS and its kin take in: the interop point `'@@observable'`, and `Symbol.observable` where it is defined. */

export interface Stream<T> {
  subscribe(observer: { next?(item: T): void } | ((item: T) => void)): { unsubscribe(): void }
}

/** Adds the interop points to an object. `listen` begins to listen and returns the way to stop. */
export function observable<O extends object, T>(
  target: O,
  listen: (next: (item: T) => void) => () => void,
): O & { '@@observable'(): Stream<T> } {
  const stream: Stream<T> = {
    subscribe: (observer) => ({
      unsubscribe: listen((item) => (typeof observer === 'function' ? observer(item) : observer.next?.(item))),
    }),
  }
  const itself = () => stream
  const { observable: symbol = '@@observable' } = Symbol as { readonly observable?: symbol }
  const interop = { '@@observable': itself, [symbol]: itself }
  Object.assign(stream, interop)
  return Object.assign(target, interop)
}
