/** Handles of single chats: one for each, however often it is asked for. */
import type { Emitter } from '../kit/emitter.ts'
import type { ChatHandle, Presence } from './types.ts'

type Listener = (data: { readonly chat?: string }) => void

const NOBODY: Presence = {}

export function createHandles(
  events: Pick<Emitter<Record<string, { readonly chat?: string }>>, 'on'>,
  presenceOf: (chat: string) => Presence | undefined,
): (chat: string) => ChatHandle {
  const handles = new Map<string, ChatHandle>()
  return (id) => {
    const known = handles.get(id)
    if (known) return known
    const stops = new Set<() => void>()
    const handle: ChatHandle = {
      id,
      get presence() {
        return presenceOf(id) ?? NOBODY
      },
      on(name: string, listener: Listener) {
        const unlisten = events.on(name, (data) => data?.chat === id && listener(data))
        const stop = () => {
          stops.delete(stop)
          unlisten()
        }
        stops.add(stop)
        const users = name === 'presence' && presenceOf(id)
        if (users) queueMicrotask(() => stops.has(stop) && listener({ chat: id, users } as never))
        return stop
      },
      close() {
        for (const stop of stops) stop()
        if (handles.get(id) === handle) handles.delete(id)
      },
    }
    handles.set(id, handle)
    return handle
  }
}
