/** What the hooks of every framework look at: the widget's state and its unread count, and when they change. */
import type { WidgetState } from '../widget/index.ts'
import { callWhenThere, porchlightOf } from './porchlight.ts'

export interface Watch {
  /** Returns the way to stop. */
  subscribe(listener: () => void): () => void
  state(): WidgetState
  unread(): number
}

/** Where no page is, nothing is known. */
export const ON_SERVER = { state: (): WidgetState => 'waiting', unread: () => 0 }

const watches = new Map<string, Watch>()

/** Always the same one for a name. */
export function watchOf(name: string): Watch {
  const watch = watches.get(name) ?? create(name)
  watches.set(name, watch)
  return watch
}

function create(name: string): Watch {
  const porchlight = porchlightOf(name)
  const listeners = new Set<() => void>()
  const tell = () => {
    for (const listener of [...listeners]) listener()
  }
  let stops: (() => void)[] = []
  function begin() {
    // The widget may have been there for a while when it first hears of us.
    void callWhenThere(name, 'on', 'state', tell).then(tell)
    stops = [() => porchlight.off('state', tell), porchlight.on('unread', tell)]
  }
  return {
    subscribe(listener) {
      const entry = () => listener()
      listeners.add(entry)
      if (listeners.size === 1) begin()
      return () => {
        if (listeners.delete(entry) && listeners.size === 0) for (const stop of stops) stop()
      }
    },
    state: () => porchlight.state,
    unread: () => porchlight.unread,
  }
}
