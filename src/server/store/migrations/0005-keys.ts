/** Customers whom the host knows, and the secrets with which its back end vouches for them. */
import type { Migration } from './migrations.ts'

const known = `
  CREATE TABLE keys (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    scopes TEXT NOT NULL,
    secret TEXT NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX keys_of_organization ON keys (organization_id, created_at, id);

  ALTER TABLE customers ADD COLUMN external_id TEXT;
  CREATE UNIQUE INDEX customer_of_external_id ON customers (organization_id, external_id) WHERE external_id IS NOT NULL;
`

export const keys: Migration = { version: 5, sqlite: known }
