/** Customers, and the long-lived credentials of their devices. */
import type { CustomerRow, ErasedIdRow, RefreshTokenRow } from '../account-rows.ts'
import type { CustomerListing, ListedFrom } from '../store.ts'
import type { Driver } from './driver.ts'
import { offsetOf, placeOf } from './listing.ts'
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
    username: 'plain',
    nickname: 'plain',
    badge: 'plain',
    status: 'plain',
    custom: 'json',
    not_before: 'plain',
    deleted_at: 'plain',
    erased_at: 'plain',
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

export const erasedIdsTable: Table<ErasedIdRow> = {
  name: 'erased_ids',
  columns: { organization_id: 'plain', hash: 'plain', not_before: 'plain', expires_at: 'plain' },
}

export function openCustomers(db: Driver) {
  const byId = db.prepare<Stored>('SELECT * FROM customers WHERE id = ? AND organization_id = ?')
  const byKey = db.prepare<Stored>('SELECT * FROM customers WHERE organization_id = ? AND visitor_key_hash = ?')
  const byExternal = db.prepare<Stored>('SELECT * FROM customers WHERE organization_id = ? AND external_id = ?')
  const ofIds = db.prepare<Stored>('SELECT * FROM customers WHERE id IN (SELECT value FROM json_each(?)) AND organization_id = ?')
  const byUsername = db.prepare<Stored>('SELECT * FROM customers WHERE organization_id = ? AND username = ?')
  const erasedId = db.prepare<Stored>('SELECT * FROM erased_ids WHERE organization_id = ? AND hash = ?')
  const known = listing(db, 'known_customers_by_age', 'external_id IS NOT NULL')
  const all = listing(db, 'customers_by_age', 'deleted_at IS NULL')
  const token = db.prepare<Stored>('SELECT * FROM refresh_tokens WHERE hash = ?')
  return {
    customer: (organization_id: string, id: string) => one(customersTable, byId.get(id, organization_id)),
    customerByVisitorKey: (organization_id: string, hash: string) => one(customersTable, byKey.get(organization_id, hash)),
    customerByExternalId: (organization_id: string, id: string) => one(customersTable, byExternal.get(organization_id, id)),
    customersOf: (organization_id: string, ids: readonly string[]) => many(customersTable, ofIds.all(JSON.stringify(ids), organization_id)),
    customerByUsername: (organization_id: string, username: string) => one(customersTable, byUsername.get(organization_id, username)),
    erasedId: (organization_id: string, hash: string) => one(erasedIdsTable, erasedId.get(organization_id, hash)),
    customersPage: ({ organization_id, anonymous, from, limit, count }: CustomerListing) =>
      (anonymous ? all : known)(organization_id, from, limit, count),
    refreshToken: (hash: string) => one(refreshTokensTable, token.get(hash)),
  }
}

/** Newest first, along the index. */
function listing(db: Driver, index: string, which: string) {
  const of = `FROM customers INDEXED BY ${index} WHERE organization_id = ? AND ${which}`
  const page = db.prepare<Stored>(`
    SELECT * ${of} AND (created_at, id) < (?, ?) ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?`)
  const total = db.prepare<{ total: number }>(`SELECT count(*) AS total ${of}`)
  return (organization_id: string, from: ListedFrom, limit: number, count: boolean) => ({
    rows: many(customersTable, page.all(organization_id, ...placeOf(from), limit, offsetOf(from))),
    total: count ? (total.get(organization_id)?.total ?? 0) : null,
  })
}
