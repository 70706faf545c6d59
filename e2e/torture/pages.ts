/** What pages are told must be of their own customer alone, in the order of the log, without a gap, and in the end the truth. */
import type { ChatEvent } from '../../src/sdk/customer/types.ts'
import type { EventRow } from '../../src/server/store/rows.ts'
import type { Era } from './era.ts'
import type { Ledger } from './ledger.ts'
import { broughtBy, type FinalChat } from './log.ts'
import { holds, partOf, partsOf, visibleIn, wasEverOut } from './membership.ts'
import type { PageTab } from './page.ts'
import { markIn, unreadIn } from './views.ts'

/** Whose each id is that stands for something of customers': of a chat among several it is all of theirs. */
export function ownersOf(chats: readonly FinalChat[], customers: Iterable<string>): Map<string, Set<string>> {
  const owners = new Map([...customers].map((id) => [id, new Set([id])]))
  for (const { row, entries, stays } of chats) {
    const users = row.kind === 'support' ? [row.created_by] : [...stays.keys()]
    const ids = entries.flatMap(({ thread_id, event }) => [...(thread_id ? [thread_id] : []), ...(event?.files ?? []).map(({ id }) => id)])
    // Whoever shares a chat is shown to the others.
    for (const id of [row.id, ...ids, ...users.filter((user) => owners.has(user))]) {
      owners.set(id, new Set([...(owners.get(id) ?? []), ...users]))
    }
  }
  return owners
}

/** IDN7, IDN8: nothing of another's is told. Every id is 32 hexadecimal digits. */
export function checkEras(who: string, { eras }: PageTab, owners: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  return eras.flatMap(({ owner, told }) => {
    const ids = told.flatMap(([, data]) => JSON.stringify(data)?.match(/[0-9a-f]{32}/g) ?? [])
    const found = [...new Set(ids)].flatMap((id) => owners.get(id) ?? [])
    // Who was replaced before anybody told who it was is one and the same all the same.
    const someone = owner ?? [...(found[0] ?? [])][0] ?? ''
    const others = found.filter((users) => !users.has(someone)).map((users) => [...users].join(' and '))
    return [...new Set(others)].map((other) => `[IDN7] ${who}, who is ${owner}, is told of what is ${other}'s`)
  })
}

/** LOG3, LOG4: `new_event` comes in the order of the log, once, and leaves out nothing but what a promise has told of. */
export function checkTold(
  who: string,
  { eras, tab }: PageTab,
  chats: readonly FinalChat[],
  said: ReadonlySet<string>,
  ledger: Ledger,
): string[] {
  return eras.flatMap((era) => {
    const isOver = era.over || !tab.alive
    return chats.flatMap((chat) => checkStream(`${who} in ${chat.row.id}`, { ...era, over: isOver }, chat, said, ledger))
  })
}

function checkStream(who: string, era: Era, chat: FinalChat, said: ReadonlySet<string>, ledger: Ledger): string[] {
  const { row, entries } = chat
  const parts = partsOf(chat, era.owner ?? '', 'public')
  const isTheirs = ({ seq_public: seq }: EventRow) => seq !== null && (era.owner === null || parts.some((part) => holds(part, seq)))
  const events = entries.flatMap((entry) => broughtBy(entry) ?? []).filter(isTheirs)
  const places = new Map(events.map(({ id }, at) => [id, at]))
  const told = era.told.flatMap(([name, data]) => {
    if (name !== 'new_event') return []
    const { chat, event } = data as { chat: string; event: ChatEvent }
    return chat === row.id ? [event.id] : []
  })
  const wrong: string[] = []
  let last = -1
  for (const id of told) {
    const at = places.get(id)
    if (at === undefined) wrong.push(`[LOG4] ${who} is told of ${id}, which is not in the log for them`)
    else if (at <= last) wrong.push(`[LOG3] ${who} is told of ${id} after ${events[last]?.id}`)
    last = at ?? last
  }
  // What happened while they were out was not for them, nor is it told later.
  if (wasEverOut(chat, era.owner)) return wrong
  const first = places.get(told[0] ?? '') ?? events.length
  const heard = new Set([...told, ...era.answered])
  const missed = events
    .slice(first, era.over ? last : events.length)
    .find((event) => !heard.has(event.id) && !said.has(ledger.wordsOf(event)))
  return missed ? [...wrong, `[LOG3] ${who} is not told of ${missed.id}`] : wrong
}

/** LOG3, MEM4, SEE1, SEE6: what a page finds that reads everything anew. */
export function checkFound(who: string, { found, me }: PageTab, chats: readonly FinalChat[]): string[] {
  const id = me ?? ''
  const own = chats.filter((chat) => partOf(chat, id, 'public'))
  if (found?.summary.totalChats !== own.length) return [`${who} finds ${found?.summary.totalChats} chats of ${own.length}`]
  return own.flatMap((chat) => {
    const { row } = chat
    const summary = found.summary.chatsSummary.find((one) => one.id === row.id)
    const events = visibleIn(chat, id, 'public').flatMap((entry) => broughtBy(entry) ?? [])
    const mark = markIn(chat, id, 'public')
    const seen = events.findLast(({ seq_public }) => (seq_public ?? 0) <= mark)?.created_at ?? null
    const truth = {
      active: row.active_thread_id !== null,
      unread: unreadIn(chat, id, 'public'),
      last: events.at(-1)?.id,
      seen: row.kind === 'support' ? seen : null,
      events: events.flatMap((event) => (event.parent ? [] : [event.id])).join(),
    }
    const shown = {
      active: summary?.active,
      unread: summary?.unreadCount,
      last: summary?.lastEvent?.id,
      // Who came without the history has seen what they never saw.
      seen: row.kind === 'support' ? (summary?.lastSeenTimestamps[id] ?? null) : null,
      events: found.histories
        .get(row.id)
        ?.map((event) => event.id)
        .join(),
    }
    const [is, finds] = [JSON.stringify(truth), JSON.stringify(shown)]
    return is === finds ? [] : [`[LOG3] ${who} finds in ${row.id} ${finds}, which is ${is}`]
  })
}
