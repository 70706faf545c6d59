/** Who is typing where. It ends by itself, and with the author's next event (TYP3). */
import { TYPING_EXPIRES_MS } from '../../protocol/limits.ts'
import type { Context } from './context.ts'

export interface TypingBoard {
  /** The ids of those who type in the chat. */
  in(chat_id: string): readonly string[]
  set(chat_id: string, user_id: string, typing: boolean): void
  /** Without an author: nobody types in the chat any more. */
  ended(chat_id: string, user_id?: string): void
}

export function createTyping({ environment, emit }: Context): TypingBoard {
  const typists = new Map<string, { readonly chat_id: string; readonly user_id: string; expire(): void }>()

  function set(chat_id: string, user_id: string, typing: boolean) {
    const name = `${chat_id} ${user_id}`
    const before = typists.get(name)
    before?.expire()
    typists.delete(name)
    if (typing)
      typists.set(name, { chat_id, user_id, expire: environment.clock.after(TYPING_EXPIRES_MS, () => set(chat_id, user_id, false)) })
    if (!typing && !before) return
    emit('typing', { chat_id, user_id, typing })
    emit('change', chat_id)
  }

  const typistsIn = (chat: string) => [...typists.values()].flatMap(({ chat_id, user_id }) => (chat_id === chat ? [user_id] : []))

  return {
    in: typistsIn,
    set,
    ended(chat_id, user_id) {
      for (const id of typistsIn(chat_id)) if (!user_id || id === user_id) set(chat_id, id, false)
    },
  }
}
