/** One chat while a change is carried out: its rows are read once, altered in memory, and written back once at the end. */
import type { LogEntry } from '../change.ts'
import type { ChatRow, EventRow, ThreadRow, UserEntryRow } from '../rows.ts'
import type { StoredChat } from './chats.ts'
import type { Place, StoredEntry } from './entries.ts'
import type { Sent } from './events.ts'
import type { Member } from './stays.ts'
import type { Tables } from './tables.ts'

/** Thrown where a change cannot be made as things are: nothing of it stays, and its maker is to look again. */
export class Stale extends Error {}

type Appended = Pick<StoredEntry, 'kind' | 'audience'> & Partial<Pick<StoredEntry, 'thread_id' | 'user_id' | 'actor_id' | 'mark'>>

export interface Draft {
  readonly chat: ChatRow
  readonly latest: StoredChat['latest']
  readonly userEntries: UserEntryRow[]
  /** Users whom the change removed: they hear of it too. */
  readonly removed: Member[]
  /** Where the log ends now. */
  head(): Place
  thread(id: string): ThreadRow
  openThread(thread: ThreadRow, opened: Place): void
  /** Numbers and stamps the next entry. */
  append(entry: Appended): StoredEntry
  /** Appends an entry that brings an event. */
  bring(event: Omit<EventRow, 'seq_agents' | 'seq_public' | 'created_at'>): EventRow
  /** The public number of the newest entry for all at or before this place. */
  publicAt(seq_agents: number): number
  /** Writes everything back. A repeated send of one of its events will be known by what `sentAs` says. */
  save(sentAs: (event: EventRow) => string | null): Saved
}

export interface Saved {
  readonly entries: readonly LogEntry[]
  /** The entries' numbers in the agents' sequence; `to` is below `from` when there are none. */
  readonly range: { readonly from: number; readonly to: number }
}

export function openDraft(tables: Tables, { row: chat, latest }: StoredChat, at: number): Draft {
  const threads = new Map<string, ThreadRow>()
  const entries: StoredEntry[] = []
  const events = new Map<number, EventRow>()
  const from = chat.seq_agents + 1

  const append = (appended: Appended): StoredEntry => {
    const created_at = Math.max(at, chat.last_at)
    chat.last_at = created_at
    chat.seq_agents += 1
    if (appended.audience === 'all') chat.seq_public += 1
    const entry: StoredEntry = {
      ...{ thread_id: null, event_seq: null, user_id: null, actor_id: null, mark: null },
      ...appended,
      chat_id: chat.id,
      seq_agents: chat.seq_agents,
      seq_public: appended.audience === 'all' ? chat.seq_public : null,
      created_at,
    }
    entries.push(entry)
    return entry
  }

  const insert = (sentAs: (event: EventRow) => string | null): void => {
    const range = { change_from: from, change_to: chat.seq_agents }
    for (const entry of entries) tables.entries.insert(entry)
    for (const event of events.values()) {
      const sent: Sent | null = event.custom_id === null ? null : { fingerprint: sentAs(event), ...range }
      tables.events.insert(event, sent)
    }
  }

  const thread = (id: string): ThreadRow => {
    const row = threads.get(id) ?? tables.threads.get(chat.id, id)
    if (!row) throw new Stale()
    threads.set(id, row)
    return row
  }

  return {
    chat,
    latest,
    userEntries: [],
    removed: [],
    head: () => ({ agents: chat.seq_agents, public: chat.seq_public }),
    thread,
    openThread(row, opened) {
      tables.threads.insert(row, opened)
      threads.set(row.id, row)
    },
    append,
    bring(brought) {
      const { audience, thread_id, author_id } = brought
      const entry = append({ kind: 'event_added', audience, thread_id, actor_id: author_id })
      entry.event_seq = entry.seq_agents
      const event = { ...brought, seq_agents: entry.seq_agents, seq_public: entry.seq_public, created_at: entry.created_at }
      events.set(entry.seq_agents, event)
      return event
    },
    publicAt(seq_agents) {
      const own = entries.findLast((entry) => entry.seq_agents <= seq_agents && entry.seq_public !== null)
      return own?.seq_public ?? tables.entries.publicAt(chat.id, seq_agents)
    },
    save(sentAs) {
      insert(sentAs)
      for (const row of threads.values()) tables.threads.update(row)
      if (entries.length > 0) tables.chats.update({ row: chat, latest })
      return {
        entries: entries.map((entry) => enriched(entry, events.get(entry.seq_agents) ?? null, threads.get(entry.thread_id ?? '') ?? null)),
        range: { from, to: chat.seq_agents },
      }
    },
  }
}

/** An entry with the rows it names. */
export function enriched(stored: StoredEntry, event: EventRow | null, thread: ThreadRow | null): LogEntry {
  const { event_seq: _, ...entry } = stored
  return { ...entry, event_id: event?.id ?? null, event, thread }
}
