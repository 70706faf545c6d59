/** What must hold when the storm is over: the log is the truth, and everyone sees it whole, in its order, and nothing else. */
import { MAX_UNREAD } from '../../src/protocol/limits.ts'
import type { Conversation, TimelineItem } from '../../src/sdk/agent/types.ts'
import type { LogEntry } from '../../src/server/store/change.ts'
import type { ChatRow, EventRow } from '../../src/server/store/rows.ts'
import type { Store, View } from '../../src/server/store/store.ts'
import type { Network } from '../../src/testing/network.ts'
import type { Person } from './person.ts'

/** One chat as it stands in the store. */
export interface FinalChat {
  readonly row: ChatRow
  readonly entries: readonly LogEntry[]
}

/** Reads everything there is. */
export async function readAll(store: Store, organization_id: string): Promise<FinalChat[]> {
  const reader = { user_id: 'nobody', view: 'agents' } as const
  const { chats } = await store.chats({ organization_id, reader, scope: 'organization', active: null, from: { offset: 0 }, limit: 1000 })
  return Promise.all(chats.map(async ({ chat }) => ({ row: chat, entries: await readLog(store, chat) })))
}

async function readLog(store: Store, chat: ChatRow): Promise<LogEntry[]> {
  const entries: LogEntry[] = []
  while (entries.length < chat.seq_agents) {
    const page = await store.entries(chat.id, 'agents', entries.length, 500)
    if (page.entries.length === 0) break
    entries.push(...page.entries)
  }
  return entries
}

/** The event that an entry brought. Others may name one as well. */
const broughtBy = (entry: LogEntry): EventRow | null => (entry.kind === 'event_added' ? entry.event : null)

const seqOf = (entry: LogEntry, view: View) => (view === 'agents' ? entry.seq_agents : entry.seq_public)
const visibleTo = (view: View) => (entry: LogEntry) => seqOf(entry, view) !== null

/** LOG1, LOG2, LOG5, LOG10, IDM1: the log by itself. */
export function checkLog({ row, entries }: FinalChat): string[] {
  const wrong: string[] = []
  const ids = new Set<string>()
  let [last_public, last_at, active] = [0, 0, null as string | null]
  entries.forEach((entry, at) => {
    const place = `${row.id} entry ${at + 1}`
    if (entry.seq_agents !== at + 1) wrong.push(`[LOG1] ${place} is numbered ${entry.seq_agents}`)
    if (entry.seq_public !== null && entry.seq_public !== ++last_public)
      wrong.push(`[LOG2] ${place} is numbered ${entry.seq_public} for all`)
    if (entry.created_at < last_at) wrong.push(`[LOG5] ${place} goes back in time`)
    last_at = entry.created_at
    if (entry.kind === 'thread_opened' && active !== null) wrong.push(`[LOG10] ${place} opens a second thread`)
    if (entry.kind === 'thread_opened') active = entry.thread_id
    if (entry.kind === 'thread_closed') active = null
    const event = broughtBy(entry)
    if (event?.custom_id && ids.size === ids.add(`${event.author_id} ${event.custom_id}`).size)
      wrong.push(`[IDM1] ${place} repeats ${event.custom_id}`)
  })
  if (row.active_thread_id !== active) wrong.push(`${row.id} says its active thread is ${row.active_thread_id}, its log ${active}`)
  if (row.seq_agents !== entries.length || row.seq_public !== last_public) wrong.push(`${row.id} has other heads than its log`)
  return wrong
}

/** LOG4, IDM6: everything said is there once, and nothing was promised that is not. */
export function checkSayings(people: readonly Person[], chats: readonly FinalChat[]): string[] {
  const wrong: string[] = []
  const events = chats.flatMap(({ entries }) => entries.flatMap((entry) => broughtBy(entry) ?? []))
  const found = new Map<string, EventRow[]>()
  for (const event of events) found.set(event.text ?? '', [...(found.get(event.text ?? '') ?? []), event])
  const ids = new Set(events.map(({ id }) => id))
  for (const person of people) {
    const view: View = person.kind === 'agent' ? 'agents' : 'public'
    wrong.push(...person.complaints)
    for (const [id, text] of person.shownAsSent)
      if (!ids.has(id)) wrong.push(`[LOG4] ${person.name} was shown ${id} "${text}" as sent; it is not in the log`)
    for (const { text, hopeless, kept, outcome, event, error } of person.sayings) {
      if (hopeless) {
        if (kept && !isShownFailed(person, text))
          wrong.push(`[IDM6] ${JSON.stringify(text)} cannot be sent, and nobody is told (${outcome})`)
        continue
      }
      const [row, ...again] = found.get(text) ?? []
      found.delete(text)
      if (again.length > 0) wrong.push(`[IDM1] "${text}" is in the log ${again.length + 1} times`)
      if (outcome === 'failed') wrong.push(`"${text}" failed: ${JSON.stringify(error)} ${String(error)}`)
      if (!row && (kept || outcome === 'sent')) wrong.push(`[IDM6] "${text}" is lost (${outcome})`)
      if (!row || !event) continue
      const seq = view === 'agents' ? row.seq_agents : row.seq_public
      if (row.id !== event.id || seq !== event.seq)
        wrong.push(`[LOG4] "${text}" was acknowledged as ${event.id} at ${event.seq}, and is ${row.id} at ${seq}`)
    }
  }
  for (const text of found.keys()) wrong.push(`"${text}" is in the log and was said by nobody`)
  return wrong
}

const isShownFailed = (person: Person, text: string): boolean =>
  person.tabs.some(({ conversations }) =>
    [...conversations.values()].some(({ state }) =>
      state.items.some((item) => item.kind === 'event' && item.event.text === text && item.delivery === 'failed'),
    ),
  )

/** One line as text, so that a difference can be read. */
function lineOf(entry: LogEntry, view: View): string | null {
  const seq = seqOf(entry, view)
  if (entry.kind === 'event_added') return `${seq} event ${entry.event?.id} by ${entry.event?.author_id}: ${entry.event?.text}`
  if (entry.kind === 'thread_closed') return `${seq} closed ${entry.thread_id}`
  if (entry.kind === 'rated') return `${seq} rated ${entry.actor_id} ${entry.value}`
  if (entry.kind === 'user_added' || entry.kind === 'user_removed') return `${seq} ${entry.kind} ${entry.user_id}`
  return null
}

function shownLine(item: TimelineItem): string {
  if (item.kind === 'event') {
    const state = item.own && item.delivery !== 'sent' ? ` (${item.delivery} ${JSON.stringify(item.error)})` : ''
    return `${item.seq} event ${item.event.id} by ${item.event.author_id}: ${item.event.text}${state}`
  }
  if (item.kind === 'rated') return `${item.seq} rated ${item.user_id} ${item.value}`
  return item.kind === 'thread_closed' ? `${item.seq} closed ${item.thread_id}` : `${item.seq} ${item.kind} ${item.user_id}`
}

/** The fold of read marks: how far this user has seen, and what lies behind it. */
function unreadIn(entries: readonly LogEntry[], user_id: string, view: View): number {
  let mark = 0
  for (const entry of entries) {
    if (entry.kind === 'seen' && entry.user_id === user_id) mark = Math.max(mark, entry.mark?.seq_agents ?? 0)
    if (broughtBy(entry)?.author_id === user_id) mark = entry.seq_agents
  }
  const byOthers = (event: EventRow | null) => event !== null && event.author_id !== user_id
  const unread = entries.filter((entry) => byOthers(broughtBy(entry)) && entry.seq_agents > mark && visibleTo(view)(entry))
  return Math.min(MAX_UNREAD, unread.length)
}

/** LOG3, SEE1, SEE6: what one client shows of one chat. */
export function checkView(who: string, conversation: Conversation, { entries }: FinalChat, user_id: string, view: View): string[] {
  const { items, unread_count, active, users } = conversation.state
  const visible = entries.filter(visibleTo(view))
  const wanted = visible.flatMap((entry) => lineOf(entry, view) ?? [])
  const shown = items.filter((item) => item.kind !== 'event' || item.delivery !== 'failed').map(shownLine)
  const wrong: string[] = []
  const at = wanted.findIndex((line, place) => line !== shown[place])
  const first = at === -1 ? wanted.length : at
  if (at !== -1 || shown.length > wanted.length)
    wrong.push(
      `[LOG3] ${who} shows "${shown[first]}" in place of "${wanted[first]}" (line ${first + 1} of ${wanted.length}, ${shown.length} shown)`,
    )
  const unread = unreadIn(entries, user_id, view)
  if (unread_count !== unread) wrong.push(`[SEE6] ${who} counts ${unread_count} unread, the log ${unread}`)
  const opened = visible.findLast(({ kind }) => kind === 'thread_opened' || kind === 'thread_closed')?.kind === 'thread_opened'
  if (active !== opened) wrong.push(`${who} says active ${active}, the log ${opened}`)
  for (const user of users) {
    const mark = markIn(visible, user.id, view)
    if (user.present && user.seen_seq !== mark) wrong.push(`[SEE1] ${who} has ${user.id} at ${user.seen_seq}, the log at ${mark}`)
  }
  return wrong
}

function markIn(visible: readonly LogEntry[], user_id: string, view: View): number {
  let mark = 0
  for (const entry of visible) {
    const moved = entry.mark && entry.user_id === user_id ? (view === 'agents' ? entry.mark.seq_agents : entry.mark.seq_public) : 0
    const own = broughtBy(entry)?.author_id === user_id ? (seqOf(entry, view) ?? 0) : 0
    mark = Math.max(mark, moved, own)
  }
  return mark
}

/** LOG8: not one byte of a note reaches a customer. */
export function checkSecrecy({ opened }: Network): string[] {
  return opened
    .filter(({ handshake }) => handshake.side === 'customer')
    .flatMap(({ received }) => received.filter((frame) => frame.includes('NOTE ') || /_a\d+"/.test(frame)))
    .map((frame) => `[LOG8] a customer received ${frame}`)
}
