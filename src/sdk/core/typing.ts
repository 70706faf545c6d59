/** Who is typing where. It ends by itself, and with the author's next event (TYP3). */
import { TYPING_EXPIRES_MS } from '../../protocol/limits.ts'
import type { Clock } from '../kit/environment.ts'

export interface TypingBoard {
  /** The ids of those who type in the chat. */
  in(chat_id: string): readonly string[]
  set(chat_id: string, user_id: string, typing: boolean): void
  /** Without an author: nobody types in the chat any more. */
  ended(chat_id: string, user_id?: string): void
}

export function createTyping(clock: Clock, onChange: (chat_id: string, user_id: string, typing: boolean) => void): TypingBoard {
  const chats = new Map<string, Map<string, () => void>>()

  function set(chat_id: string, user_id: string, typing: boolean) {
    const typists = chats.get(chat_id) ?? new Map<string, () => void>()
    const expire = typists.get(user_id)
    expire?.()
    typists.delete(user_id)
    if (typing)
      typists.set(
        user_id,
        clock.after(TYPING_EXPIRES_MS, () => set(chat_id, user_id, false)),
      )
    chats.set(chat_id, typists)
    if (typing || expire) onChange(chat_id, user_id, typing)
  }

  const typistsIn = (chat_id: string) => [...(chats.get(chat_id)?.keys() ?? [])]

  return {
    in: typistsIn,
    set,
    ended(chat_id, user_id) {
      for (const id of user_id ? [user_id] : typistsIn(chat_id)) set(chat_id, id, false)
    },
  }
}
