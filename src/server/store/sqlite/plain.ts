/** Plain writes: rows of the tables that have no log, inserted, altered and deleted as the change says. */
import type { PlainTable, PlainTables, PlainWrite } from '../change.ts'
import { agentSessionsTable, agentsTable, signInLinksTable } from './agents.ts'
import { apiKeysTable, auditTable } from './api-keys.ts'
import { customersTable, erasedIdsTable, refreshTokensTable } from './customers.ts'
import type { Driver, Statement, Value } from './driver.ts'
import { fileRemovalsTable, filesTable } from './files.ts'
import { clientsTable, keysTable, organizationsTable } from './organizations.ts'
import { type Columns, encode, type Table } from './table.ts'
import { webhooksTable } from './webhooks.ts'

const tables: { readonly [T in PlainTable]: Table<PlainTables[T]> } = {
  organizations: organizationsTable,
  clients: clientsTable,
  keys: keysTable,
  api_keys: apiKeysTable,
  audit: auditTable,
  agents: agentsTable,
  agent_sessions: agentSessionsTable,
  sign_in_links: signInLinksTable,
  customers: customersTable,
  refresh_tokens: refreshTokensTable,
  erased_ids: erasedIdsTable,
  files: filesTable,
  file_removals: fileRemovalsTable,
  webhooks: webhooksTable,
}

/** Names and values of the fields given. Names become SQL, so only those of the table are let through. */
function fieldsOf(table: PlainTable, fields: object): { names: string[]; values: Value[] } {
  const columns: Columns = tables[table].columns
  const names: string[] = []
  const values: Value[] = []
  for (const [name, field] of Object.entries(fields)) {
    const column = columns[name]
    if (column === undefined) throw new Error(`unable to write ${table}; it has no column ${name}`)
    names.push(name)
    values.push(encode(column, field))
  }
  return { names, values }
}

export function openPlain(db: Driver): (write: PlainWrite) => void {
  const prepared = new Map<string, Statement<unknown>>()
  const run = (sql: string, values: readonly Value[]): void => {
    const statement = prepared.get(sql) ?? db.prepare(sql)
    prepared.set(sql, statement)
    statement.run(...values)
  }
  const keyOf = (write: { table: PlainTable; key: object }) => {
    const key = fieldsOf(write.table, write.key)
    if (key.names.length === 0) throw new Error(`unable to write ${write.table}; the key is empty`)
    return { where: key.names.map((name) => `${name} IS ?`).join(' AND '), values: key.values }
  }
  return (write) => {
    if (write.write === 'insert') {
      const { names, values } = fieldsOf(write.table, write.row)
      run(`INSERT INTO ${write.table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`, values)
    } else if (write.write === 'delete') {
      const { where, values } = keyOf(write)
      run(`DELETE FROM ${write.table} WHERE ${where}`, values)
    } else if (Object.keys(write.set).length > 0) {
      const [set, key] = [fieldsOf(write.table, write.set), keyOf(write)]
      const assignments = set.names.map((name) => `${name} = ?`).join(', ')
      run(`UPDATE ${write.table} SET ${assignments} WHERE ${key.where}`, [...set.values, ...key.values])
    }
  }
}
