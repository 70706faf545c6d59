/** Anything that has a state and tells of its changes, such as a conversation; and the smallest such thing, a value in a cell. */

export interface View<State> {
  readonly state: State
  /** Returns the way to stop. */
  subscribe(listener: (state: State) => void): () => void
}

export interface Cell<State> extends View<State> {
  set(state: State): void
}

export function createCell<State>(first: State): Cell<State> {
  const listeners = new Set<(state: State) => void>()
  let state = first
  return {
    get state() {
      return state
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    set(next) {
      if (next === state) return
      state = next
      for (const listener of [...listeners]) listener(state)
    },
  }
}
