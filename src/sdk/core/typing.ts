/** Who is typing where, and what customers have typed and not sent. It ends by itself, and with the author's next event. */
import { TYPING_EXPIRES_MS } from '../../protocol/limits.ts'
import type { PushPayload } from '../../protocol/pushes.ts'
import type { Clock } from '../kit/environment.ts'
import type { Typing } from './views.ts'

export interface TypingBoard {
  in(chat_id: string): readonly Typing[]
  indicated(push: PushPayload<'incoming_typing_indicator'>): void
  peeked(push: PushPayload<'incoming_sneak_peek'>): void
  /** The author has sent what was typed, or nothing will come of it. Without an author: of nobody in the chat. */
  ended(chat_id: string, user_id?: string): void
}

interface Typist extends Typing {
  /** Whether the indicator is on; a sneak peek stays longer than it. */
  readonly typing: boolean
  expire(): void
}

const NOBODY: readonly Typing[] = []

export function createTyping(clock: Clock, onChange: (chat_id: string, user_id: string, typing: boolean) => void): TypingBoard {
  const chats = new Map<string, readonly Typist[]>()

  function put(chat_id: string, user_id: string, typing: boolean, sneak_peek: string | null) {
    const before = chats.get(chat_id) ?? []
    const old = before.find((typist) => typist.user_id === user_id)
    const others = before.filter((typist) => typist !== old)
    old?.expire()
    const expire = typing ? clock.after(TYPING_EXPIRES_MS, () => put(chat_id, user_id, false, peekOf(chat_id, user_id))) : () => {}
    chats.set(chat_id, typing || sneak_peek ? [...others, { user_id, typing, sneak_peek, expire }] : others)
    if (old || typing || sneak_peek) onChange(chat_id, user_id, typing)
  }

  const peekOf = (chat_id: string, user_id: string) => chats.get(chat_id)?.find((typist) => typist.user_id === user_id)?.sneak_peek ?? null

  return {
    in: (chat_id) => chats.get(chat_id) ?? NOBODY,
    indicated({ chat_id, typing_indicator: { author_id, is_typing } }) {
      put(chat_id, author_id, is_typing, peekOf(chat_id, author_id))
    },
    peeked({ chat_id, sneak_peek: { author_id, text } }) {
      put(chat_id, author_id, text !== '', text || null)
    },
    ended(chat_id, user_id) {
      for (const typist of chats.get(chat_id) ?? []) {
        if (!user_id || typist.user_id === user_id) put(chat_id, typist.user_id, false, null)
      }
    },
  }
}
