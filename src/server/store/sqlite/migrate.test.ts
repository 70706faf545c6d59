/** Migrations: each once, whole or not at all, and never backward. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CHAT_START_TTL_S } from '../../../protocol/limits.ts'
import { change, done, erase, message, page } from '../contract/ground.contract.ts'
import { migrations } from '../migrations/migrations.ts'
import { type Driver, openNodeDriver } from './driver.ts'
import { folder } from './ground.contract.ts'
import { migrate } from './migrate.ts'
import { openSqliteStore } from './store.ts'

const open = (): Driver => openNodeDriver(':memory:')
const versionOf = (db: Driver) => db.prepare<{ user_version: number }>('PRAGMA user_version').get()?.user_version
const tablesOf = (db: Driver) => db.prepare<{ name: string }>('SELECT name FROM sqlite_schema').all()

const steps = [
  { version: 1, sqlite: 'CREATE TABLE one (a TEXT)' },
  { version: 2, sqlite: 'CREATE TABLE two (a TEXT)' },
]

describe('migrations', () => {
  it('are numbered from 1 without a hole', () => {
    expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, at) => at + 1))
  })

  it('take each step once', () => {
    const db = open()
    migrate(db, 'x', steps.slice(0, 1))
    migrate(db, 'x', steps)
    migrate(db, 'x', steps)
    expect(tablesOf(db)).toEqual([{ name: 'one' }, { name: 'two' }])
    expect(versionOf(db)).toBe(2)
  })

  it('leave nothing of a step that fails', () => {
    const db = open()
    const broken = { version: 2, sqlite: 'CREATE TABLE two (a TEXT); CREATE TABLE one (a TEXT)' }
    expect(() => migrate(db, 'x', [...steps.slice(0, 1), broken])).toThrow('already exists')
    expect(tablesOf(db)).toEqual([{ name: 'one' }])
    expect(versionOf(db)).toBe(1)
  })

  it('[IDM3] bring along the chat starts that are still known', () => {
    const db = open()
    migrate(db, 'x', migrations.slice(0, 1))
    db.exec(`INSERT INTO organizations VALUES ('o', 1, 'o', 1);
      INSERT INTO chats VALUES ('c', 'o', 'support', '{}', 0, 0, NULL, NULL, 0, 0, 0, 0, NULL, '{}', 'ann', 1000);
      INSERT INTO chat_starts VALUES ('o', 'ann', 's', 'f', 'c', 1, 2)`)
    migrate(db, 'x')
    expect(db.prepare('SELECT chat_id, expires_at FROM chat_starts').all()).toEqual([
      { chat_id: 'c', expires_at: 1000 + CHAT_START_TTL_S * 1000 },
    ])
  })

  it('leave the threads of chats that are there unrated', () => {
    const db = open()
    migrate(db, 'x', migrations.slice(0, 2))
    db.exec(`INSERT INTO organizations VALUES ('o', 1, 'o', 1);
      INSERT INTO chats VALUES ('c', 'o', 'support', '{}', 0, 0, 't', 't', 1, 0, 0, 0, NULL, '{"thread":{"id":"t"}}', 'ann', 1000);
      INSERT INTO chats VALUES ('d', 'o', 'support', '{}', 0, 0, NULL, NULL, 0, 0, 0, 0, NULL, '{"thread":null}', 'ann', 1000)`)
    migrate(db, 'x')
    expect(db.prepare('SELECT fold FROM chats ORDER BY id').all()).toEqual([
      { fold: '{"thread":{"id":"t","rating":null}}' },
      { fold: '{"thread":null}' },
    ])
  })

  it('keep the agents with their sessions and links, the chats and what was said in them, as back ends come', async () => {
    const path = join(folder(), 'porchlight.db')
    const db = openNodeDriver(path)
    migrate(db, 'x', migrations.slice(0, 6))
    db.exec(`INSERT INTO organizations VALUES ('o', 1, 'o', 1);
      INSERT INTO agents (id, organization_id, email, name, avatar, job_title, password_hash, not_before, created_at)
        VALUES ('robin', 'o', 'robin@o.test', 'Robin', 'r.png', 'Support', 'scrypt', 7, 5);
      INSERT INTO agent_sessions VALUES ('session', 'o', 'robin', 8, 9);
      INSERT INTO sign_in_links VALUES ('link', 'o', 'robin', 9);
      INSERT INTO customers (id, organization_id, session_fields, external_id, not_before, created_at)
        VALUES ('ann', 'o', '[]', 'host-ann', 0, 5);
      INSERT INTO refresh_tokens VALUES ('token', 'o', 'ann', 'web', 8, 9);
      INSERT INTO chats VALUES ('c', 'o', 'support', '{}', 2, 2, 't', 't', 1, 20, 20, 20, 20,
        '{"thread":{"id":"t","chat_id":"c","order":1,"active":true,"created_at":10,"closed_at":null,"user_ids":["ann"],"events_public":1,
        "events_agents":0,"properties":{},"rating":null,"previous_thread_id":null,"next_thread_id":null},"members":{"ann":"customer"},
        "latest":{"message":[2,2]},"marks":{"ann":[2,2,20]}}', 'ann', 10);
      INSERT INTO threads (id, chat_id, ordinal, opened_seq, created_at, user_ids, events_public, events_agents, properties)
        VALUES ('t', 'c', 1, 1, 10, '["ann"]', 0, 0, '{}');
      INSERT INTO stays VALUES ('c', 'ann', 0, 'customer', 'support', 1, 1, NULL, NULL);
      INSERT INTO events (chat_id, seq_agents, seq_public, id, thread_id, type, author_id, custom_id, text, created_at, fingerprint,
        change_from, change_to) VALUES ('c', 2, 2, 't_1', 't', 'message', 'ann', 'k', 'hello', 20, 'f', 1, 2);
      INSERT INTO entries (chat_id, seq_agents, head_public, audience, kind, thread_id, event_number, actor_id, created_at)
        VALUES ('c', 1, 1, 'all', 'thread_opened', 't', NULL, 'ann', 10), ('c', 2, 2, 'all', 'event_added', 't', 1, 'ann', 20);
      INSERT INTO requests VALUES ('customer:ann', 'key', 'f', 'c', 1, 2, 20)`)
    db.close()
    const store = openSqliteStore({ path, onFatal: () => {} })
    const robin = {
      id: 'robin',
      organization_id: 'o',
      kind: 'agent',
      external_id: null,
      email: 'robin@o.test',
      name: 'Robin',
      avatar: 'r.png',
    }
    expect(await store.agents('o')).toEqual([
      { ...robin, job_title: 'Support', password_hash: 'scrypt', not_before: 7, deleted_at: null, erased_at: null, created_at: 5 },
    ])
    expect([await store.agentSession('session'), await store.signInLink('link'), await store.refreshToken('token')]).toEqual([
      { hash: 'session', organization_id: 'o', agent_id: 'robin', created_at: 8, expires_at: 9 },
      { hash: 'link', organization_id: 'o', agent_id: 'robin', expires_at: 9 },
      { hash: 'token', organization_id: 'o', customer_id: 'ann', client_id: 'web', created_at: 8, expires_at: 9 },
    ])
    expect(await store.customerByExternalId('o', 'host-ann')).toMatchObject({
      ...{ id: 'ann', username: null, nickname: null, badge: null, status: 'active', custom: {}, deleted_at: null, erased_at: null },
    })
    expect(await store.chat('o', 'c')).toMatchObject({ name: null, joinable: false, history: false, deleted_at: null, seq_agents: 2 })
    expect((await store.entries('c', 'public', 0, 9)).entries).toMatchObject([
      { kind: 'thread_opened' },
      { kind: 'event_added', event: { id: 't_1', text: 'hello', edited_at: null, deleted_at: null } },
    ])
    const reader = { user_id: 'robin', view: 'agents' } as const
    const listing = { organization_id: 'o', reader, scope: 'organization', active: true, from: { offset: 0 }, limit: 9 } as const
    expect(await store.chats(listing)).toMatchObject({ chats: [{ chat: { id: 'c' }, unread: 1 }], total: 1 })
    const by = { by: 'request', principal: 'customer:ann', key: 'key', fingerprint: 'f' } as const
    expect(await store.commit({ at: 30, expect: [], writes: [], idempotency: [by] })).toMatchObject({
      committed: { replayed: true, at: 20, subject: null, entries: [{}, {}] },
    })
    // What hangs on an agent goes with the row, as before.
    await store.commit({ at: 30, expect: [], writes: [{ write: 'delete', table: 'agents', key: { id: 'robin' } }], idempotency: [] })
    expect([await store.agentSession('session'), await store.signInLink('link')]).toEqual([null, null])
    await store.close()
  })

  it('[FIL4] leave every file with its event, and nobody’s unused, as events come to have several', async () => {
    const path = join(folder(), 'porchlight.db')
    const db = openNodeDriver(path)
    migrate(db, 'x', migrations.slice(0, 8))
    db.exec(`INSERT INTO organizations VALUES ('o', 1, 'o', 1);
      INSERT INTO chats (id, organization_id, kind, properties, seq_agents, seq_public, active_thread_id, last_thread_id, thread_count,
        last_at, activity_public_at, activity_agents_at, fold, created_by, created_at)
        VALUES ('c', 'o', 'group', '{}', 5, 5, 't', 't', 1, 20, 20, 20,
        '{"thread":{"id":"t","chat_id":"c","order":1,"active":true,"created_at":10,"closed_at":null,"user_ids":["ann"],"events_public":4,
        "events_agents":0,"properties":{},"rating":null,"previous_thread_id":null,"next_thread_id":null},"members":{"ann":"customer"},
        "latest":{"file":[4,4],"message":[5,5]},"marks":{"ann":[5,5,20]}}', 'ann', 10);
      INSERT INTO threads (id, chat_id, ordinal, opened_seq, created_at, user_ids, events_public, events_agents, properties)
        VALUES ('t', 'c', 1, 1, 10, '["ann"]', 0, 0, '{}');
      INSERT INTO stays VALUES ('c', 'ann', 0, 'customer', 'group', 1, 1, NULL, NULL);
      INSERT INTO files (id, organization_id, uploader_id, name, content_type, size, width, hash, created_at, expires_at)
        VALUES ('f2', 'o', 'ann', 'b.png', 'image/png', 9, 3, 'h', 15, NULL), ('f1', 'o', 'ann', 'a.png', 'image/png', 9, 3, 'h', 15, NULL),
          ('new', 'o', 'ann', 'c.png', 'image/png', 9, 3, 'h', 15, 99);
      INSERT INTO events (chat_id, seq_agents, seq_public, id, thread_id, type, author_id, text, file_id, created_at)
        VALUES ('c', 2, 2, 't_1', 't', 'file', 'ann', NULL, 'f1', 20), ('c', 3, 3, 't_2', 't', 'file', 'ann', NULL, 'gone', 20),
          ('c', 4, 4, 't_3', 't', 'file', 'ann', NULL, 'f2', 20), ('c', 5, 5, 't_4', 't', 'message', 'ann', 'hello', NULL, 20);
      INSERT INTO entries (chat_id, seq_agents, head_public, audience, kind, thread_id, event_number, actor_id, created_at)
        VALUES ('c', 1, 1, 'all', 'thread_opened', 't', NULL, 'ann', 10), ('c', 2, 2, 'all', 'event_added', 't', 1, 'ann', 20),
          ('c', 3, 3, 'all', 'event_added', 't', 2, 'ann', 20), ('c', 4, 4, 'all', 'event_added', 't', 3, 'ann', 20),
          ('c', 5, 5, 'all', 'event_added', 't', 4, 'ann', 20);
      INSERT INTO user_entries VALUES ('ann', 1, 'chat_added', 'c', 10)`)
    db.close()
    const store = openSqliteStore({ path, onFatal: () => {} })
    const found = async () => (await store.events(page('c'))).events.map(({ id, files }) => [id, files.map(({ name }) => name)])
    expect(await found()).toEqual([
      ['t_1', ['a.png']],
      ['t_2', []],
      ['t_3', ['b.png']],
      ['t_4', []],
    ])
    const none = { mentions: null, reactions: null, parent: null, replies: null, quoted: null, original: null }
    expect(await store.event('c', 't', 't_1')).toMatchObject({ type: 'file', files: [{ id: 'f1', width: 3, expires_at: null }], ...none })
    expect([(await store.eventOfFile('f2'))?.id, await store.eventOfFile('new')]).toEqual(['t_3', null])
    expect(await store.chat('o', 'c')).toMatchObject({ avatar: null, user_limit: null, settings: null })
    expect([(await store.organization('o'))?.policies, (await store.presentStays('c')).map(({ role }) => role)]).toEqual([{}, [null]])
    const chatAdded = { user_id: 'ann', seq: 1, kind: 'chat_added', chat_id: 'c', event_id: null, author_id: null, created_at: 10 }
    expect((await store.userEntries('ann', 0, 9)).entries).toEqual([chatAdded])
    // From here on they go as those do that came later.
    await done(store, change([erase('t_3'), message('c', 't', 'with it', { file_ids: ['new'] })]))
    expect((await found()).slice(2)).toEqual([
      ['t_3', []],
      ['t_4', []],
      ['t_5', ['c.png']],
    ])
    expect(await store.fileRemovals(99, 9)).toMatchObject([{ file_id: 'f2' }])
    await store.close()
  })

  it('refuse a database of a newer server, and leave it as it is', async () => {
    const path = join(folder(), 'porchlight.db')
    await openSqliteStore({ path, onFatal: () => {} }).close()
    const db = openNodeDriver(path)
    db.exec('PRAGMA user_version = 99')
    expect(() => openSqliteStore({ path, onFatal: () => {} })).toThrow(/unable to open .*; its version is 99 and this server knows up to/)
    expect(versionOf(db)).toBe(99)
    db.close()
  })

  it('refuse a file that is no database', () => {
    const path = join(folder(), 'porchlight.db')
    writeFileSync(path, 'Dear diary, '.repeat(100))
    expect(() => openSqliteStore({ path, onFatal: () => {} })).toThrow('not a database')
  })
})
