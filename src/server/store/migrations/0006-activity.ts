/** What customers did on the site, the newest of each kind. */
import type { Migration } from './migrations.ts'

const table = `
  CREATE TABLE activities (
    customer_id TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    number INTEGER NOT NULL,
    content TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (customer_id, kind, number)
  ) STRICT, WITHOUT ROWID;
`

export const activity: Migration = { version: 6, sqlite: table }
