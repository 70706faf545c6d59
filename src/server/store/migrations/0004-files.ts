/** Files: what is known of them, which event has which, and whose bytes are to go. */
import type { Migration } from './migrations.ts'

/*
 * Bytes lie outside the database, so they cannot go in the transaction in which their row does. The row's going leaves word
 * of it, by a trigger, so that no way of deleting a row forgets them.
 */
const tables = `
  CREATE TABLE files (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    uploader_id TEXT NOT NULL,
    custom_id TEXT,
    name TEXT NOT NULL,
    content_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    width INTEGER,
    height INTEGER,
    hash TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER
  ) STRICT;
  CREATE UNIQUE INDEX files_of_custom_id ON files (organization_id, uploader_id, custom_id) WHERE custom_id IS NOT NULL;
  CREATE INDEX files_by_end ON files (expires_at) WHERE expires_at IS NOT NULL;

  CREATE TABLE file_removals (file_id TEXT PRIMARY KEY, due_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX removals_by_time ON file_removals (due_at);
  CREATE TRIGGER bytes_follow_file AFTER DELETE ON files BEGIN
    INSERT OR REPLACE INTO file_removals VALUES (OLD.id, 0);
  END;

  ALTER TABLE events ADD COLUMN file_id TEXT;
`

export const files: Migration = { version: 4, sqlite: tables }
