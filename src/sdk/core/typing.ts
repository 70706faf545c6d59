/** Who is typing where. It ends by itself, and with the author's next event (TYP3). */
import { TYPING_EXPIRES_MS } from '../../protocol/limits.ts'
import type { Context } from './context.ts'

export type SetTyping = (chat_id: string, user_id: string, typing: boolean) => void

export function createTyping({ environment, emit }: Context): SetTyping {
  const typists = new Map<string, () => void>()
  const set: SetTyping = (chat_id, user_id, typing) => {
    const name = `${chat_id} ${user_id}`
    const expire = typists.get(name)
    expire?.()
    typists.delete(name)
    if (typing)
      typists.set(
        name,
        environment.clock.after(TYPING_EXPIRES_MS, () => set(chat_id, user_id, false)),
      )
    if (typing || expire) emit('typing', { chat_id, user_id, typing })
  }
  return set
}
