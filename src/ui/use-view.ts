/** Reads anything that has a state and tells of its changes, such as a conversation, and draws again when it changes. */
import { useEffect, useState } from 'preact/hooks'

export interface View<State> {
  readonly state: State
  subscribe(listener: (state: State) => void): () => void
}

export function useView<State>(view: View<State>): State {
  const [, setSeen] = useState<State>(view.state)
  useEffect(() => {
    // A change between drawing and subscribing would else be missed until the next one.
    setSeen(view.state)
    return view.subscribe(setSeen)
  }, [view])
  return view.state
}
