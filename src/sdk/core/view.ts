/** Plain readable state that is built when somebody looks, with a way to hear that it changed. */
import { report } from '../kit/emitter.ts'

export interface View<S> {
  readonly state: S
  subscribe(listener: (state: S) => void): () => void
}

export interface OwnView<S> extends View<S> {
  /** The state is not what it was. Listeners hear of it once, when what is going on now is done. */
  touch(): void
}

export function createView<S>(build: () => S): OwnView<S> {
  const listeners = new Set<(state: S) => void>()
  let state: { readonly built: S } | null = null
  let due = false
  const current = () => {
    state ??= { built: build() }
    return state.built
  }
  const tell = () => {
    due = false
    for (const listener of [...listeners]) {
      try {
        listener(current())
      } catch (error) {
        report(error)
      }
    }
  }
  return {
    get state() {
      return current()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    touch() {
      state = null
      if (due) return
      due = true
      queueMicrotask(tell)
    },
  }
}
