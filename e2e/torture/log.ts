/** The log as it stands in the end, and what must hold of it by itself. */
import type { LogEntry } from '../../src/server/store/change.ts'
import type { ChatRow, EventRow } from '../../src/server/store/rows.ts'
import type { Store, View } from '../../src/server/store/store.ts'

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

/** What an event says, in words or by its file's name. */
export const wordsOf = ({ text, files }: EventRow): string => text ?? files[0]?.name ?? ''

/** The event that an entry brought. Others may name one as well. */
export const broughtBy = (entry: LogEntry): EventRow | null => (entry.kind === 'event_added' ? entry.event : null)

export const seqOf = (entry: LogEntry, view: View) => (view === 'agents' ? entry.seq_agents : entry.seq_public)
export const visibleTo = (view: View) => (entry: LogEntry) => seqOf(entry, view) !== null

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
