/** The bus within one process: every message reaches every subscriber, in order, and never inside the call that published it. */
import type { Bus, BusMessage } from './bus.ts'

type Receive = (message: BusMessage) => void

export function createMemoryBus(): Bus {
  const subscribers = new Map<string, Set<Receive>>()

  return {
    publish(organization_id, message) {
      // What a subscriber publishes while it is told comes after what is on its way already.
      for (const receive of subscribers.get(organization_id) ?? []) {
        queueMicrotask(() => {
          if (subscribers.get(organization_id)?.has(receive)) receive(message)
        })
      }
    },
    async subscribe(organization_id, receive) {
      // A subscription of its own, also where the same function subscribes twice.
      const own: Receive = (message) => receive(message)
      const known = subscribers.get(organization_id) ?? new Set()
      subscribers.set(organization_id, known.add(own))
      return () => {
        known.delete(own)
        if (known.size === 0 && subscribers.get(organization_id) === known) subscribers.delete(organization_id)
      }
    },
    async close() {
      subscribers.clear()
    },
  }
}
