/** Rich chats: replies, quotes, mentions and reactions of events, messages with several files, chats with avatars, roles and settings. */
import type { Migration } from './migrations.ts'

/*
 * A file knows its event, so that an event may have several. `replies` and `reactions` are JSON: what is told of them is told
 * with the event whose they are, and either is bounded.
 */
const events = `
  ALTER TABLE files ADD COLUMN event_number INTEGER;
  ALTER TABLE files ADD COLUMN place INTEGER;
  UPDATE files SET event_number = events.number, place = 0 FROM events WHERE events.file_id = files.id;
  CREATE INDEX files_of_event ON files (event_number, place) WHERE event_number IS NOT NULL;

  ALTER TABLE events ADD COLUMN files INTEGER NOT NULL DEFAULT 0;
  UPDATE events SET files = 1 WHERE file_id IS NOT NULL;
  DROP INDEX event_of_file;
  ALTER TABLE events DROP COLUMN file_id;
  ALTER TABLE events ADD COLUMN reply_to INTEGER;
  ALTER TABLE events ADD COLUMN replies TEXT;
  ALTER TABLE events ADD COLUMN quotes INTEGER;
  ALTER TABLE events ADD COLUMN mentions TEXT;
  ALTER TABLE events ADD COLUMN reactions TEXT;
  ALTER TABLE events ADD COLUMN original TEXT;
  CREATE INDEX replies_of_event ON events (reply_to, seq_agents) WHERE reply_to IS NOT NULL;
  CREATE INDEX originals_of_chat ON events (chat_id) WHERE original IS NOT NULL;

  ALTER TABLE user_entries ADD COLUMN event_number INTEGER;
  CREATE INDEX mentions_of_user ON user_entries (user_id, seq) WHERE event_number IS NOT NULL;
`

const chats = `
  ALTER TABLE chats ADD COLUMN avatar TEXT;
  ALTER TABLE chats ADD COLUMN user_limit INTEGER;
  ALTER TABLE chats ADD COLUMN settings TEXT;
  ALTER TABLE stays ADD COLUMN role TEXT;
  ALTER TABLE organizations ADD COLUMN policies TEXT NOT NULL DEFAULT '{}';
`

export const richChats: Migration = { version: 9, sqlite: events + chats }
