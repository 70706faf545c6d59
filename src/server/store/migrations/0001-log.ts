/** The first tables: who there is, and the logs of chats and users with what is folded from them. */
import type { Migration } from './migrations.ts'

const people = `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE organizations (
    id TEXT PRIMARY KEY,
    license INTEGER NOT NULL UNIQUE,
    name TEXT NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE clients (
    id TEXT NOT NULL,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    origins TEXT NOT NULL,
    redirect_uris TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (organization_id, id)
  ) STRICT;

  CREATE TABLE agents (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    avatar TEXT,
    job_title TEXT,
    password_hash TEXT,
    not_before INTEGER NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX agents_of_organization ON agents (organization_id);

  CREATE TABLE agent_sessions (
    hash TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    agent_id TEXT NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX sessions_of_agent ON agent_sessions (agent_id);

  CREATE TABLE sign_in_links (
    hash TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    agent_id TEXT NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
    expires_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX links_of_agent ON sign_in_links (agent_id);

  CREATE TABLE customers (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    name TEXT,
    email TEXT,
    avatar TEXT,
    session_fields TEXT NOT NULL,
    page TEXT,
    visitor_key_hash TEXT,
    not_before INTEGER NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX customer_of_visitor_key ON customers (organization_id, visitor_key_hash)
    WHERE visitor_key_hash IS NOT NULL;

  CREATE TABLE refresh_tokens (
    hash TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    customer_id TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    client_id TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX tokens_of_customer ON refresh_tokens (customer_id);
`

/*
 * Support chats are listed by activity; an index each for those with and without an active thread means that an event
 * touches one of them, and that neither listing reads past the other's chats. `fold` is JSON: the last thread, who is in
 * the chat, the newest event of each type, and the read marks.
 */
const chats = `
  CREATE TABLE chats (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    kind TEXT NOT NULL,
    properties TEXT NOT NULL,
    seq_agents INTEGER NOT NULL,
    seq_public INTEGER NOT NULL,
    active_thread_id TEXT,
    last_thread_id TEXT,
    thread_count INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    activity_public_at INTEGER NOT NULL,
    activity_agents_at INTEGER NOT NULL,
    waiting_since INTEGER,
    fold TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX active_support_chats ON chats (organization_id, activity_agents_at, id)
    WHERE kind = 'support' AND active_thread_id IS NOT NULL;
  CREATE INDEX closed_support_chats ON chats (organization_id, activity_agents_at, id)
    WHERE kind = 'support' AND active_thread_id IS NULL;

  CREATE TABLE threads (
    id TEXT PRIMARY KEY,
    chat_id TEXT NOT NULL REFERENCES chats (id),
    ordinal INTEGER NOT NULL,
    opened_seq INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    closed_at INTEGER,
    user_ids TEXT NOT NULL,
    events_public INTEGER NOT NULL,
    events_agents INTEGER NOT NULL,
    properties TEXT NOT NULL,
    previous_thread_id TEXT,
    next_thread_id TEXT
  ) STRICT;
  CREATE UNIQUE INDEX threads_of_chat ON threads (chat_id, ordinal);

  CREATE TABLE stays (
    chat_id TEXT NOT NULL REFERENCES chats (id),
    user_id TEXT NOT NULL,
    joined_seq INTEGER NOT NULL,
    user_type TEXT NOT NULL,
    chat_kind TEXT NOT NULL,
    from_agents INTEGER NOT NULL,
    from_public INTEGER NOT NULL,
    to_agents INTEGER,
    to_public INTEGER,
    PRIMARY KEY (chat_id, user_id, joined_seq)
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX present_stays ON stays (user_id, chat_kind, chat_id) WHERE to_agents IS NULL;
`

/*
 * Events and entries are written most, and what costs most is the number of pages that a transaction touches. Text lies in
 * a table that only grows at its end; entries keep the order of a chat and name the event's row. `head_public` is where the
 * public sequence ends with the entry, which for an entry for all is its number there: it never falls, so places are found
 * by halving, without an index of their own. `change_from` and `change_to` are the entries that the request of a custom id
 * made.
 */
const logs = `
  CREATE TABLE events (
    number INTEGER PRIMARY KEY,
    chat_id TEXT NOT NULL,
    seq_agents INTEGER NOT NULL,
    seq_public INTEGER,
    id TEXT NOT NULL,
    thread_id TEXT NOT NULL,
    type TEXT NOT NULL,
    author_id TEXT,
    custom_id TEXT,
    text TEXT,
    content TEXT,
    properties TEXT,
    created_at INTEGER NOT NULL,
    fingerprint TEXT,
    change_from INTEGER,
    change_to INTEGER
  ) STRICT;
  CREATE UNIQUE INDEX events_of_custom_id ON events (chat_id, author_id, custom_id) WHERE custom_id IS NOT NULL;

  CREATE TABLE entries (
    chat_id TEXT NOT NULL,
    seq_agents INTEGER NOT NULL,
    head_public INTEGER NOT NULL,
    audience TEXT NOT NULL,
    kind TEXT NOT NULL,
    thread_id TEXT,
    event_number INTEGER,
    user_id TEXT,
    actor_id TEXT,
    mark_agents INTEGER,
    mark_public INTEGER,
    mark_time INTEGER,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (chat_id, seq_agents)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE user_entries (
    user_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    chat_id TEXT,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, seq)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE chat_starts (
    organization_id TEXT NOT NULL,
    author_id TEXT NOT NULL,
    custom_id TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    chat_id TEXT NOT NULL,
    change_from INTEGER NOT NULL,
    change_to INTEGER NOT NULL,
    PRIMARY KEY (organization_id, author_id, custom_id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE requests (
    principal TEXT NOT NULL,
    key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    chat_id TEXT,
    change_from INTEGER NOT NULL,
    change_to INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    PRIMARY KEY (principal, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX requests_by_age ON requests (made_at);
`

export const log: Migration = { version: 1, sqlite: people + chats + logs }
