/** Webhooks: the addresses, how far each is in every chat, and what became of the newest deliveries. */
import type { Migration } from './migrations.ts'

const tables = `
  CREATE TABLE webhooks (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    url TEXT NOT NULL,
    events TEXT NOT NULL,
    description TEXT,
    secret TEXT NOT NULL,
    previous_secret TEXT,
    previous_until INTEGER,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    failing_since INTEGER,
    retry_at INTEGER,
    succeeded_at INTEGER,
    disabled_at INTEGER
  ) STRICT;
  CREATE INDEX webhooks_of_organization ON webhooks (organization_id, created_at, id);

  CREATE TABLE webhook_cursors (
    webhook_id TEXT NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
    chat_id TEXT NOT NULL,
    after_seq INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    failing_since INTEGER,
    PRIMARY KEY (webhook_id, chat_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX cursors_by_due ON webhook_cursors (webhook_id, due_at);

  CREATE TABLE webhook_deliveries (
    webhook_id TEXT NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    id TEXT NOT NULL UNIQUE,
    chat_id TEXT NOT NULL,
    seq_agents INTEGER NOT NULL,
    event TEXT NOT NULL,
    status TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    response_status INTEGER,
    error TEXT,
    created_at INTEGER NOT NULL,
    delivered_at INTEGER,
    PRIMARY KEY (webhook_id, number)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX deliveries_by_status ON webhook_deliveries (webhook_id, status, number);
`

export const webhooks: Migration = { version: 8, sqlite: tables }
