/** Who is typing in each chat, as a face shows it. */
import type { Client } from './client.ts'
import type { Typing } from './views.ts'

export interface Typists {
  /** The same array as long as nothing changed. */
  in(chat_id: string): readonly Typing[]
}

const NOBODY: readonly Typing[] = []

/** For the side that is shown no unsent text. */
export function createTypists({ events }: Client): Typists {
  const chats = new Map<string, readonly Typing[]>()
  const typistsIn = (chat_id: string) => chats.get(chat_id) ?? NOBODY

  events.on('typing', ({ chat_id, user_id, typing }) => {
    const others = typistsIn(chat_id).filter((typist) => typist.user_id !== user_id)
    const known = others.length < typistsIn(chat_id).length
    if (typing && known) return
    chats.set(chat_id, typing ? [...others, { user_id, sneak_peek: null }] : others)
    events.emit('change', chat_id)
  })
  events.on('entry', ({ entry: { action, payload } }) => {
    if (action === 'chat_deactivated') chats.delete(payload.chat_id)
  })

  return { in: typistsIn }
}
