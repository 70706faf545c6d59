/** What is left in the files of what was deleted: nothing, once the store was purged of it. */
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { change, done, message, organization, page, startChat } from '../contract/ground.contract.ts'
import { openNodeDriver } from './driver.ts'
import { openWatched } from './ground.contract.ts'

const SQLITE_FULL = 13
const SQLITE_IOERR_FSYNC = 1034

/** Which of the texts stand in the database or beside it. */
function leftIn(path: string, texts: readonly string[]): string[] {
  const files = [path, `${path}-wal`, `${path}-shm`].filter((file) => existsSync(file)).map((file) => readFileSync(file, 'latin1'))
  return texts.filter((text) => files.some((content) => content.includes(text)))
}

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

  it('has nothing to do where nothing was written since', async () => {
    const { store, failNext } = await withDeleted()
    expect(await store.purge()).toBe(true)
    failNext(/wal_checkpoint/, SQLITE_FULL)
    expect(await store.purge()).toBe(true)
    await store.ping()
    expect(await store.purge()).toBe(false)
  })
})
