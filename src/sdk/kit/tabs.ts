/** What the tabs of one origin have in common: a lock that one of them holds, and a channel they all hear. Both are optional. */

/** Platforms do not freeze a page that holds a lock, and free it when the page dies. */
export async function exclusively<T>(name: string, task: () => Promise<T>): Promise<T> {
  let begun: Promise<T> | undefined
  const run = () => {
    begun ??= task()
    return begun
  }
  try {
    return (await globalThis.navigator.locks.request(name, run)) as T
  } catch {
    // There are no locks, or not in a sandboxed frame; or it is the task's own failure, which stays what it is.
    return run()
  }
}

export interface Channels {
  post(name: string, message: unknown): void
  listen(name: string, receive: (message: unknown) => void): () => void
}

/** One channel for a name, opened at its first use. */
export function createChannels(): Channels {
  const channels = new Map<string, BroadcastChannel & { unref?(): void }>()
  const open = (name: string) => {
    try {
      const channel: BroadcastChannel & { unref?(): void } = channels.get(name) ?? new BroadcastChannel(name)
      channels.set(name, channel)
      channel.unref?.()
      return channel
    } catch {
      // Without a channel nobody hears.
      return undefined
    }
  }
  return {
    post: (name, message) => open(name)?.postMessage(message),
    listen(name, receive) {
      const channel = open(name)
      if (channel) channel.onmessage = ({ data }) => receive(data)
      return () => {
        channel?.close()
        channels.delete(name)
      }
    },
  }
}
