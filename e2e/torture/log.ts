/** The log as it stands in the end, and what must hold of it by itself. */
import type { LogEntry } from '../../src/server/store/change.ts'
import type { ChatRow, EventRow, StayRow } from '../../src/server/store/rows.ts'
import type { Store, View } from '../../src/server/store/store.ts'

/** One chat as it stands in the store, also one that was deleted. */
export interface FinalChat {
  readonly row: ChatRow
  readonly entries: readonly LogEntry[]
  /** Of everyone who is or was in it, the oldest first. */
  readonly stays: ReadonlyMap<string, readonly StayRow[]>
  /** Of its organization. */
  readonly agents: ReadonlySet<string>
}

const NOBODY = { user_id: 'nobody', view: 'agents' } as const

/** Reads everything there is. `known` are chats that were there once. */
export async function readAll(store: Store, organization_id: string, known: Iterable<ChatRow> = []): Promise<FinalChat[]> {
  const listing = { organization_id, reader: NOBODY, kind: null, active: null, from: { offset: 0 }, limit: 1000, count: false }
  const { rows } = await store.organizationChats(listing)
  const listed = new Map(rows.map(({ chat }) => [chat.id, chat]))
  const deleted = [...known].filter(({ id }) => !listed.has(id)).map((row) => ({ ...row, deleted_at: row.deleted_at ?? row.last_at }))
  const agents = new Set((await store.agents(organization_id)).map(({ id }) => id))
  return Promise.all([...listed.values(), ...deleted].map((row) => readChat(store, row, agents)))
}

async function readChat(store: Store, row: ChatRow, agents: ReadonlySet<string>): Promise<FinalChat> {
  const { stays } = await store.summary(row, NOBODY)
  const read = stays.map(async ({ user_id }) => [user_id, await store.stays(row.id, user_id)] as const)
  return { row, entries: await readLog(store, row), stays: new Map(await Promise.all(read)), agents }
}

async function readLog(store: Store, chat: ChatRow): Promise<LogEntry[]> {
  const entries: LogEntry[] = []
  for (let more = true; more; ) {
    const page = await store.entries(chat.id, 'agents', entries.length, 500)
    entries.push(...page.entries)
    more = page.entries.length > 0 && entries.length < page.head
  }
  return entries
}

/** What an event says now, in words or by its file's name. */
export const textOf = ({ text, files }: EventRow): string => text ?? files[0]?.name ?? ''

/** The event that an entry brought. Others may name one as well. */
export const broughtBy = (entry: LogEntry): EventRow | null => (entry.kind === 'event_added' ? entry.event : null)

export const seqOf = (entry: LogEntry, view: View) => (view === 'agents' ? entry.seq_agents : entry.seq_public)
export const visibleTo = (view: View) => (entry: LogEntry) => seqOf(entry, view) !== null

/** LOG1, LOG2, LOG5, LOG10, IDM1: the log by itself. */
export function checkLog({ row, entries }: FinalChat): string[] {
  const wrong: string[] = []
  const ids = new Set<string>()
  const replies: EventRow[] = []
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
    if (entry.kind === 'thread_closed' || entry.kind === 'chat_deleted') active = null
    const event = broughtBy(entry)
    if (event) replies.push(event)
    if (event?.custom_id && ids.size === ids.add(`${event.author_id} ${event.custom_id}`).size)
      wrong.push(`[IDM1] ${place} repeats ${event.custom_id}`)
  })
  if (row.deleted_at === null) wrong.push(...checkHeads(row, entries.length, last_public, active))
  return [...wrong, ...checkReplies(replies), ...checkReactions(entries)]
}

function checkHeads(row: ChatRow, agents: number, all: number, active: string | null): string[] {
  return [
    ...(row.active_thread_id === active ? [] : [`${row.id} says its active thread is ${row.active_thread_id}, its log ${active}`]),
    ...(row.seq_agents === agents && row.seq_public === all ? [] : [`${row.id} has other heads than its log`]),
  ]
}

/** REA1: each reacts once with an emoji; and what is folded of that is what events have. */
function checkReactions(entries: readonly LogEntry[]): string[] {
  const reactions = new Set<string>()
  const wrong = entries.flatMap(({ kind, event, user_id, value, seq_agents }) => {
    const key = `${event?.id} ${value} ${user_id}`
    if (kind === 'reaction_added' && reactions.size === reactions.add(key).size) return [`[REA1] ${seq_agents} adds ${key} again`]
    if (kind === 'reaction_removed' && !reactions.delete(key)) return [`[REA1] ${seq_agents} takes back ${key}, which is not there`]
    return []
  })
  const held = entries.flatMap((entry) => {
    const { id, reactions: all, deleted_at } = broughtBy(entry) ?? {}
    if (deleted_at) for (const key of reactions) if (key.startsWith(`${id} `)) reactions.delete(key)
    return Object.entries(all ?? {}).flatMap(([emoji, users]) => users.map((user) => `${id} ${emoji} ${user}`))
  })
  const [is, log] = [held.sort().join(), [...reactions].sort().join()]
  return is === log ? wrong : [...wrong, `[REA1] events have the reactions ${is}, the log ${log}`]
}

/** RPL2: what an event says of its replies is what there is of them. */
function checkReplies(events: readonly EventRow[]): string[] {
  const byParent = Map.groupBy(events, ({ parent }) => parent?.id ?? '')
  return events.flatMap(({ id, replies }) => {
    const there = (byParent.get(id) ?? []).filter(({ deleted_at }) => deleted_at === null)
    const count = replies?.count ?? 0
    return count === there.length ? [] : [`[RPL2] ${id} says it has ${count} replies of ${there.length}`]
  })
}
