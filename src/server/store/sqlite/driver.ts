/** The seam to SQLite: three methods, the kinds of failure that matter, and the only import of `node:sqlite`. */
import { DatabaseSync, type SQLOutputValue, type StatementSync } from 'node:sqlite'

export type Value = string | number | Uint8Array | null

/** A prepared statement. `Row` is what its columns are, as the SQL beside it says. */
export interface Statement<Row> {
  /** The number of the row that was inserted last. */
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
      const read = rowReader(statement) as (row: unknown) => Row
      return {
        run: (...values) => Number(statement.run(...values).lastInsertRowid),
        get(...values) {
          const row = statement.get(...values)
          return row && read(row)
        },
        all: (...values) => statement.all(...values).map(read),
      }
    },
    exec: (sql) => database.exec(sql),
    close: () => database.close(),
  }
}

/**
 * Node's own row objects are dictionaries, slow to make and slower to read. Built here from arrays, all rows of a
 * statement have one shape. Before 22.16 Node cannot give arrays, and its objects are copied.
 */
function rowReader(statement: StatementSync): (row: SQLOutputValue[] | Record<string, SQLOutputValue>) => object {
  if (typeof statement.setReturnArrays !== 'function') return (row) => ({ ...row })
  statement.setReturnArrays(true)
  const names = statement.columns().map(({ name }) => name)
  return (row) => {
    const built: Record<string, SQLOutputValue | undefined> = {}
    if (Array.isArray(row)) for (const [at, name] of names.entries()) built[name] = row[at]
    return built
  }
}

/**
 * `key`: a row of that key exists. `full`: no space. `busy`: another process writes. `denied`: the file may not be opened,
 * or not be written. `disk`: what was written may not be there, or what is read may not be what was written; nothing may be
 * promised after it.
 */
export type Failure = 'key' | 'full' | 'busy' | 'denied' | 'disk' | 'other'

const SQLITE_CONSTRAINT_PRIMARYKEY = 1555
const SQLITE_CONSTRAINT_UNIQUE = 2067

/** Primary result codes; the rest of an extended code says where it happened. */
const FAILURES: Readonly<Record<number, Failure>> = {
  5: 'busy',
  8: 'denied',
  10: 'disk',
  11: 'disk',
  13: 'full',
  14: 'denied',
  26: 'disk',
}

export function failureOf(error: unknown): Failure {
  const code = error instanceof Error && 'errcode' in error ? error.errcode : null
  if (typeof code !== 'number') return 'other'
  if (code === SQLITE_CONSTRAINT_PRIMARYKEY || code === SQLITE_CONSTRAINT_UNIQUE) return 'key'
  return FAILURES[code & 0xff] ?? 'other'
}
