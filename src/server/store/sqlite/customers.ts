/** Customers, and the long-lived credentials of their devices. */
import type { CustomerRow, RefreshTokenRow } from '../rows.ts'
import type { Driver } from './driver.ts'
import { many, one, type Stored, type Table } from './table.ts'

export const customersTable: Table<CustomerRow> = {
  name: 'customers',
  columns: {
    id: 'plain',
    organization_id: 'plain',
    name: 'plain',
    email: 'plain',
    avatar: 'plain',
    session_fields: 'json',
    page: 'json',
    referrer: 'plain',
    visitor_key_hash: 'plain',
    external_id: 'plain',
    not_before: 'plain',
    created_at: 'plain',
  },
}

export const refreshTokensTable: Table<RefreshTokenRow> = {
  name: 'refresh_tokens',
  columns: {
    hash: 'plain',
    organization_id: 'plain',
    customer_id: 'plain',
    client_id: 'plain',
    created_at: 'plain',
    expires_at: 'plain',
  },
}

export function openCustomers(db: Driver) {
  const byId = db.prepare<Stored>('SELECT * FROM customers WHERE id = ? AND organization_id = ?')
  const byKey = db.prepare<Stored>('SELECT * FROM customers WHERE organization_id = ? AND visitor_key_hash = ?')
  const byExternal = db.prepare<Stored>('SELECT * FROM customers WHERE organization_id = ? AND external_id = ?')
  const ofIds = db.prepare<Stored>('SELECT * FROM customers WHERE id IN (SELECT value FROM json_each(?)) AND organization_id = ?')
  const token = db.prepare<Stored>('SELECT * FROM refresh_tokens WHERE hash = ?')
  return {
    customer: (organization_id: string, id: string) => one(customersTable, byId.get(id, organization_id)),
    customerByVisitorKey: (organization_id: string, hash: string) => one(customersTable, byKey.get(organization_id, hash)),
    customerByExternalId: (organization_id: string, id: string) => one(customersTable, byExternal.get(organization_id, id)),
    customersOf: (organization_id: string, ids: readonly string[]) => many(customersTable, ofIds.all(JSON.stringify(ids), organization_id)),
    refreshToken: (hash: string) => one(refreshTokensTable, token.get(hash)),
  }
}
