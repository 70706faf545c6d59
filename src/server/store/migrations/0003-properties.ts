/** Properties that change and threads that are rated, as the log tells of them; and where a visitor came from. */
import type { Migration } from './migrations.ts'

const columns = `
  ALTER TABLE entries ADD COLUMN names TEXT;
  ALTER TABLE entries ADD COLUMN value TEXT;
  ALTER TABLE threads ADD COLUMN rating TEXT;
  ALTER TABLE customers ADD COLUMN referrer TEXT;
  UPDATE chats SET fold = json_set(fold, '$.thread.rating', NULL) WHERE json_type(fold, '$.thread') = 'object';
`

export const properties: Migration = { version: 3, sqlite: columns }
