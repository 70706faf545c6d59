/** What tests of this store stand on: a file in a folder of its own, and a driver that notes what it does and fails where it is told to. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Store } from '../store.ts'
import { type Driver, openNodeDriver, type Statement } from './driver.ts'
import { openSqliteStore } from './store.ts'

/** A folder that is gone after the test. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'porchlight-sqlite-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

export interface Watched {
  readonly store: Store
  readonly path: string
  /** The store's own connection. */
  readonly db: Driver
  readonly prepared: readonly string[]
  /** What `onFatal` was told. */
  readonly fatal: readonly unknown[]
  /** Fails the next statement that matches, or so many of them, as SQLite does with this result code. */
  failNext(matching: RegExp, errcode: number, times?: number): void
}

export function openWatched(path = join(folder(), 'porchlight.db')): Watched {
  const prepared: string[] = []
  const fatal: unknown[] = []
  let fault: { matching: RegExp; errcode: number; times: number } | null = null
  let db: Driver | null = null

  const check = (sql: string): void => {
    if (!fault?.matching.test(sql)) return
    const { errcode } = fault
    if (--fault.times === 0) fault = null
    throw Object.assign(new Error(`SQLite failed with ${errcode}`), { code: 'ERR_SQLITE_ERROR', errcode })
  }
  const watch = (driver: Driver): Driver => ({
    prepare<Row>(sql: string): Statement<Row> {
      prepared.push(sql)
      const statement = driver.prepare<Row>(sql)
      const watched =
        <Result>(act: (...values: Parameters<Statement<Row>['run']>) => Result) =>
        (...values: Parameters<Statement<Row>['run']>): Result => {
          check(sql)
          return act(...values)
        }
      return { run: watched(statement.run), get: watched(statement.get), all: watched(statement.all) }
    },
    exec(sql) {
      check(sql)
      driver.exec(sql)
    },
    close: () => driver.close(),
  })

  const store = openSqliteStore({
    path,
    onFatal: (error) => fatal.push(error),
    openDriver(at) {
      db = openNodeDriver(at)
      return watch(db)
    },
  })
  onTestFinished(() => store.close().catch(() => {}))
  if (!db) throw new Error('the store opened no driver')
  return {
    ...{ store, path, db, prepared, fatal },
    failNext(matching, errcode, times = 1) {
      fault = { matching, errcode, times }
    },
  }
}
