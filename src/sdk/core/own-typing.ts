/** Telling others that one is typing: renewed while it goes on, ended at once. */
import { TYPING_EVERY_MS } from '../../protocol/limits.ts'
import type { Clock } from '../kit/environment.ts'
import type { Ask } from './ask.ts'

export interface OwnTyping {
  /** Resolves when it was told, if it had to be. */
  set(chat: string, typing: boolean): Promise<void>
  /** What was typed has been sent, which says enough. */
  sent(chat: string): void
}

export function createOwnTyping(clock: Clock, ask: Ask, live: () => boolean): OwnTyping {
  /** When each chat was last told. */
  const told = new Map<string, number>()
  return {
    async set(chat_id, is_typing) {
      const last = told.get(chat_id)
      const due = is_typing ? last === undefined || clock.now() - last >= TYPING_EVERY_MS : last !== undefined
      // What cannot be told now is not worth telling later.
      if (!due || !live()) return
      if (is_typing) told.set(chat_id, clock.now())
      else told.delete(chat_id)
      await ask('send_typing_indicator', { chat_id, is_typing })
    },
    sent: (chat) => void told.delete(chat),
  }
}
