/** Events: the only place where text stands. Their order is that of the entries which brought them. */
import { MAX_LAST_REPLIERS } from '../../../protocol/limits.ts'
import type { EventContent } from '../change.ts'
import type { Audience, EventRow, Properties, Reactions } from '../rows.ts'
import type { Page, Streaming, View } from '../store.ts'
import type { Driver } from './driver.ts'
import { EVENT_COLUMNS, type EventColumns, openEventRows } from './event-rows.ts'
import type { openFiles } from './files.ts'

/** By what a repeated send is known, and the entries that the first one made. */
export interface Sent {
  /** Null or blank, as after the event's text was removed, agrees with every other. */
  readonly fingerprint: string | null
  readonly change_from: number
  readonly change_to: number
}

type Streamed = Pick<EventRow, 'text' | 'quick_replies' | 'streaming_at' | 'cut_by'>

/** A range of the agents' sequence, both bounds exclusive. */
export interface Range {
  readonly after: number
  readonly before: number
}

/** Numbers of events of the same chat. */
export interface Links {
  readonly reply_to: number | null
  readonly quotes: number | null
}

/** Nothing of the content stays. A blank fingerprint is that of whatever a repetition says. */
export const BLANK = `text = NULL, content = NULL, properties = NULL, mentions = NULL, reactions = NULL, quotes = NULL, original = NULL,
  quick_replies = NULL, streaming_at = NULL, cut_by = NULL, files = 0, fingerprint = CASE WHEN fingerprint IS NULL THEN NULL ELSE '' END`

/** As far as it is looked for them who replied last. */
const LAST_REPLIES = 50

const FROM_ENTRIES = `FROM entries CROSS JOIN events ON events.number = entries.event_number
  WHERE entries.kind = 'event_added' AND entries.chat_id = ?`
const BY_ENTRY = `SELECT ${EVENT_COLUMNS} ${FROM_ENTRIES}`

export function openEvents(db: Driver, files: Pick<ReturnType<typeof openFiles>, 'eventOf' | 'give' | 'ofEvent'>) {
  const insertion = db.prepare(`
    INSERT INTO events (chat_id, seq_agents, seq_public, id, thread_id, type, author_id, custom_id, text, content, properties,
      created_at, files, mentions, reply_to, quotes, quick_replies, streaming_at, fingerprint, change_from, change_to)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const rows = openEventRows(db, files)
  const { rowOf } = rows
  const byPlace = db.prepare<EventColumns>(`${BY_ENTRY} AND entries.seq_agents = ?`)
  const named = db.prepare<{ number: number }>(`
    SELECT events.number ${FROM_ENTRIES} AND entries.seq_agents > ? AND entries.seq_agents < ? AND events.id = ? LIMIT 1`)
  const properties = db.prepare('UPDATE events SET properties = ? WHERE number = ?')
  const edit = db.prepare(`
    UPDATE events SET text = ?, content = ?, properties = ?, mentions = ?, original = ?, edited_at = ? WHERE number = ?`)
  const stream = db.prepare('UPDATE events SET text = ?, quick_replies = ?, streaming_at = ?, cut_by = ? WHERE number = ?')
  const streams = db.prepare<EventColumns>(`
    SELECT ${EVENT_COLUMNS} FROM events WHERE chat_id = ? AND streaming_at IS NOT NULL ORDER BY seq_agents`)
  const silent = db.prepare<EventColumns & { organization_id: string }>(`
    SELECT ${EVENT_COLUMNS}, chats.organization_id FROM events CROSS JOIN chats ON chats.id = events.chat_id
    WHERE streaming_at <= ? AND chats.deleted_at IS NULL ORDER BY streaming_at LIMIT ?`)
  const blank = db.prepare(`UPDATE events SET ${BLANK}, deleted_at = ? WHERE number = ?`)
  const react = db.prepare('UPDATE events SET reactions = ? WHERE number = ?')
  const sumUp = db.prepare('UPDATE events SET replies = ? WHERE number = ?')
  const replies = db.prepare<EventColumns>(`
    SELECT ${EVENT_COLUMNS} FROM events WHERE reply_to = ? AND seq_agents > ? AND seq_agents <= ? ORDER BY seq_agents LIMIT ?`)
  const lastReplies = db.prepare<{ author_id: string | null; created_at: number }>(`
    SELECT author_id, created_at FROM events WHERE reply_to = ? AND deleted_at IS NULL ORDER BY seq_agents DESC LIMIT ${LAST_REPLIES}`)
  const bring = db.prepare<EventColumns>(`${BY_ENTRY} AND entries.seq_agents > 0 ORDER BY entries.seq_agents LIMIT ? OFFSET ?`)
  const bringNewest = db.prepare<EventColumns>(`${BY_ENTRY} AND entries.seq_agents > 0 ORDER BY entries.seq_agents DESC LIMIT ? OFFSET ?`)
  const sent = db.prepare<Sent>(
    'SELECT fingerprint, change_from, change_to FROM events WHERE chat_id = ? AND author_id = ? AND custom_id = ?',
  )
  const walk = (audiences: readonly Audience[], also = '') => {
    const range = `${BY_ENTRY} AND entries.seq_agents > ? AND entries.seq_agents < ?
      AND entries.audience IN (${audiences.map((audience) => `'${audience}'`).join(', ')}) ${also}`
    return {
      oldest: db.prepare<EventColumns>(`${range} ORDER BY entries.seq_agents LIMIT ?`),
      newest: db.prepare<EventColumns>(`${range} ORDER BY entries.seq_agents DESC LIMIT ?`),
    }
  }
  const walks = { agents: walk(['all', 'agents']), public: walk(['all']) }
  const apart = 'AND events.reply_to IS NULL'
  const feeds = { agents: walk(['all', 'agents'], apart), public: walk(['all'], apart) }
  return {
    ...{ byNumber: rows.byNumber, parentOf: rows.parentOf, quotedOf: rows.quotedOf },
    /** Returns the number of its row. */
    insert(event: EventRow, { reply_to, quotes }: Links, as: Sent | null): number {
      const { chat_id, seq_agents, seq_public, id, thread_id, type, author_id, custom_id, text, created_at } = event
      const [content, properties] = [json(event.content), json(event.properties)]
      const number = insertion.run(
        ...[chat_id, seq_agents, seq_public, id, thread_id, type, author_id, custom_id, text, content, properties],
        ...[created_at, Number(event.files.length > 0), json(event.mentions), reply_to, quotes],
        ...[json(event.quick_replies), event.streaming_at],
        ...[as?.fingerprint ?? null, as?.change_from ?? null, as?.change_to ?? null],
      )
      files.give(event.files, number)
      return number
    },
    byPlace(chat_id: string, seq_agents: number): EventRow | null {
      const columns = byPlace.get(chat_id, seq_agents)
      return columns ? rowOf(columns) : null
    },
    /** The number of the row of an event that lies in the range. */
    numberOf: (chat_id: string, { after, before }: Range, id: string): number | null =>
      named.get(chat_id, after, before, id)?.number ?? null,
    setProperties: (number: number, value: Properties): void => void properties.run(JSON.stringify(value), number),
    ofFile(file_id: string): EventRow | null {
      const number = files.eventOf(file_id)
      return number === null ? null : rows.byNumber(number)
    },
    edit(number: number, set: EventContent, at: number): void {
      const row = rows.byNumber(number)
      if (!row) return
      const { text, content, properties, mentions, original } = { ...row, ...set }
      edit.run(text, json(content), json(properties), json(mentions), original, at, number)
    },
    /** A step of what a bot writes, or its end. */
    stream: (number: number, { text, quick_replies, streaming_at, cut_by }: Streamed): void =>
      void stream.run(text, json(quick_replies), streaming_at, cut_by, number),
    streams: (chat_id: string): EventRow[] => streams.all(chat_id).map(rowOf),
    silentStreams: (until: number, limit: number): Streaming[] =>
      silent.all(until, limit).map((columns) => ({ organization_id: columns.organization_id, event: rowOf(columns) })),
    setReactions: (number: number, reactions: Reactions | null): void => void react.run(json(reactions), number),
    /** The number of the event that it is a reply to. */
    replyTo: (number: number): number | null => rows.columns(number)?.reply_to ?? null,
    /** A reply came (1) or went (-1): what they come to now. */
    sumUpReplies(number: number, change: 1 | -1): void {
      const last = lastReplies.all(number)
      const count = (rows.parentOf(number)?.replies?.count ?? 0) + change
      const who = [...new Set(last.flatMap(({ author_id }) => author_id ?? []))].slice(0, MAX_LAST_REPLIERS)
      sumUp.run(count > 0 ? JSON.stringify({ count, last_at: last[0]?.created_at ?? 0, last_user_ids: who }) : null, number)
    },
    /** The oldest first, above `after` and up to `to`. */
    replies: (number: number, after: number, to: number, limit: number): EventRow[] => replies.all(number, after, to, limit).map(rowOf),
    /** Nothing of its content stays. */
    blank: (number: number, at: number): void => void blank.run(at, number),
    /** By their numbers among the chat's events. */
    page: (chat_id: string, { offset, limit }: Page, newestFirst: boolean): EventRow[] =>
      (newestFirst ? bringNewest : bring).all(chat_id, limit, offset).map(rowOf),
    sent: (chat_id: string, author_id: string, custom_id: string): Sent | null => sent.get(chat_id, author_id, custom_id) ?? null,
    /** Oldest first, from the range's beginning; without replies unless all are wanted. */
    oldest: (chat_id: string, view: View, { after, before }: Range, limit: number, all = true): EventRow[] =>
      (all ? walks : feeds)[view].oldest.all(chat_id, after, before, limit).map(rowOf),
    /** Newest first, from the range's end; without replies unless all are wanted. */
    newest: (chat_id: string, view: View, { after, before }: Range, limit: number, all = true): EventRow[] =>
      (all ? walks : feeds)[view].newest.all(chat_id, after, before, limit).map(rowOf),
  }
}

const json = (value: object | null | undefined): string | null => (value ? JSON.stringify(value) : null)
