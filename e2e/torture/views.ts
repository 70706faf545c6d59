/** What the faces show must be what the log says: whole, in its order, and nothing else. */
import { MAX_UNREAD } from '../../src/protocol/limits.ts'
import type { Conversation, TimelineItem } from '../../src/sdk/agent/types.ts'
import type { LogEntry } from '../../src/server/store/change.ts'
import type { EventRow } from '../../src/server/store/rows.ts'
import type { View } from '../../src/server/store/store.ts'
import { broughtBy, type FinalChat, seqOf, textOf, visibleTo } from './log.ts'
import { holds, partsOf, visibleIn } from './membership.ts'

/** One line as text, so that a difference can be read. */
function lineOf(entry: LogEntry, view: View): string | null {
  const seq = seqOf(entry, view)
  const { event } = entry
  // RPL1: replies have a feed of their own.
  if (entry.kind === 'event_added' && event?.parent) return null
  if (entry.kind === 'event_added') return `${seq} event ${event?.id} by ${event?.author_id}: ${event && textOf(event)}`
  if (entry.kind === 'thread_closed') return `${seq} closed ${entry.thread_id}`
  if (entry.kind === 'rated') return `${seq} rated ${entry.actor_id} ${entry.value}`
  if (entry.kind === 'user_added' || entry.kind === 'user_removed') return `${seq} ${entry.kind} ${entry.user_id}`
  return null
}

function shownLine(item: TimelineItem): string {
  if (item.kind === 'event') {
    const state = item.own && item.delivery !== 'sent' ? ` (${item.delivery} ${JSON.stringify(item.error)})` : ''
    return `${item.seq} event ${item.event.id} by ${item.event.author_id}: ${item.event.text ?? item.event.name ?? ''}${state}`
  }
  if (item.kind === 'rated') return `${item.seq} rated ${item.user_id} ${item.value}`
  return item.kind === 'thread_closed' ? `${item.seq} closed ${item.thread_id}` : `${item.seq} ${item.kind} ${item.user_id}`
}

/** Who comes to a chat without its history has seen nothing of it, and has nothing of it to see. */
const comesAnew = ({ stays }: FinalChat, { kind, user_id, seq_agents }: LogEntry, who: string): boolean =>
  kind === 'user_added' && user_id === who && (stays.get(who) ?? []).some(({ from_agents }) => from_agents === seq_agents)

/** The fold of read marks: how far this user has seen, in the agents' sequence. */
export function seenIn(chat: FinalChat, user_id: string): number {
  let mark = 0
  for (const entry of chat.entries) {
    if (entry.kind === 'seen' && entry.user_id === user_id) mark = Math.max(mark, entry.mark?.seq_agents ?? 0)
    if (broughtBy(entry)?.author_id === user_id || comesAnew(chat, entry, user_id)) mark = entry.seq_agents
  }
  return mark
}

/** What lies behind it. */
export function unreadIn(chat: FinalChat, user_id: string, view: View): number {
  const { entries } = chat
  const mark = seenIn(chat, user_id)
  const byOthers = (event: EventRow | null) => event !== null && event.author_id !== user_id
  const unread = entries.filter((entry) => byOthers(broughtBy(entry)) && entry.seq_agents > mark && visibleTo(view)(entry))
  return Math.min(MAX_UNREAD, unread.length)
}

/** LOG3, MEM4, SEE1, SEE6: what one client shows of one chat. */
export function checkView(who: string, conversation: Conversation, chat: FinalChat, user_id: string, view: View): string[] {
  const { items, unread_count, active, users } = conversation.state
  const wanted = visibleIn(chat, user_id, view).flatMap((entry) => lineOf(entry, view) ?? [])
  const shown = items.filter((item) => item.kind !== 'event' || item.delivery !== 'failed').map(shownLine)
  const wrong: string[] = []
  const at = wanted.findIndex((line, place) => line !== shown[place])
  const first = at === -1 ? wanted.length : at
  if (at !== -1 || shown.length > wanted.length)
    wrong.push(
      `[LOG3] ${who} shows "${shown[first]}" in place of "${wanted[first]}" (line ${first + 1} of ${wanted.length}, ${shown.length} shown)`,
    )
  const unread = unreadIn(chat, user_id, view)
  if (unread_count !== unread) wrong.push(`[SEE6] ${who} counts ${unread_count} unread, the log ${unread}`)
  const opened = chat.entries.findLast(({ kind }) => kind === 'thread_opened' || kind === 'thread_closed')?.kind === 'thread_opened'
  if (active !== opened) wrong.push(`${who} says active ${active}, the log ${opened}`)
  for (const user of users) {
    const mark = markIn(chat, user.id, view)
    if (user.present && user.seen_seq !== mark) wrong.push(`[SEE1] ${who} has ${user.id} at ${user.seen_seq}, the log at ${mark}`)
  }
  return wrong
}

/** MEM5: of a chat that is not theirs any more nothing is shown but what was theirs. */
export function checkLeft(who: string, conversation: Conversation, chat: FinalChat, user_id: string, view: View): string[] {
  const parts = partsOf(chat, user_id, view)
  return conversation.state.items.flatMap((item) => {
    const { seq } = item
    return seq === null || parts.some((part) => holds(part, seq)) ? [] : [`[MEM5] ${who} shows ${shownLine(item)}`]
  })
}

export function markIn(chat: FinalChat, user_id: string, view: View): number {
  let mark = 0
  for (const entry of chat.entries.filter(visibleTo(view))) {
    const moved = entry.mark && entry.user_id === user_id ? (view === 'agents' ? entry.mark.seq_agents : entry.mark.seq_public) : 0
    const own = broughtBy(entry)?.author_id === user_id || comesAnew(chat, entry, user_id) ? (seqOf(entry, view) ?? 0) : 0
    mark = Math.max(mark, moved, own)
  }
  return mark
}
