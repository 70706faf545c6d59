/** Reads a view in a component, and draws again when it changes. */
import { useEffect, useState } from 'preact/hooks'
import type { View } from './view.ts'

export function useView<State>(view: View<State>): State {
  const [, setSeen] = useState<{ readonly state: State }>()
  useEffect(() => {
    const see = (state: State) => setSeen({ state })
    // A change between drawing and subscribing would else be missed until the next one.
    see(view.state)
    return view.subscribe(see)
  }, [view])
  return view.state
}
