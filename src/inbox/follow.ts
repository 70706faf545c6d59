/** A state that can be subscribed to, as a signal. */
import { type ReadonlySignal, signal } from '@preact/signals'

export function follow<S>(
  source: { readonly state: S; subscribe(listener: (state: S) => void): () => void },
  stops: (() => void)[],
): ReadonlySignal<S> {
  const state = signal(source.state)
  const update = (next: S) => {
    state.value = next
  }
  stops.push(source.subscribe(update))
  return state
}
