/** Sweeping: rows whose time is up are deleted, the oldest first and a few at a time, so that nobody waits for it. */
import type { SweepWrite } from '../change.ts'
import type { Driver } from './driver.ts'

const KEYS: Readonly<Record<SweepWrite['table'], string>> = {
  agent_sessions: 'hash',
  sign_in_links: 'hash',
  refresh_tokens: 'hash',
  chat_starts: 'organization_id, author_id, custom_id',
  files: 'id',
}

export function openSweeps(db: Driver): (write: SweepWrite) => void {
  const prepare = (table: SweepWrite['table']) =>
    db.prepare(`
      DELETE FROM ${table} WHERE (${KEYS[table]}) IN
        (SELECT ${KEYS[table]} FROM ${table} WHERE expires_at <= ? ORDER BY expires_at LIMIT ?)`)
  const statements = {
    agent_sessions: prepare('agent_sessions'),
    sign_in_links: prepare('sign_in_links'),
    refresh_tokens: prepare('refresh_tokens'),
    chat_starts: prepare('chat_starts'),
    files: prepare('files'),
  }
  return ({ table, until, limit }) => {
    statements[table].run(until, limit)
  }
}
