/** Events: the only place where text stands. */
import { MAX_UNREAD } from '../../../protocol/limits.ts'
import type { EventRow } from '../rows.ts'
import type { View } from '../store.ts'
import type { Driver } from './driver.ts'

/** By what a repeated send is known, and the entries that the first one made. */
export interface Sent {
  /** Null or blank, as after the event's text was removed, agrees with every other. */
  readonly fingerprint: string | null
  readonly change_from: number
  readonly change_to: number
}

interface Columns extends Omit<EventRow, 'audience' | 'content' | 'properties'> {
  content: string | null
  properties: string | null
}

/** A range of one of the sequences, both bounds exclusive. */
export interface Range {
  readonly after: number
  readonly before: number
}

const COLUMNS = ['chat_id', 'seq_agents', 'seq_public', 'id', 'thread_id', 'type', 'author_id', 'custom_id', 'text', 'content']
  .concat('properties', 'created_at')
  .map((name) => `events.${name}`)
  .join(', ')

/** The public sequence is walked along the entries' own index, so that no number of notes lies in a customer's way. */
const WALKS: Record<View, { readonly from: string; readonly seq: string }> = {
  agents: { from: 'events WHERE events.chat_id = ?', seq: 'events.seq_agents' },
  public: {
    from: `entries CROSS JOIN events ON events.chat_id = entries.chat_id AND events.seq_agents = entries.seq_agents
      WHERE entries.chat_id = ? AND entries.kind = 'event_added'`,
    seq: 'entries.seq_public',
  },
}

export function openEvents(db: Driver) {
  const insertion = db.prepare(`
    INSERT INTO events (chat_id, seq_agents, seq_public, id, thread_id, type, author_id, custom_id, text, content, properties,
      created_at, fingerprint, change_from, change_to)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const byPlace = db.prepare<Columns>(`SELECT ${COLUMNS} FROM events WHERE chat_id = ? AND seq_agents = ?`)
  const sent = db.prepare<Sent>(
    'SELECT fingerprint, change_from, change_to FROM events WHERE chat_id = ? AND author_id = ? AND custom_id = ?',
  )
  const walk = ({ from, seq }: (typeof WALKS)[View]) => ({
    oldest: db.prepare<Columns>(`SELECT ${COLUMNS} FROM ${from} AND ${seq} > ? AND ${seq} < ? ORDER BY ${seq} LIMIT ?`),
    newest: db.prepare<Columns>(`SELECT ${COLUMNS} FROM ${from} AND ${seq} > ? AND ${seq} < ? ORDER BY ${seq} DESC LIMIT ?`),
    unread: db.prepare<{ unread: number }>(
      `SELECT count(*) AS unread FROM (SELECT 1 FROM ${from} AND ${seq} > ? AND events.author_id <> ? LIMIT ${MAX_UNREAD})`,
    ),
  })
  const walks = { agents: walk(WALKS.agents), public: walk(WALKS.public) }
  return {
    insert(event: EventRow, as: Sent | null): void {
      const { chat_id, seq_agents, seq_public, id, thread_id, type, author_id, custom_id, text, created_at } = event
      const [content, properties] = [json(event.content), json(event.properties)]
      const [fingerprint, from, to] = as ? [as.fingerprint, as.change_from, as.change_to] : [null, null, null]
      insertion.run(
        ...[chat_id, seq_agents, seq_public, id, thread_id, type, author_id, custom_id, text, content, properties],
        ...[created_at, fingerprint, from, to],
      )
    },
    get(chat_id: string, seq_agents: number): EventRow | null {
      const columns = byPlace.get(chat_id, seq_agents)
      return columns ? eventOf(columns) : null
    },
    sent: (chat_id: string, author_id: string, custom_id: string): Sent | null => sent.get(chat_id, author_id, custom_id) ?? null,
    /** Oldest first, from the range's beginning. */
    oldest: (chat_id: string, view: View, { after, before }: Range, limit: number): EventRow[] =>
      walks[view].oldest.all(chat_id, after, before, limit).map(eventOf),
    /** Newest first, from the range's end. */
    newest: (chat_id: string, view: View, { after, before }: Range, limit: number): EventRow[] =>
      walks[view].newest.all(chat_id, after, before, limit).map(eventOf),
    /** Events that others wrote after this place, counted to the limit (SEE6). */
    unread: (chat_id: string, view: View, after: number, reader: string): number =>
      walks[view].unread.get(chat_id, after, reader)?.unread ?? 0,
  }
}

const json = (value: object | null): string | null => (value === null ? null : JSON.stringify(value))

const eventOf = (columns: Columns): EventRow => ({
  id: columns.id,
  chat_id: columns.chat_id,
  thread_id: columns.thread_id,
  seq_agents: columns.seq_agents,
  seq_public: columns.seq_public,
  audience: columns.seq_public === null ? 'agents' : 'all',
  type: columns.type,
  author_id: columns.author_id,
  custom_id: columns.custom_id,
  text: columns.text,
  content: columns.content === null ? null : JSON.parse(columns.content),
  properties: columns.properties === null ? null : JSON.parse(columns.properties),
  created_at: columns.created_at,
})
