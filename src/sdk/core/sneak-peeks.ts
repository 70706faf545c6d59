/** What customers have typed and not sent, as agents see it. It ends with what they send, and with the thread. */
import type { PushPayload } from '../../protocol/pushes.ts'
import type { Client } from './client.ts'
import type { Typing } from './views.ts'

export interface SneakPeeks {
  /** Who is typing in the chat, and what. The same array as long as nothing changed. */
  in(chat_id: string): readonly Typing[]
}

const NOBODY: readonly Typing[] = []

export function createSneakPeeks({ events, typing }: Client): SneakPeeks {
  const chats = new Map<string, ReadonlyMap<string, string>>()
  const shown = new Map<string, readonly Typing[]>()

  function put(chat_id: string, author_id: string | undefined, text: string) {
    const peeks = new Map(author_id === undefined ? [] : chats.get(chat_id))
    if (author_id !== undefined && text) peeks.set(author_id, text)
    else if (author_id !== undefined) peeks.delete(author_id)
    chats.set(chat_id, peeks)
    events.emit('change', chat_id)
  }

  events.on('push', ({ action, payload }) => {
    if (action !== 'incoming_sneak_peek') return
    const { chat_id, sneak_peek } = payload as PushPayload<'incoming_sneak_peek'>
    put(chat_id, sneak_peek.author_id, sneak_peek.text)
  })
  events.on('entry', ({ entry: { action, payload } }) => {
    if (!chats.get(payload.chat_id)?.size) return
    if (action === 'incoming_event') put(payload.chat_id, payload.event.author_id ?? '', '')
    if (action === 'chat_deactivated') put(payload.chat_id, undefined, '')
  })

  return {
    in(chat_id) {
      const peeks = chats.get(chat_id)
      const ids = new Set([...typing.in(chat_id), ...(peeks?.keys() ?? [])])
      const now = [...ids].map((user_id) => ({ user_id, sneak_peek: peeks?.get(user_id) ?? null }))
      const before = shown.get(chat_id) ?? NOBODY
      const same = now.length === before.length && now.every((one, at) => isSame(one, before[at]))
      if (!same) shown.set(chat_id, now)
      return same ? before : now
    },
  }
}

const isSame = (one: Typing, other: Typing | undefined) => one.user_id === other?.user_id && one.sneak_peek === other.sneak_peek
