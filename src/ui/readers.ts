/** Who has read up to where: under the last message that each of the others has seen. */
import type { ChatUser } from '../protocol/users.ts'
import type { EventItem, LogItem } from './log-item.ts'

type Readers = ReadonlyMap<string, readonly ChatUser[]>

const NONE: Readers = new Map()

/** Among two it is told in a word; roles are of chats that are not of support. */
const isGroup = (users: readonly ChatUser[]) => users.filter(({ present, role }) => present && role !== undefined).length > 2

/** By the key of the message. */
export function readersIn(items: readonly LogItem[], users: readonly ChatUser[], me: string | null): Readers {
  if (!isGroup(users)) return NONE
  const stored = items.filter((item): item is EventItem => item.kind === 'event' && item.seq !== null)
  const readers = new Map<string, ChatUser[]>()
  for (const user of users) {
    if (!user.present || user.id === me) continue
    const [last] = stored.filter(({ seq }) => (seq ?? 0) <= user.seen_seq).slice(-1)
    // That somebody has seen what they said themselves is no news.
    if (last && last.event.author_id !== user.id) readers.set(last.key, [...(readers.get(last.key) ?? []), user])
  }
  return readers
}

/** The same, worked out again only when something is not as it was. */
export function createReaders(): typeof readersIn {
  let known: readonly [items: unknown, users: unknown, readers: Readers] = [null, null, NONE]
  return (items, users, me) => {
    if (known[0] !== items || known[1] !== users) known = [items, users, readersIn(items, users, me)]
    return known[2]
  }
}
