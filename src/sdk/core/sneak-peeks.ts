/** Who is typing in each chat and what, as agents see it before it is sent. It ends with what is sent, and with the thread. */
import type { PushPayload } from '../../protocol/pushes.ts'
import type { Client } from './client.ts'
import type { Typists } from './typists.ts'
import type { Typing } from './views.ts'

interface Typist extends Typing {
  /** A sneak peek stays when its author pauses. */
  readonly typing: boolean
}

const NOBODY: readonly Typist[] = []

export function createSneakPeeks({ events }: Client): Typists {
  const chats = new Map<string, readonly Typist[]>()
  const typistsIn = (chat_id: string) => chats.get(chat_id) ?? NOBODY

  function put(chat_id: string, user_id: string, change: Partial<Typist>) {
    const before = typistsIn(chat_id)
    const old = before.find((typist) => typist.user_id === user_id)
    const next = { user_id, typing: false, sneak_peek: null, ...old, ...change }
    if (next.typing === (old?.typing ?? false) && next.sneak_peek === (old?.sneak_peek ?? null)) return
    const others = before.filter((typist) => typist !== old)
    chats.set(chat_id, next.typing || next.sneak_peek ? [...others, next] : others)
    events.emit('change', chat_id)
  }

  events.on('typing', ({ chat_id, user_id, typing }) => put(chat_id, user_id, { typing }))
  events.on('push', ({ action, payload }) => {
    if (action !== 'incoming_sneak_peek') return
    const { chat_id, sneak_peek } = payload as PushPayload<'incoming_sneak_peek'>
    put(chat_id, sneak_peek.author_id, { sneak_peek: sneak_peek.text || null })
  })
  events.on('entry', ({ entry: { action, payload } }) => {
    if (action === 'incoming_event') put(payload.chat_id, payload.event.author_id ?? '', { typing: false, sneak_peek: null })
    if (action === 'chat_deactivated') chats.delete(payload.chat_id)
  })

  return { in: typistsIn }
}
