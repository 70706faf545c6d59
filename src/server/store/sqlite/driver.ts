/** The seam to SQLite: three methods, the kinds of failure that matter, and the only import of `node:sqlite`. */
import { DatabaseSync } from 'node:sqlite'

export type Value = string | number | Uint8Array | null

/** A prepared statement. `Row` is what its columns are, as the SQL beside it says. */
export interface Statement<Row> {
  /** The number of rows it changed. */
  run(...values: Value[]): number
  get(...values: Value[]): Row | undefined
  all(...values: Value[]): Row[]
}

export interface Driver {
  prepare<Row = unknown>(sql: string): Statement<Row>
  exec(sql: string): void
  close(): void
}

export type OpenDriver = (path: string) => Driver

export const openNodeDriver: OpenDriver = (path) => {
  const database = new DatabaseSync(path)
  return {
    prepare<Row>(sql: string): Statement<Row> {
      const statement = database.prepare(sql)
      return {
        run: (...values) => Number(statement.run(...values).changes),
        get: (...values) => statement.get(...values) as Row | undefined,
        all: (...values) => statement.all(...values) as Row[],
      }
    },
    exec: (sql) => database.exec(sql),
    close: () => database.close(),
  }
}

/**
 * `key`: a row of that key exists. `full`: no space. `busy`: another process writes. `disk`: what was written may not
 * be there, or what is read may not be what was written; nothing may be promised after it.
 */
export type Failure = 'key' | 'full' | 'busy' | 'disk' | 'other'

const SQLITE_CONSTRAINT_PRIMARYKEY = 1555
const SQLITE_CONSTRAINT_UNIQUE = 2067

/** Primary result codes; the rest of an extended code says where it happened. */
const FAILURES: Readonly<Record<number, Failure>> = { 5: 'busy', 10: 'disk', 11: 'disk', 13: 'full', 26: 'disk' }

export function failureOf(error: unknown): Failure {
  const code = error instanceof Error && 'errcode' in error ? error.errcode : null
  if (typeof code !== 'number') return 'other'
  if (code === SQLITE_CONSTRAINT_PRIMARYKEY || code === SQLITE_CONSTRAINT_UNIQUE) return 'key'
  return FAILURES[code & 0xff] ?? 'other'
}
