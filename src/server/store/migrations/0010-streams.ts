/** Messages that bots write piece by piece, and answers that a message suggests. */
import type { Migration } from './migrations.ts'

/* Of those that stream there are ever only a few: one index finds them, those of a chat and those that nobody goes on with. */
const events = `
  ALTER TABLE events ADD COLUMN quick_replies TEXT;
  ALTER TABLE events ADD COLUMN streaming_at INTEGER;
  ALTER TABLE events ADD COLUMN cut_by TEXT;
  CREATE INDEX streams_of_chat ON events (chat_id, seq_agents) WHERE streaming_at IS NOT NULL;
  CREATE INDEX streams_by_time ON events (streaming_at) WHERE streaming_at IS NOT NULL;
`

export const streams: Migration = { version: 10, sqlite: events }
