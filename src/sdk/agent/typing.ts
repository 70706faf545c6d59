/** Telling the customer that an answer is being typed: renewed while it goes on, ended at once. */
import { TYPING_EVERY_MS } from '../../protocol/limits.ts'
import type { Ask } from '../core/ask.ts'
import type { Clock } from '../kit/environment.ts'

export interface OwnTyping {
  set(chat: string, typing: boolean): void
  /** What was typed has been sent, which says enough. */
  sent(chat: string): void
}

export function createOwnTyping(clock: Clock, ask: Ask, live: () => boolean): OwnTyping {
  /** When each chat was last told. */
  const told = new Map<string, number>()
  return {
    set(chat_id, is_typing) {
      const last = told.get(chat_id)
      const due = is_typing ? last === undefined || clock.now() - last >= TYPING_EVERY_MS : last !== undefined
      // What cannot be told now is not worth telling later.
      if (!due || !live()) return
      if (is_typing) told.set(chat_id, clock.now())
      else told.delete(chat_id)
      ask('send_typing_indicator', { chat_id, is_typing }).catch(() => {})
    },
    sent: (chat) => void told.delete(chat),
  }
}
