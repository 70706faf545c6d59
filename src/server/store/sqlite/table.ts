/** Tables whose rows are kept as they are: which columns there are, and which of them hold JSON. */
import type { Value } from './driver.ts'

export type Column = 'plain' | 'json'
export type Columns = Readonly<Record<string, Column>>

/** Names every field of the row, so that a field without a column does not compile. */
export interface Table<Row> {
  readonly name: string
  readonly columns: { readonly [Field in keyof Row]: Column }
}

export type Stored = Record<string, Value>

export const encode = (column: Column, field: unknown): Value => {
  if (column === 'plain') return field as Value
  return field === null ? null : JSON.stringify(field)
}

export function decode<Row>(table: Table<Row>, stored: Stored): Row {
  const row: Record<string, unknown> = {}
  for (const [name, column] of Object.entries<Column>(table.columns)) {
    const value = stored[name] ?? null
    row[name] = column === 'json' && typeof value === 'string' ? JSON.parse(value) : value
  }
  return row as Row
}

/** The reading of one row, or of several, by a prepared statement. */
export const one = <Row>(table: Table<Row>, stored: Stored | undefined): Row | null => (stored ? decode(table, stored) : null)

export const many = <Row>(table: Table<Row>, stored: readonly Stored[]): Row[] => stored.map((row) => decode(table, row))
