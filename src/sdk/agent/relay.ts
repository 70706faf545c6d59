/** A view that stays the same object for its readers, whichever agent's seat is behind it. */
import type { View } from '../core/view.ts'
import { report } from '../kit/emitter.ts'

export interface Relay<S> extends View<S> {
  /** Shows this one from now on; null shows what there is without any. */
  attach(view: View<S> | null): void
}

export function createRelay<S>(blank: S): Relay<S> {
  const listeners = new Set<(state: S) => void>()
  let shown: View<S> | null = null
  let stop = () => {}
  const tell = () => {
    for (const listener of [...listeners]) {
      try {
        listener(shown?.state ?? blank)
      } catch (error) {
        report(error)
      }
    }
  }
  return {
    get state() {
      return shown?.state ?? blank
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    attach(view) {
      stop()
      shown = view
      stop = view?.subscribe(tell) ?? (() => {})
      tell()
    },
  }
}
