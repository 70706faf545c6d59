/** What pages are told must be of their own customer alone, in the order of the log, without a gap, and in the end the truth. */
import type { ChatEvent } from '../../src/sdk/customer/types.ts'
import type { EventRow } from '../../src/server/store/rows.ts'
import type { Ledger } from './ledger.ts'
import { broughtBy, type FinalChat } from './log.ts'
import type { Era, PageTab } from './page.ts'
import { markIn, unreadIn } from './views.ts'

/** Whose each id is that stands for something of one customer's. */
export function ownersOf(chats: readonly FinalChat[], customers: Iterable<string>): Map<string, string> {
  const owners = new Map([...customers].map((id) => [id, id]))
  for (const { row, entries } of chats) {
    owners.set(row.id, row.created_by)
    for (const { thread_id, event } of entries) {
      if (thread_id) owners.set(thread_id, row.created_by)
      for (const { id } of event?.files ?? []) owners.set(id, row.created_by)
    }
  }
  return owners
}

/** IDN7, IDN8: nothing of another's is told. Every id is 32 hexadecimal digits. */
export function checkEras(who: string, { eras }: PageTab, owners: ReadonlyMap<string, string>): string[] {
  return eras.flatMap(({ owner, told }) => {
    const ids = told.flatMap(([, data]) => JSON.stringify(data)?.match(/[0-9a-f]{32}/g) ?? [])
    const found = new Set(ids.flatMap((id) => owners.get(id) ?? []))
    // Who was replaced before anybody told who it was is one and the same all the same.
    found.delete(owner ?? [...found][0] ?? '')
    return [...found].map((other) => `[IDN7] ${who}, who is ${owner}, is told of what is ${other}'s`)
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

function checkStream(who: string, era: Era, { row, entries }: FinalChat, said: ReadonlySet<string>, ledger: Ledger): string[] {
  const events = entries.map(broughtBy).filter((event): event is EventRow => event !== null && event.seq_public !== null)
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
    if (at === undefined) wrong.push(`[LOG4] ${who} is told of ${id}, which is not in the log`)
    else if (at <= last) wrong.push(`[LOG3] ${who} is told of ${id} after ${events[last]?.id}`)
    last = at ?? last
  }
  const first = places.get(told[0] ?? '') ?? events.length
  const heard = new Set([...told, ...era.answered])
  const missed = events
    .slice(first, era.over ? last : events.length)
    .find((event) => !heard.has(event.id) && !said.has(ledger.wordsOf(event)))
  return missed ? [...wrong, `[LOG3] ${who} is not told of ${missed.id}`] : wrong
}

/** LOG3, SEE1, SEE6: what a page finds that reads everything anew. */
export function checkFound(who: string, { found, me }: PageTab, chats: readonly FinalChat[]): string[] {
  const own = chats.filter(({ row }) => row.created_by === me)
  if (found?.summary.totalChats !== own.length) return [`${who} finds ${found?.summary.totalChats} chats of ${own.length}`]
  return own.flatMap(({ row, entries }) => {
    const summary = found.summary.chatsSummary.find(({ id }) => id === row.id)
    const visible = entries.filter(({ seq_public }) => seq_public !== null)
    const events = visible.flatMap((entry) => broughtBy(entry) ?? [])
    const mark = markIn(visible, me ?? '', 'public')
    const seen = visible.findLast((entry) => broughtBy(entry) && (entry.seq_public ?? 0) <= mark)?.created_at ?? null
    const truth = {
      active: row.active_thread_id !== null,
      unread: unreadIn(entries, me ?? '', 'public'),
      last: events.at(-1)?.id,
      seen,
      events: events.flatMap(({ id, parent }) => (parent ? [] : [id])).join(),
    }
    const shown = {
      active: summary?.active,
      unread: summary?.unreadCount,
      last: summary?.lastEvent?.id,
      seen: summary?.lastSeenTimestamps[me ?? ''] ?? null,
      events: found.histories
        .get(row.id)
        ?.map(({ id }) => id)
        .join(),
    }
    const [is, finds] = [JSON.stringify(truth), JSON.stringify(shown)]
    return is === finds ? [] : [`[LOG3] ${who} finds in ${row.id} ${finds}, which is ${is}`]
  })
}
