/** Events: the only place where text stands. Their order is that of the entries which brought them. */
import type { EventContent } from '../change.ts'
import type { Audience, EventRow, FileRow, Properties } from '../rows.ts'
import type { Page, View } from '../store.ts'
import type { Driver } from './driver.ts'
import type { openFiles } from './files.ts'

/** By what a repeated send is known, and the entries that the first one made. */
export interface Sent {
  /** Null or blank, as after the event's text was removed, agrees with every other. */
  readonly fingerprint: string | null
  readonly change_from: number
  readonly change_to: number
}

interface Columns extends Omit<EventRow, 'audience' | 'content' | 'file' | 'properties'> {
  content: string | null
  file_id: string | null
  properties: string | null
}

/** A range of the agents' sequence, both bounds exclusive. */
export interface Range {
  readonly after: number
  readonly before: number
}

const COLUMNS = ['chat_id', 'seq_agents', 'seq_public', 'id', 'thread_id', 'type', 'author_id', 'custom_id', 'text', 'content']
  .concat('properties', 'created_at', 'file_id', 'edited_at', 'deleted_at')
  .map((name) => `events.${name}`)
  .join(', ')

const FROM_ENTRIES = `FROM entries CROSS JOIN events ON events.number = entries.event_number
  WHERE entries.kind = 'event_added' AND entries.chat_id = ?`
const BY_ENTRY = `SELECT ${COLUMNS} ${FROM_ENTRIES}`

export function openEvents(db: Driver, files: Pick<ReturnType<typeof openFiles>, 'byId'>) {
  const insertion = db.prepare(`
    INSERT INTO events (chat_id, seq_agents, seq_public, id, thread_id, type, author_id, custom_id, text, content, properties,
      created_at, file_id, fingerprint, change_from, change_to)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const byNumber = db.prepare<Columns>(`SELECT ${COLUMNS} FROM events WHERE number = ?`)
  const byPlace = db.prepare<Columns>(`${BY_ENTRY} AND entries.seq_agents = ?`)
  const named = db.prepare<{ number: number }>(`
    SELECT events.number ${FROM_ENTRIES} AND entries.seq_agents > ? AND entries.seq_agents < ? AND events.id = ? LIMIT 1`)
  const properties = db.prepare('UPDATE events SET properties = ? WHERE number = ?')
  const edit = db.prepare('UPDATE events SET text = ?, content = ?, properties = ?, edited_at = ? WHERE number = ?')
  // A blank fingerprint is that of whatever a repetition says.
  const blank = db.prepare(`
    UPDATE events SET text = NULL, content = NULL, properties = NULL, file_id = NULL, deleted_at = ?,
      fingerprint = CASE WHEN fingerprint IS NULL THEN NULL ELSE '' END
    WHERE number = ?`)
  const byFile = db.prepare<Columns>(`SELECT ${COLUMNS} FROM events WHERE file_id = ?`)
  const bring = db.prepare<Columns>(`${BY_ENTRY} AND entries.seq_agents > 0 ORDER BY entries.seq_agents LIMIT ? OFFSET ?`)
  const bringNewest = db.prepare<Columns>(`${BY_ENTRY} AND entries.seq_agents > 0 ORDER BY entries.seq_agents DESC LIMIT ? OFFSET ?`)
  const sent = db.prepare<Sent>(
    'SELECT fingerprint, change_from, change_to FROM events WHERE chat_id = ? AND author_id = ? AND custom_id = ?',
  )
  const walk = (audiences: readonly Audience[]) => {
    const range = `${BY_ENTRY} AND entries.seq_agents > ? AND entries.seq_agents < ?
      AND entries.audience IN (${audiences.map((audience) => `'${audience}'`).join(', ')})`
    return {
      oldest: db.prepare<Columns>(`${range} ORDER BY entries.seq_agents LIMIT ?`),
      newest: db.prepare<Columns>(`${range} ORDER BY entries.seq_agents DESC LIMIT ?`),
    }
  }
  const rowOf = (columns: Columns): EventRow => eventOf(columns, columns.file_id === null ? null : files.byId(columns.file_id))
  const walks = { agents: walk(['all', 'agents']), public: walk(['all']) }
  return {
    /** Returns the number of its row. */
    insert(event: EventRow, as: Sent | null): number {
      const { chat_id, seq_agents, seq_public, id, thread_id, type, author_id, custom_id, text, created_at } = event
      const [content, properties] = [json(event.content), json(event.properties)]
      return insertion.run(
        ...[chat_id, seq_agents, seq_public, id, thread_id, type, author_id, custom_id, text, content, properties],
        ...[created_at, event.file?.id ?? null, as?.fingerprint ?? null, as?.change_from ?? null, as?.change_to ?? null],
      )
    },
    byNumber(number: number): EventRow | null {
      const columns = byNumber.get(number)
      return columns ? rowOf(columns) : null
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
      const columns = byFile.get(file_id)
      return columns ? rowOf(columns) : null
    },
    edit(number: number, set: EventContent, at: number): void {
      const columns = byNumber.get(number)
      if (!columns) return
      const { text, content, properties } = { ...rowOf(columns), ...set }
      edit.run(text, json(content), json(properties), at, number)
    },
    /** Nothing of its content stays. */
    blank: (number: number, at: number): void => void blank.run(at, number),
    /** By their numbers among the chat's events. */
    page: (chat_id: string, { offset, limit }: Page, newestFirst: boolean): EventRow[] =>
      (newestFirst ? bringNewest : bring).all(chat_id, limit, offset).map(rowOf),
    sent: (chat_id: string, author_id: string, custom_id: string): Sent | null => sent.get(chat_id, author_id, custom_id) ?? null,
    /** Oldest first, from the range's beginning. */
    oldest: (chat_id: string, view: View, { after, before }: Range, limit: number): EventRow[] =>
      walks[view].oldest.all(chat_id, after, before, limit).map(rowOf),
    /** Newest first, from the range's end. */
    newest: (chat_id: string, view: View, { after, before }: Range, limit: number): EventRow[] =>
      walks[view].newest.all(chat_id, after, before, limit).map(rowOf),
  }
}

const json = (value: object | null): string | null => (value === null ? null : JSON.stringify(value))

const eventOf = (columns: Columns, file: FileRow | null): EventRow => ({
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
  file,
  properties: columns.properties === null ? null : JSON.parse(columns.properties),
  edited_at: columns.edited_at,
  deleted_at: columns.deleted_at,
  created_at: columns.created_at,
})
