/** Migrations: each once, whole or not at all, and never backward. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CHAT_START_TTL_S } from '../../../protocol/limits.ts'
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
