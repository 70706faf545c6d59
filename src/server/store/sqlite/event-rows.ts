/** Events as they come from their table, with what else belongs to each: its files, what it quotes, and what it is a reply to. */
import type { EventRow, Parent, Quoted, Replies } from '../rows.ts'
import type { Driver } from './driver.ts'
import type { openFiles } from './files.ts'

interface Columns
  extends Omit<
    EventRow,
    'audience' | 'content' | 'files' | 'properties' | 'mentions' | 'reactions' | 'parent' | 'replies' | 'quoted' | 'quick_replies'
  > {
  number: number
  content: string | null
  /** Whether there may be any. */
  files: number
  properties: string | null
  mentions: string | null
  reactions: string | null
  reply_to: number | null
  replies: string | null
  quotes: number | null
  quick_replies: string | null
}

export type EventColumns = Columns

export const EVENT_COLUMNS = ['number', 'chat_id', 'seq_agents', 'seq_public', 'id', 'thread_id', 'type', 'author_id', 'custom_id', 'text']
  .concat('content', 'files', 'properties', 'mentions', 'reactions', 'reply_to', 'replies', 'quotes', 'original')
  .concat('quick_replies', 'streaming_at', 'cut_by', 'edited_at', 'deleted_at', 'created_at')
  .map((name) => `events.${name}`)
  .join(', ')

const parsed = <T>(json: string | null): T | null => (json === null ? null : JSON.parse(json))

export function openEventRows(db: Driver, files: Pick<ReturnType<typeof openFiles>, 'ofEvent'>) {
  const byNumber = db.prepare<Columns>(`SELECT ${EVENT_COLUMNS} FROM events WHERE number = ?`)
  const parent = db.prepare<{ id: string; replies: string | null }>('SELECT id, replies FROM events WHERE number = ?')
  const quoted = db.prepare<Omit<Quoted, 'files'> & { number: number; files: number }>(`
    SELECT number, id, seq_agents, type, author_id, text, files, edited_at, deleted_at, created_at FROM events WHERE number = ?`)

  const filesOf = ({ number, files: some }: { number: number; files: number }) => (some ? files.ofEvent(number) : [])

  const parentOf = (number: number): Parent | null => {
    const found = parent.get(number)
    return found ? { id: found.id, replies: parsed<Replies>(found.replies) } : null
  }

  const quotedOf = (number: number): Quoted | null => {
    const found = quoted.get(number)
    if (!found) return null
    const { number: _, ...event } = found
    return { ...event, files: filesOf(found) }
  }

  const rowOf = (columns: Columns): EventRow => ({
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
    content: parsed(columns.content),
    files: filesOf(columns),
    properties: parsed(columns.properties),
    mentions: parsed(columns.mentions),
    reactions: parsed(columns.reactions),
    parent: columns.reply_to === null ? null : parentOf(columns.reply_to),
    replies: parsed(columns.replies),
    quoted: columns.quotes === null ? null : quotedOf(columns.quotes),
    original: columns.original,
    quick_replies: parsed(columns.quick_replies),
    streaming_at: columns.streaming_at,
    cut_by: columns.cut_by,
    edited_at: columns.edited_at,
    deleted_at: columns.deleted_at,
    created_at: columns.created_at,
  })

  return {
    rowOf,
    parentOf,
    quotedOf,
    columns: (number: number): Columns | undefined => byNumber.get(number),
    byNumber(number: number): EventRow | null {
      const columns = byNumber.get(number)
      return columns ? rowOf(columns) : null
    },
  }
}
