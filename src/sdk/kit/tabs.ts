/** What the tabs of one origin have in common: a lock that one of them holds, and a channel they all hear. Both are optional. */

/** A tab that waits longer for a lock takes the holder for frozen and goes ahead: ids make a double send harmless. */
const PATIENCE_MS = 20_000

export async function exclusively<T>(name: string, task: () => Promise<T>): Promise<T> {
  const locks = globalThis.navigator?.locks as LockManager | undefined
  if (!locks) return task()
  let begun: Promise<T> | undefined
  const patience = new AbortController()
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS)
  const run = () => {
    clearTimeout(timer)
    begun ??= task()
    return begun
  }
  try {
    return (await locks.request(name, { signal: patience.signal }, run)) as T
  } catch {
    // Refused (a sandboxed frame), given up, or the task's own failure, which stays what it is.
    return run()
  }
}

export interface Channel {
  post(message: unknown): void
  listen(receive: (message: unknown) => void): () => void
}

/** One channel for a name; opened at its first use. */
export function createChannel(name: string): Channel {
  let channel: (BroadcastChannel & { unref?(): void }) | undefined
  const open = () => {
    try {
      channel ??= new BroadcastChannel(name)
      channel.unref?.()
    } catch {
      // Without a channel nobody hears.
    }
    return channel
  }
  return {
    post: (message) => open()?.postMessage(message),
    listen(receive) {
      const opened = open()
      if (opened) opened.onmessage = ({ data }) => receive(data)
      return () => {
        channel?.close()
        channel = undefined
      }
    },
  }
}
