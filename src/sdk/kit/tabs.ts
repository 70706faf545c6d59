/** What the tabs of one origin have in common: a lock that one of them holds, and a channel they all hear. Both are optional. */
import type { Channel } from './environment.ts'

/** Platforms free the lock of a page that dies. Of one that stands still, as no platform should let it, nobody waits for ever. */
export const LOCK_PATIENCE_MS = 20_000

export async function exclusively<T>(name: string, task: () => Promise<T>): Promise<T> {
  let begun: Promise<T> | undefined
  const run = () => {
    begun ??= task()
    return begun
  }
  try {
    return (await globalThis.navigator.locks.request(name, { signal: AbortSignal.timeout(LOCK_PATIENCE_MS) }, run)) as T
  } catch {
    // There are no locks, or not in a sandboxed frame, or one that is not given back; or it is the task's own failure, which stays what it is.
    return run()
  }
}

export function openChannel(name: string, receive: (message: unknown) => void): Channel {
  let channel: (BroadcastChannel & { unref?(): void }) | undefined
  try {
    channel = new BroadcastChannel(name)
    channel.onmessage = ({ data }) => receive(data)
    channel.unref?.()
  } catch {
    // Without a channel nobody hears.
  }
  return { post: (message) => channel?.postMessage(message), close: () => channel?.close() }
}
