/** One chat while a change is carried out: its row is read once, altered in memory, and written back once at the end. */
import type { LogEntry } from '../change.ts'
import type { ChatRow, EventRow, ThreadRow, UserEntryRow, UserType } from '../rows.ts'
import type { Fold, StoredChat } from './chats.ts'
import { enriched } from './enrich.ts'
import type { Place, StoredEntry } from './entries.ts'
import type { Links } from './events.ts'
import type { Tables } from './tables.ts'

/** Thrown where a change cannot be made as things are: nothing of it stays, and its maker is to look again. */
export class Stale extends Error {}

/** What an entry says; its numbers and its time come with its place. */
export type Said = Pick<StoredEntry, 'kind' | 'audience'> &
  Partial<Pick<StoredEntry, 'thread_id' | 'event_number' | 'user_id' | 'actor_id' | 'mark' | 'names' | 'value'>>

export interface Draft extends StoredChat {
  /** Whom the change removed: they hear of it too. */
  readonly removed: Record<string, UserType>
  readonly userEntries: UserEntryRow[]
  /** Where the log ends now. */
  head(): Place
  /** The newest event for all at or before this place of the agents' sequence. */
  lastForAll(seq_agents: number): { readonly public: number; readonly created_at: number } | null
  /** One of the chat's threads, to be altered. */
  thread(id: string): ThreadRow | null
  /** Makes the thread the last one; its opening is the newest entry. */
  openThread(thread: ThreadRow): void
  append(said: Said): StoredEntry
  /** Appends an entry that brings an event, whose repetition will be known by its fingerprint. */
  bring(event: Brought, sent: BroughtAs): EventRow
  /** The users' own logs are to tell of the event, which the change brings or alters. */
  mention(user_ids: readonly string[], event: EventRow, number?: number): void
  /** Writes everything back. */
  save(): Saved
}

type Brought = Omit<
  EventRow,
  'seq_agents' | 'seq_public' | 'reactions' | 'replies' | 'original' | 'cut_by' | 'edited_at' | 'deleted_at' | 'created_at'
>

/** What only this store knows of an event. */
interface BroughtAs {
  readonly fingerprint: string | null
  readonly links: Links
}

interface Mentioning {
  readonly user_ids: readonly string[]
  readonly event: EventRow
  readonly number: number | undefined
}

export interface Saved {
  readonly entries: readonly LogEntry[]
  /** The entries' numbers in the agents' sequence; `to` is below `from` when there are none. */
  readonly range: { readonly from: number; readonly to: number }
}

export function openDraft(tables: Tables, stored: StoredChat, at: number): Draft {
  const [chat, fold] = [{ ...stored.row }, copyOf(stored.fold)]
  const entries: StoredEntry[] = []
  const userEntries: UserEntryRow[] = []
  const events = new Map<StoredEntry, EventRow>()
  const broughtAs = new Map<EventRow, BroughtAs>()
  const mentionings: Mentioning[] = []
  /** Threads before the last that are not as their rows have them. */
  const earlier = new Map<string, ThreadRow>()
  const from = chat.seq_agents + 1

  const append = (said: Said): StoredEntry => {
    chat.last_at = Math.max(at, chat.last_at)
    chat.seq_agents += 1
    if (said.audience === 'all') chat.seq_public += 1
    const entry = entryAt(chat, said)
    entries.push(entry)
    return entry
  }

  /** One that the change brought, or altered. */
  const eventOf = (entry: StoredEntry): EventRow | null => {
    const brought = events.get(entry)
    // What the replies come to, and what is quoted, may have changed since: both are told as they are now.
    if (brought && !brought.parent && !brought.quoted) return brought
    return entry.event_number === null ? null : tables.events.byNumber(entry.event_number)
  }

  const insert = (event: EventRow): number => {
    const { fingerprint, links } = broughtAs.get(event) as BroughtAs
    const sent = event.custom_id === null ? null : { fingerprint, change_from: from, change_to: chat.seq_agents }
    return tables.events.insert(event, links, sent)
  }

  const write = (): void => {
    const numbers = new Map<EventRow, number>()
    for (const [entry, event] of events) {
      entry.event_number = insert(event)
      numbers.set(event, entry.event_number)
      const { reply_to } = broughtAs.get(event)?.links ?? {}
      if (reply_to) tables.events.sumUpReplies(reply_to, 1)
    }
    for (const { user_ids, event, number = numbers.get(event) } of mentionings) {
      if (number === undefined) continue
      const mention = { event_number: number, event_id: event.id, author_id: event.author_id }
      for (const user_id of user_ids) userEntries.push(tables.userLog.append(user_id, 'mentioned', chat.id, chat.last_at, mention))
    }
    for (const entry of entries) tables.entries.insert(entry)
    for (const thread of earlier.values()) tables.threads.update(thread)
    tables.chats.update({ row: chat, fold })
  }

  return {
    ...{ row: chat, fold, removed: {}, userEntries, append },
    head: () => ({ agents: chat.seq_agents, public: chat.seq_public }),
    lastForAll(seq_agents) {
      const own = [...events.values()].findLast((event) => event.audience === 'all' && event.seq_agents <= seq_agents)
      const event = own ?? tables.events.newest(chat.id, 'public', { after: 0, before: seq_agents + 1 }, 1)[0]
      return event ? { public: event.seq_public ?? 0, created_at: event.created_at } : null
    },
    thread(id) {
      if (fold.thread?.id === id) return fold.thread
      const [thread] = tables.threads.ofIds(chat.id, [id], null)
      if (thread && !earlier.has(id)) earlier.set(id, thread)
      return earlier.get(id) ?? null
    },
    openThread(thread) {
      tables.threads.insert(thread, chat.seq_agents)
      if (fold.thread) earlier.set(fold.thread.id, { ...fold.thread, next_thread_id: thread.id })
      fold.thread = thread
    },
    bring(brought, sent) {
      const { audience, thread_id, author_id } = brought
      const entry = append({ kind: 'event_added', audience, thread_id, actor_id: author_id })
      const { seq_agents, seq_public, created_at } = entry
      const untouched = { reactions: null, replies: null, original: null, cut_by: null, edited_at: null, deleted_at: null }
      const event = { ...brought, ...untouched, seq_agents, seq_public, created_at }
      events.set(entry, event)
      broughtAs.set(event, sent)
      return event
    },
    mention: (user_ids, event, number) => void mentionings.push({ user_ids, event, number }),
    save() {
      if (entries.length > 0) write()
      const threadOf = ({ thread_id }: StoredEntry) => (thread_id === fold.thread?.id ? fold.thread : earlier.get(thread_id ?? '')) ?? null
      return {
        entries: entries.map((entry) => enriched(entry, eventOf(entry), threadOf(entry), chat)),
        range: { from, to: chat.seq_agents },
      }
    },
  }
}

/** As deep as drafts are altered. */
const copyOf = ({ thread, members, latest, marks }: Fold): Fold => ({
  thread: thread && { ...thread, user_ids: [...thread.user_ids] },
  members: { ...members },
  latest: { ...latest },
  marks: { ...marks },
})

const entryAt = (chat: ChatRow, { kind, audience, thread_id, event_number, user_id, actor_id, mark, names, value }: Said): StoredEntry => ({
  chat_id: chat.id,
  seq_agents: chat.seq_agents,
  seq_public: audience === 'all' ? chat.seq_public : null,
  head_public: chat.seq_public,
  kind,
  audience,
  thread_id: thread_id ?? null,
  event_number: event_number ?? null,
  user_id: user_id ?? null,
  actor_id: actor_id ?? null,
  mark: mark ?? null,
  names: names ?? null,
  value: value ?? null,
  created_at: chat.last_at,
})
