/** What several instances in one app have in common, as the tabs of a browser do: a lock that one of them holds, and a channel they all hear. */
import type { Channel } from '../sdk/kit/environment.ts'

const locks = new Map<string, Promise<unknown>>()

export async function exclusively<T>(name: string, task: () => Promise<T>): Promise<T> {
  const done = Promise.resolve(locks.get(name)).then(task)
  const settled = done.catch(() => {})
  locks.set(name, settled)
  return done.finally(() => {
    if (locks.get(name) === settled) locks.delete(name)
  })
}

type Receive = (message: unknown) => void
const channels = new Map<string, Set<Receive>>()

export function openChannel(name: string, receive: Receive): Channel {
  const members = channels.get(name) ?? new Set()
  // A listener of its own, should the same function be given twice.
  const member: Receive = (message) => receive(message)
  channels.set(name, members.add(member))
  return {
    post(message) {
      if (!members.has(member)) return
      const others = [...members].filter((other) => other !== member)
      // Later, as between tabs: whoever posts is not interrupted.
      for (const hear of others) queueMicrotask(() => members.has(hear) && hear(message))
    },
    close() {
      members.delete(member)
      if (members.size === 0) channels.delete(name)
    },
  }
}
