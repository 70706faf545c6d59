/** What expires can be found by when it does: sessions, links and tokens, and from now on the names of chat starts. */
import type { Migration } from './migrations.ts'

/** How long the name of a chat start is known, in ms, as it was when this step was made. */
const A_WEEK = 604_800_000

const expiries = `
  CREATE INDEX sessions_by_end ON agent_sessions (expires_at);
  CREATE INDEX links_by_end ON sign_in_links (expires_at);
  CREATE INDEX tokens_by_end ON refresh_tokens (expires_at);

  ALTER TABLE chat_starts ADD COLUMN expires_at INTEGER NOT NULL DEFAULT 0;
  UPDATE chat_starts SET expires_at = ${A_WEEK} + (SELECT created_at FROM chats WHERE chats.id = chat_starts.chat_id);
  CREATE INDEX starts_by_end ON chat_starts (expires_at);
`

export const sweeps: Migration = { version: 2, sqlite: expiries }
