/** What the disk does to the store: fails, is full, is shared, and keeps what was acknowledged. */
import { existsSync, statSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { change, chatOf, createChat, done, message, organization, page, startChat, texts } from '../contract/ground.contract.ts'
import { openNodeDriver } from './driver.ts'
import { openWatched } from './ground.contract.ts'
import { openSqliteStore } from './store.ts'

const SQLITE_IOERR_FSYNC = 1034
const SQLITE_IOERR_WRITE = 778
const SQLITE_CORRUPT = 11
const SQLITE_FULL = 13
const SQLITE_CANTOPEN = 14

async function withChat() {
  const watched = openWatched()
  await done(watched.store, change([organization('acme', 1)]))
  await done(watched.store, startChat())
  return watched
}

describe('a disk that fails', () => {
  it.each([
    ['COMMIT', SQLITE_IOERR_FSYNC],
    ['INSERT INTO events', SQLITE_IOERR_WRITE],
    ['UPDATE meta', SQLITE_CORRUPT],
  ])('[LOG4] at %s ends all answers: nothing that waits is acknowledged, nothing more is taken', async (statement, errcode) => {
    const { store, fatal, failNext } = await withChat()
    failNext(new RegExp(`^\\s*${statement}`), errcode)
    const waiting = ['a', 'b', 'c'].map((text) => store.commit(change([message('c', 't', text)])))
    expect(await Promise.allSettled(waiting)).toMatchObject(Array(3).fill({ status: 'rejected' }))
    await expect(store.commit(change([message('c', 't', 'late')]))).rejects.toThrow('unable to write; the disk failed')
    await expect(store.ping()).rejects.toThrow('unable to write')
    expect(fatal).toMatchObject([{ errcode }])
    expect(store.stats().waiting).toBe(0)
    expect(texts((await store.events(page('c'))).events)).toEqual(['hello'])
  })

  it('while the log is moved into the file ends them too', async () => {
    const { store, fatal, failNext } = await withChat()
    failNext(/wal_checkpoint/, SQLITE_IOERR_FSYNC)
    await Promise.all(Array.from({ length: 4100 }, (_, at) => store.commit(change([message('c', 't', `${at}`)])).catch(() => {})))
    await expect.poll(() => fatal).toHaveLength(1)
    await expect(store.commit(change([]))).rejects.toThrow('unable to write')
  })

  it('fails a change alone when only that change is at fault', async () => {
    const { store, fatal, failNext } = await withChat()
    // Once among the others and once by itself.
    failNext(/^\s*INSERT INTO events/, SQLITE_CANTOPEN, 2)
    const [one, two] = await Promise.allSettled(['a', 'b'].map((text) => store.commit(change([message('c', 't', text)]))))
    expect([one?.status, two?.status]).toEqual(['rejected', 'fulfilled'])
    expect(fatal).toEqual([])
    expect(texts((await store.events(page('c'))).events)).toEqual(['hello', 'b'])
  })
})

describe('a disk that is full', () => {
  it('is said to each change, leaves nothing behind, and passes', async () => {
    const { store, db, fatal } = await withChat()
    const pages = db.prepare<{ page_count: number }>('PRAGMA page_count').get()?.page_count ?? 0
    db.exec(`PRAGMA max_page_count = ${pages + 1}`)
    const long = 'x'.repeat(16_000)
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => store.commit(change([message('c', 't', long)]))))
    expect(outcomes).toContainEqual({ ok: false, why: 'full' })
    await expect(
      (async () => {
        for (let at = 0; at < 20; at++) await store.ping()
      })(),
    ).resolves.toBeUndefined()
    const kept = outcomes.filter(({ ok }) => ok).length
    expect((await chatOf(store, 'c')).seq_agents).toBe(2 + kept)
    expect((await store.events(page('c'))).events).toHaveLength(1 + kept)
    db.exec('PRAGMA max_page_count = 1000000')
    await done(store, change([message('c', 't', long)]))
    expect(fatal).toEqual([])
  })

  it('is said to the whole transaction when it shows at its end', async () => {
    const { store, failNext, fatal } = await withChat()
    failNext(/^COMMIT/, SQLITE_FULL)
    const outcomes = await Promise.all(['a', 'b'].map((text) => store.commit(change([message('c', 't', text)]))))
    expect(outcomes).toEqual(Array(2).fill({ ok: false, why: 'full' }))
    expect((await chatOf(store, 'c')).seq_agents).toBe(2)
    failNext(/^COMMIT/, SQLITE_FULL)
    await expect(store.ping()).rejects.toThrow('no space')
    await done(store, change([message('c', 't', 'a')]))
    expect(fatal).toEqual([])
  })
})

describe('a disk that is full while the log is moved into the file', () => {
  it('loses nothing and ends nothing', async () => {
    const { store, fatal, failNext } = await withChat()
    failNext(/wal_checkpoint/, SQLITE_FULL)
    await Promise.all(Array.from({ length: 4100 }, (_, at) => done(store, change([message('c', 't', `${at}`)]))))
    await new Promise((resolve) => setTimeout(resolve, 20))
    await done(store, change([message('c', 't', 'after')]))
    expect(fatal).toEqual([])
    expect((await chatOf(store, 'c')).seq_agents).toBe(2 + 4101)
  })
})

describe('a disk that is full at the end', () => {
  it('keeps the store from nothing: it closes, and the next one finds everything', async () => {
    const { store, path, failNext } = await withChat()
    failNext(/wal_checkpoint/, SQLITE_FULL)
    await store.close()
    const next = openSqliteStore({ path, onFatal: () => {} })
    expect(texts((await next.events(page('c'))).events)).toEqual(['hello'])
    await next.close()
  })

  it('is told apart from one that fails', async () => {
    const { store, failNext } = await withChat()
    failNext(/wal_checkpoint/, SQLITE_IOERR_WRITE)
    await expect(store.close()).rejects.toMatchObject({ errcode: SQLITE_IOERR_WRITE })
  })
})

describe('a database that another process writes to', () => {
  it('is waited for without holding the event loop, and in order', async () => {
    const { store, path } = await withChat()
    const other = openNodeDriver(path)
    other.exec('BEGIN IMMEDIATE')
    const waiting = ['a', 'b'].map((text) => store.commit(change([message('c', 't', text)])))
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(store.stats().waiting).toBe(2)
    other.exec('COMMIT')
    other.close()
    expect(await Promise.all(waiting)).toMatchObject([{ ok: true }, { ok: true }])
    expect(texts((await store.events(page('c'))).events)).toEqual(['hello', 'a', 'b'])
  })
})

describe('the files', () => {
  it('do not grow with what was written and read again', async () => {
    const { store, path } = await withChat()
    for (let round = 0; round < 20; round++) {
      await Promise.all(Array.from({ length: 250 }, (_, at) => store.commit(change([createChat(`c${round}-${at}`)]))))
    }
    const log = statSync(`${path}-wal`).size
    const database = statSync(path).size
    expect(database).toBeGreaterThan(500_000)
    expect(log).toBeLessThan(8_000_000)
  })

  it('are one when the store is closed', async () => {
    const { store, path } = await withChat()
    await store.close()
    expect([existsSync(path), existsSync(`${path}-wal`)]).toEqual([true, false])
  })

  it('hold a text in one place', async () => {
    const { store, db } = await withChat()
    const secret = 'the-secret-of-ann'
    const again = change([message('c', 't', secret, { custom_id: 'k' })], {
      idempotency: [
        { by: 'request', principal: 'ann', key: 'key', fingerprint: 'f' },
        { by: 'event', chat_id: 'c', author_id: 'ann', custom_id: 'k', fingerprint: 'f' },
      ],
    })
    await done(store, again)
    expect(await done(store, again)).toMatchObject({ replayed: true, entries: [{ event: { text: secret } }] })
    const tables = db.prepare<{ name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table'").all()
    const holding = tables.filter(({ name }) => JSON.stringify(db.prepare(`SELECT * FROM ${name}`).all()).includes(secret))
    expect(holding).toEqual([{ name: 'events' }])
  })
})
