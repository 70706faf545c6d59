/** Events as a stream that RxJS and its kin take in: the interop point `'@@observable'`, and `Symbol.observable` where it is defined. */

export interface Stream<T> {
  subscribe(observer: { next?(item: T): void } | ((item: T) => void)): { unsubscribe(): void }
}

/** Adds the interop points to an object. `listen` begins to listen and returns the way to stop. */
export function observable<O extends object, T>(
  target: O,
  listen: (next: (item: T) => void) => () => void,
): O & { '@@observable'(): Stream<T> } {
  const interop = () => stream
  const names = ['@@observable', (Symbol as { readonly observable?: symbol }).observable ?? '@@observable']
  const stream: Stream<T> = {
    subscribe: (observer) => ({
      unsubscribe: listen((item) => (typeof observer === 'function' ? observer(item) : observer.next?.(item))),
    }),
  }
  for (const name of names) {
    Object.assign(stream, { [name]: interop })
    Object.assign(target, { [name]: interop })
  }
  return target as O & { '@@observable'(): Stream<T> }
}
