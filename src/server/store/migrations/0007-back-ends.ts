/** Back ends: their keys and what was done with them, users whom the host describes, chats with names, and what is edited and deleted. */
import type { Migration } from './migrations.ts'

const keys = `
  CREATE TABLE api_keys (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    name TEXT NOT NULL,
    scopes TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE,
    previous_hash TEXT,
    previous_until INTEGER,
    last_used_at INTEGER,
    revoked_at INTEGER,
    created_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX api_keys_of_organization ON api_keys (organization_id, created_at, id);
  CREATE UNIQUE INDEX api_key_of_previous_hash ON api_keys (previous_hash) WHERE previous_hash IS NOT NULL;

  CREATE TABLE audit (
    number INTEGER PRIMARY KEY,
    organization_id TEXT NOT NULL,
    key_id TEXT NOT NULL,
    action TEXT NOT NULL,
    outcome TEXT NOT NULL,
    request_id TEXT NOT NULL,
    address TEXT NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX audit_of_key ON audit (organization_id, key_id, number);
  CREATE INDEX audit_by_time ON audit (created_at);
`

/*
 * An agent need not have an e-mail address any more. SQLite cannot say so of a table that is there, and dropping it would take
 * the sessions along, so all three are made anew.
 */
const people = `
  CREATE TEMP TABLE old_agents AS SELECT * FROM agents;
  CREATE TEMP TABLE old_sessions AS SELECT * FROM agent_sessions;
  CREATE TEMP TABLE old_links AS SELECT * FROM sign_in_links;
  DROP TABLE sign_in_links;
  DROP TABLE agent_sessions;
  DROP TABLE agents;

  CREATE TABLE agents (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    kind TEXT NOT NULL,
    external_id TEXT,
    email TEXT UNIQUE,
    name TEXT NOT NULL,
    avatar TEXT,
    job_title TEXT,
    password_hash TEXT,
    not_before INTEGER NOT NULL,
    deleted_at INTEGER,
    erased_at INTEGER,
    created_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX agents_to_erase ON agents (deleted_at) WHERE deleted_at IS NOT NULL AND erased_at IS NULL;
  CREATE INDEX agents_of_organization ON agents (organization_id);
  CREATE UNIQUE INDEX agent_of_external_id ON agents (organization_id, external_id) WHERE external_id IS NOT NULL;

  CREATE TABLE agent_sessions (
    hash TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    agent_id TEXT NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX sessions_of_agent ON agent_sessions (agent_id);
  CREATE INDEX sessions_by_end ON agent_sessions (expires_at);

  CREATE TABLE sign_in_links (
    hash TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    agent_id TEXT NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
    expires_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX links_of_agent ON sign_in_links (agent_id);
  CREATE INDEX links_by_end ON sign_in_links (expires_at);

  INSERT INTO agents SELECT id, organization_id, 'agent', NULL, email, name, avatar, job_title, password_hash, not_before, NULL, NULL,
    created_at FROM old_agents;
  INSERT INTO agent_sessions SELECT hash, organization_id, agent_id, created_at, expires_at FROM old_sessions;
  INSERT INTO sign_in_links SELECT hash, organization_id, agent_id, expires_at FROM old_links;
  DROP TABLE old_agents;
  DROP TABLE old_sessions;
  DROP TABLE old_links;

  ALTER TABLE customers ADD COLUMN username TEXT;
  ALTER TABLE customers ADD COLUMN nickname TEXT;
  ALTER TABLE customers ADD COLUMN badge TEXT;
  ALTER TABLE customers ADD COLUMN status TEXT NOT NULL DEFAULT 'active';
  ALTER TABLE customers ADD COLUMN custom TEXT NOT NULL DEFAULT '{}';
  ALTER TABLE customers ADD COLUMN deleted_at INTEGER;
  ALTER TABLE customers ADD COLUMN erased_at INTEGER;
  CREATE INDEX customers_to_erase ON customers (deleted_at) WHERE deleted_at IS NOT NULL AND erased_at IS NULL;
  CREATE TABLE erased_ids (
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    hash TEXT NOT NULL,
    not_before INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (organization_id, hash)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX erased_ids_by_end ON erased_ids (expires_at);
  CREATE UNIQUE INDEX customer_of_username ON customers (organization_id, username) WHERE username IS NOT NULL;
  CREATE INDEX customers_by_age ON customers (organization_id, created_at, id) WHERE deleted_at IS NULL;
  CREATE INDEX known_customers_by_age ON customers (organization_id, created_at, id) WHERE external_id IS NOT NULL;
`

const chats = `
  ALTER TABLE chats ADD COLUMN name TEXT;
  ALTER TABLE chats ADD COLUMN joinable INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE chats ADD COLUMN history INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE chats ADD COLUMN deleted_at INTEGER;
  DROP INDEX active_support_chats;
  DROP INDEX closed_support_chats;
  CREATE INDEX active_support_chats ON chats (organization_id, activity_agents_at, id)
    WHERE kind = 'support' AND active_thread_id IS NOT NULL AND deleted_at IS NULL;
  CREATE INDEX closed_support_chats ON chats (organization_id, activity_agents_at, id)
    WHERE kind = 'support' AND active_thread_id IS NULL AND deleted_at IS NULL;
  CREATE INDEX chats_by_age ON chats (organization_id, created_at, id) WHERE deleted_at IS NULL;
  CREATE INDEX deleted_chats ON chats (deleted_at) WHERE deleted_at IS NOT NULL;
  CREATE INDEX former_stays ON stays (user_id, chat_id) WHERE to_agents IS NOT NULL;

  ALTER TABLE requests ADD COLUMN subject TEXT;
  ALTER TABLE events ADD COLUMN edited_at INTEGER;
  ALTER TABLE events ADD COLUMN deleted_at INTEGER;
  CREATE INDEX event_of_file ON events (file_id) WHERE file_id IS NOT NULL;
`

/*
 * How many support chats an organization has, with an active thread and without: a listing tells it each time, and counting them
 * would take the longer the more there are. Triggers, so that no way of writing a chat forgets it.
 */
const counts = `
  CREATE TABLE support_counts (
    organization_id TEXT NOT NULL,
    active INTEGER NOT NULL,
    total INTEGER NOT NULL,
    PRIMARY KEY (organization_id, active)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO support_counts
    SELECT organization_id, active_thread_id IS NOT NULL, count(*) FROM chats WHERE kind = 'support' GROUP BY 1, 2;

  CREATE TRIGGER support_chat_begun AFTER INSERT ON chats WHEN NEW.kind = 'support' AND NEW.deleted_at IS NULL BEGIN
    INSERT INTO support_counts VALUES (NEW.organization_id, NEW.active_thread_id IS NOT NULL, 1)
      ON CONFLICT DO UPDATE SET total = total + 1;
  END;
  CREATE TRIGGER support_chat_turned AFTER UPDATE OF active_thread_id ON chats
    WHEN NEW.kind = 'support' AND NEW.deleted_at IS NULL AND (OLD.active_thread_id IS NULL) <> (NEW.active_thread_id IS NULL) BEGIN
    UPDATE support_counts SET total = total - 1
      WHERE organization_id = NEW.organization_id AND active = (OLD.active_thread_id IS NOT NULL);
    INSERT INTO support_counts VALUES (NEW.organization_id, NEW.active_thread_id IS NOT NULL, 1)
      ON CONFLICT DO UPDATE SET total = total + 1;
  END;
  CREATE TRIGGER support_chat_deleted AFTER UPDATE OF deleted_at ON chats
    WHEN NEW.kind = 'support' AND OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL BEGIN
    UPDATE support_counts SET total = total - 1
      WHERE organization_id = NEW.organization_id AND active = (NEW.active_thread_id IS NOT NULL);
  END;
`

export const backEnds: Migration = { version: 7, sqlite: keys + people + chats + counts }
