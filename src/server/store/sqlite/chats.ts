/** Chats: the rows that their logs are folded into. */
import type { ChatKind, ChatRow, Properties, ThreadRow, UserType } from '../rows.ts'
import type { Driver } from './driver.ts'
import { createRecent } from './recent.ts'

/**
 * What every event moves or needs, kept in the chat's row: that row is written with every event as it is, and each
 * further row would be a further page to write.
 */
export interface Fold {
  /** The last thread, as it is now; in its own table its row is up to date once the next one opens. */
  thread: ThreadRow | null
  /** Who is in the chat now. */
  members: Record<string, UserType>
  /** Of each type of event the newest one that agents see, and the newest that all see (0 for none), by the agents' sequence. */
  latest: Record<string, [agents: number, all: number]>
  /** Of each user who has one, the read mark: its place in both sequences and its time. */
  marks: Record<string, [agents: number, all: number, seen_up_to: number | null]>
}

/** Shared by all who asked for it, so that nobody alters it: a draft works on a copy. */
export interface StoredChat {
  readonly row: ChatRow
  readonly fold: Fold
}

/** Chats that are remembered; one takes some 2 kB. */
const REMEMBERED = 2000

interface Columns extends Omit<ChatRow, 'properties' | 'kind' | 'joinable' | 'history' | 'settings'> {
  settings: string | null
  joinable: number
  history: number
  kind: ChatKind
  properties: string
  fold: string
}

export function openChats(db: Driver) {
  const byId = db.prepare<Columns>('SELECT * FROM chats WHERE id = ?')
  const insertion = db.prepare(`
    INSERT INTO chats (id, organization_id, kind, name, joinable, history, properties, seq_agents, seq_public, thread_count, last_at,
      activity_public_at, activity_agents_at, fold, created_by, created_at, avatar, user_limit, settings)
    VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const update = db.prepare(`
    UPDATE chats SET seq_agents = ?, seq_public = ?, active_thread_id = ?, last_thread_id = ?, thread_count = ?, last_at = ?,
      activity_public_at = ?, activity_agents_at = ?, waiting_since = ?, fold = ?
    WHERE id = ?`)
  const properties = db.prepare('UPDATE chats SET properties = ? WHERE id = ?')
  const describe = db.prepare('UPDATE chats SET name = ?, joinable = ?, history = ?, avatar = ?, user_limit = ?, settings = ? WHERE id = ?')
  const deleted = db.prepare('UPDATE chats SET deleted_at = ? WHERE id = ?')
  const recent = createRecent<string, StoredChat>(REMEMBERED)
  const read = (id: string): StoredChat | null => {
    const columns = byId.get(id)
    if (!columns) return null
    const { fold, ...row } = columns
    const stored = {
      row: {
        ...row,
        joinable: row.joinable !== 0,
        history: row.history !== 0,
        settings: row.settings === null ? null : JSON.parse(row.settings),
        properties: JSON.parse(row.properties),
      },
      fold: JSON.parse(fold),
    }
    recent.set(id, stored)
    return stored
  }
  return {
    get: (id: string): StoredChat | null => recent.get(id) ?? read(id),
    /** What was written will be read again: by the next event at the latest. Told once nothing of the change can fail any more. */
    remember: (stored: StoredChat): void => recent.set(stored.row.id, stored),
    forgetAll: (): void => recent.clear(),
    /** A chat whose log is empty. */
    insert({ row, fold }: StoredChat): void {
      const { id, organization_id, kind, name, joinable, history, properties, created_by, created_at: now, avatar, user_limit } = row
      insertion.run(
        ...[id, organization_id, kind, name, Number(joinable), Number(history), JSON.stringify(properties), now, now, now],
        ...[JSON.stringify(fold), created_by, now, avatar, user_limit, settingsOf(row)],
      )
    },
    /** They change seldom, so that events need not write them. */
    setProperties: (id: string, value: Properties): void => void properties.run(JSON.stringify(value), id),
    describe(row: ChatRow): void {
      const { id, name, joinable, history, avatar, user_limit } = row
      describe.run(name, Number(joinable), Number(history), avatar, user_limit, settingsOf(row), id)
    },
    setDeleted: (id: string, at: number): void => void deleted.run(at, id),
    update({ row, fold }: StoredChat): void {
      update.run(
        ...[row.seq_agents, row.seq_public, row.active_thread_id, row.last_thread_id, row.thread_count, row.last_at],
        ...[row.activity_public_at, row.activity_agents_at, row.waiting_since, JSON.stringify(fold), row.id],
      )
    },
  }
}

const settingsOf = ({ settings }: ChatRow): string | null => settings && JSON.stringify(settings)

export const membersOf = (members: Fold['members']): { user_id: string; user_type: UserType }[] =>
  Object.entries(members).map(([user_id, user_type]) => ({ user_id, user_type }))
