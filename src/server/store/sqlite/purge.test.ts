/** What is left in the files of what was deleted: nothing, once the store was purged of it, however its pages were torn and joined. */
import { copyFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { change, done, message, organization, page, startChat } from '../contract/ground.contract.ts'
import { type Driver, openNodeDriver } from './driver.ts'
import { folder, openWatched } from './ground.contract.ts'
import { openSqliteStore } from './store.ts'
import { leftIn, Talk } from './talk.contract.ts'

const SQLITE_FULL = 13
const SQLITE_IOERR_FSYNC = 1034

const isWhole = (db: Driver) => db.prepare('PRAGMA integrity_check').all()

async function talking() {
  const watched = openWatched()
  await done(watched.store, change([organization('acme', 1)]))
  const talk = new Talk(watched.store)
  await talk.begin()
  return { ...watched, talk }
}

describe('[EDT4] what was deleted, or replaced by something else', () => {
  it('is in no file once the store was purged, nor where another process takes over, and what stands is', async () => {
    const { store, path, db, talk } = await talking()
    await talk.goOn(12_000)
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    // What SQLite itself forgets to wipe, without which this would prove nothing.
    expect(leftIn(path, talk.gone).length).toBeGreaterThan(0)
    const copy = join(folder(), 'porchlight.db')
    copyFileSync(path, copy)
    const other = openSqliteStore({ path: copy, onFatal: () => {} })
    onTestFinished(() => other.close())
    for (const [one, at] of [
      [store, path],
      [other, copy],
    ] as const) {
      expect(await one.purge()).toBe(true)
      expect(leftIn(at, talk.gone)).toEqual([])
      expect(leftIn(at, talk.standing)).toEqual(talk.standing)
      expect(statSync(`${at}-wal`).size).toBe(0)
    }
    expect(isWhole(db)).toEqual([{ integrity_check: 'ok' }])
  }, 60_000)

  it('does not come back with what is written later to the same pages', async () => {
    const { store, path, talk } = await talking()
    await talk.goOn(12_000)
    await store.purge()
    const gone = [...talk.gone]
    await talk.repeatAll()
    expect(leftIn(path, talk.standing)).toEqual(talk.standing)
    expect(leftIn(path, gone)).toEqual([])
    await talk.goOn(600)
    expect(leftIn(path, gone)).toEqual([])
  }, 60_000)

  it('is in no file once the store was closed', async () => {
    const { store, path, talk } = await talking()
    await talk.goOn(6000)
    await store.close()
    expect(leftIn(path, talk.gone)).toEqual([])
    expect(leftIn(path, talk.standing)).toEqual(talk.standing)
  })
})

describe('[EDT4] a store that is purged', () => {
  const said = '<000000>'

  async function withDeleted() {
    const watched = openWatched()
    await done(watched.store, change([organization('acme', 1)]))
    await done(watched.store, startChat())
    // So long that most of it lies in pages of its own.
    await done(watched.store, change([message('c', 't', said.repeat(1500))]))
    await done(watched.store, change([{ write: 'delete_event', chat_id: 'c', thread_id: 't', event_id: 't_2', by: null }]))
    expect(leftIn(watched.path, [said])).toEqual([said])
    return watched
  }

  it('while another process reads says so, holds up nobody, and is the next time', async () => {
    const { store, path } = await withDeleted()
    const other = openNodeDriver(path)
    other.exec('BEGIN')
    other.prepare('SELECT count(*) FROM events').get()
    expect([await store.purge(), leftIn(path, [said])]).toEqual([false, [said]])
    await done(store, change([message('c', 't', 'meanwhile')]))
    expect(await store.purge()).toBe(false)
    other.exec('COMMIT')
    other.close()
    expect([await store.purge(), leftIn(path, [said])]).toEqual([true, []])
    expect((await store.events(page('c'))).events).toHaveLength(3)
  })

  it('while another process writes says so, and is the next time', async () => {
    const { store, path } = await withDeleted()
    const other = openNodeDriver(path)
    other.exec('BEGIN IMMEDIATE')
    expect([await store.purge(), leftIn(path, [said])]).toEqual([false, [said]])
    other.exec('COMMIT')
    other.close()
    expect([await store.purge(), leftIn(path, [said])]).toEqual([true, []])
  })

  it('while the disk is full says so, and is the next time', async () => {
    const { store, path, fatal, failNext } = await withDeleted()
    for (const step of [/wal_checkpoint\(PASSIVE/, /wal_checkpoint\(TRUNCATE/]) {
      failNext(step, SQLITE_FULL)
      expect([await store.purge(), leftIn(path, [said])]).toEqual([false, [said]])
    }
    expect([await store.purge(), leftIn(path, [said])]).toEqual([true, []])
    expect(fatal).toEqual([])
  })

  it('while the disk fails ends all answers', async () => {
    const { store, fatal, failNext } = await withDeleted()
    failNext(/wal_checkpoint/, SQLITE_IOERR_FSYNC)
    expect(await store.purge()).toBe(false)
    expect(fatal).toMatchObject([{ errcode: SQLITE_IOERR_FSYNC }])
    await expect(store.ping()).rejects.toThrow('unable to write')
  })

  it('while others write to it is purged of what was deleted before', async () => {
    const { store, path } = await withDeleted()
    const writing = Array.from({ length: 20 }, (_, at) => done(store, change([message('c', 't', `${at}`)])))
    expect([await store.purge(), leftIn(path, [said])]).toEqual([true, []])
    await Promise.all(writing)
    expect(await store.purge()).toBe(true)
    expect(statSync(`${path}-wal`).size).toBe(0)
  })

  it('has nothing to do where nothing was written since', async () => {
    const { store, failNext } = await withDeleted()
    expect(await store.purge()).toBe(true)
    failNext(/wal_checkpoint/, SQLITE_FULL)
    expect(await store.purge()).toBe(true)
    await store.ping()
    expect(await store.purge()).toBe(false)
  })

  it('leaves alone what another process wrote at the same moment', async () => {
    const { store, path, talk, db, meddle } = await talkingBeside()
    await talk.goOn(6000)
    meddle()
    expect(await store.purge()).toBe(false)
    expect(isWhole(db)).toEqual([{ integrity_check: 'ok' }])
    expect(await store.purge()).toBe(true)
    expect(leftIn(path, talk.gone)).toEqual([])
    expect((await store.organizations()).map(({ id }) => id)).toEqual(['acme', 'other'])
  })
})

/** Where told to, another process commits something between the checkpoint and what follows it. */
async function talkingBeside() {
  const path = join(folder(), 'porchlight.db')
  let due = false
  let db: Driver | null = null
  const write = () => {
    if (!due) return
    due = false
    const other = openNodeDriver(path)
    other.exec("INSERT INTO organizations (id, license, name, created_at) VALUES ('other', 2, 'Other', 1)")
    other.close()
  }
  const meddle = () => {
    due = true
  }
  const store = openSqliteStore({
    path,
    onFatal: () => {},
    openDriver(at) {
      const driver = openNodeDriver(at)
      db = driver
      return {
        ...driver,
        prepare<Row>(sql: string) {
          const statement = driver.prepare<Row>(sql)
          const get: typeof statement.get = (...values) => {
            const row = statement.get(...values)
            if (sql.includes('PASSIVE')) write()
            return row
          }
          return { ...statement, get }
        },
      }
    },
  })
  onTestFinished(() => store.close())
  await done(store, change([organization('acme', 1)]))
  const talk = new Talk(store)
  await talk.begin()
  return { store, path, talk, db: db as unknown as Driver, meddle }
}
