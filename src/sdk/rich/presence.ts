/** Who of a chat is there: asked for once, and followed from then on, also over a lost connection. */
import type { Rich } from './api.ts'
import type { Ground } from './ground.ts'
import type { Online, Options, Presence } from './types.ts'

interface Change {
  readonly chat: string
  readonly joins: readonly Online[]
  readonly leaves: readonly string[]
}

const GONE = /NOT_FOUND|MISSING_ACCESS/

export interface PresenceKeeper extends Pick<Rich<unknown>, 'getPresence'> {
  /** What is known now. */
  of(chat: string): Presence | undefined
  changed(change: Change): void
  /** There is a new connection, which nobody has been asked over yet. */
  renew(): void
  /** It was somebody else's to know. */
  forget(): void
}

export function createPresence({ ask, emit }: Ground): PresenceKeeper {
  const known = new Map<string, Presence>()
  const tell = (chat: string, users: Presence): Presence => {
    known.set(chat, users)
    emit('presence', { chat, users })
    return users
  }
  /** Chats of which something was told while they were asked about: before the answer, or behind it and handed out before it. */
  const unsure = new Set<string>()
  const read = async (chat: string, options?: Options) => {
    let users: Online[]
    do {
      unsure.delete(chat)
      ;({ users } = await ask<{ users: Online[] }>('get_presence', { chat_id: chat }, options))
    } while (unsure.has(chat))
    return tell(chat, Object.fromEntries(users.map((user) => [user.user_id, user])))
  }
  return {
    getPresence: read,
    of: (chat) => known.get(chat),
    changed({ chat, joins, leaves }) {
      unsure.add(chat)
      // Somebody asked the server past this, and what was there before is not known.
      if (!known.has(chat)) return
      const now = { ...known.get(chat) }
      for (const user of joins) now[user.user_id] = user
      for (const id of leaves) delete now[id]
      tell(chat, now)
    },
    forget() {
      known.clear()
      unsure.clear()
    },
    renew() {
      // Of a chat that is theirs no more nothing is known. Whatever else hinders it is over with the next connection.
      for (const chat of known.keys()) read(chat).catch(({ code }) => GONE.test(code) && known.delete(chat))
    },
  }
}
