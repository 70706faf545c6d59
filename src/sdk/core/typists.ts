/** Who is typing, for the side that is shown no unsent text. */
import type { Client } from './client.ts'
import type { SneakPeeks } from './sneak-peeks.ts'
import type { Typing } from './views.ts'

const NOBODY: readonly Typing[] = []

export function createTypists({ typing }: Client): SneakPeeks {
  const shown = new Map<string, readonly Typing[]>()
  return {
    in(chat_id) {
      const ids = typing.in(chat_id)
      const before = shown.get(chat_id) ?? NOBODY
      if (ids.join() === before.map(({ user_id }) => user_id).join()) return before
      const now = ids.map((user_id) => ({ user_id, sneak_peek: null }))
      shown.set(chat_id, now)
      return now
    },
  }
}
