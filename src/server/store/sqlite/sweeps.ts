/** Sweeping: rows whose time is up are deleted, the oldest first and a few at a time, so that nobody waits for it. */
import type { SweepWrite } from '../change.ts'
import type { Driver } from './driver.ts'

type Expiring = Exclude<SweepWrite['table'], 'chats' | 'audit'>

const KEYS: Readonly<Record<Expiring, string>> = {
  agent_sessions: 'hash',
  sign_in_links: 'hash',
  refresh_tokens: 'hash',
  erased_ids: 'organization_id, hash',
  chat_starts: 'organization_id, author_id, custom_id',
  files: 'id',
}

/** `forget`: what is remembered of chats is no longer true. */
export function openSweeps(db: Driver, forget: () => void): (write: SweepWrite) => void {
  const prepare = (table: Expiring) =>
    db.prepare(`
      DELETE FROM ${table} WHERE (${KEYS[table]}) IN
        (SELECT ${KEYS[table]} FROM ${table} WHERE expires_at <= ? ORDER BY expires_at LIMIT ?)`)
  const statements = {
    agent_sessions: prepare('agent_sessions'),
    sign_in_links: prepare('sign_in_links'),
    refresh_tokens: prepare('refresh_tokens'),
    erased_ids: prepare('erased_ids'),
    chat_starts: prepare('chat_starts'),
    files: prepare('files'),
  }
  const audit = db.prepare(`
    DELETE FROM audit WHERE number IN (SELECT number FROM audit WHERE created_at <= ? ORDER BY created_at LIMIT ?)`)
  const chats = openChatSweep(db, forget)
  return ({ table, until, limit }) => {
    if (table === 'chats') chats(until, limit)
    else if (table === 'audit') audit.run(until, limit)
    else statements[table].run(until, limit)
  }
}

/** Deleted chats go from the end of their logs to the beginning, however many turns that takes; the chat itself goes with the rest. */
function openChatSweep(db: Driver, forget: () => void): (until: number, limit: number) => void {
  const oldest = db.prepare<{ id: string }>('SELECT id FROM chats WHERE deleted_at <= ? ORDER BY deleted_at LIMIT 1')
  /** With the event that each brought: what was done to that later goes before it, and its number may be another's at once. */
  const entries = db.prepare<{ seq_agents: number; event_number: number | null }>(`
    SELECT seq_agents, iif(kind = 'event_added', event_number, NULL) AS event_number FROM entries
    WHERE chat_id = ? ORDER BY seq_agents DESC LIMIT ?`)
  const file = db.prepare('DELETE FROM files WHERE event_number = ?')
  const event = db.prepare('DELETE FROM events WHERE number = ?')
  const entry = db.prepare('DELETE FROM entries WHERE chat_id = ? AND seq_agents = ?')
  const rest = ['threads', 'stays'].map((table) => db.prepare(`DELETE FROM ${table} WHERE chat_id = ?`))
  const chat = db.prepare('DELETE FROM chats WHERE id = ?')
  return (until, limit) => {
    let gone = false
    for (let left = limit; left > 0; ) {
      const id = oldest.get(until)?.id
      if (id === undefined) break
      const found = entries.all(id, left)
      for (const { seq_agents, event_number } of found) {
        if (event_number !== null) for (const statement of [file, event]) statement.run(event_number)
        entry.run(id, seq_agents)
      }
      if (found.length === left) break
      for (const statement of [...rest, chat]) statement.run(id)
      gone = true
      left -= found.length + 1
    }
    if (gone) forget()
  }
}
