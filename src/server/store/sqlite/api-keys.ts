/** Back ends' keys, and what was done with them. */
import type { ApiKeyRow, AuditRow } from '../account-rows.ts'
import type { Driver } from './driver.ts'
import { many, one, type Stored, type Table } from './table.ts'

export const apiKeysTable: Table<ApiKeyRow> = {
  name: 'api_keys',
  columns: {
    id: 'plain',
    organization_id: 'plain',
    name: 'plain',
    scopes: 'json',
    hash: 'plain',
    previous_hash: 'plain',
    previous_until: 'plain',
    last_used_at: 'plain',
    revoked_at: 'plain',
    created_at: 'plain',
  },
}

export const auditTable: Table<AuditRow> = {
  name: 'audit',
  columns: {
    organization_id: 'plain',
    key_id: 'plain',
    action: 'plain',
    outcome: 'plain',
    request_id: 'plain',
    address: 'plain',
    created_at: 'plain',
  },
}

export function openApiKeys(db: Driver) {
  const byHash = db.prepare<Stored>('SELECT * FROM api_keys WHERE hash = ?')
  const byPrevious = db.prepare<Stored>('SELECT * FROM api_keys WHERE previous_hash = ?')
  const all = db.prepare<Stored>('SELECT * FROM api_keys WHERE organization_id = ? ORDER BY created_at, id')
  const audit = db.prepare<Stored>('SELECT * FROM audit WHERE organization_id = ? AND key_id = ? ORDER BY number DESC LIMIT ?')
  return {
    /** By what it is or what it was before it was rotated. */
    apiKey: (hash: string) => one(apiKeysTable, byHash.get(hash) ?? byPrevious.get(hash)),
    apiKeys: (organization_id: string) => many(apiKeysTable, all.all(organization_id)),
    audit: (organization_id: string, key_id: string, limit: number) => many(auditTable, audit.all(organization_id, key_id, limit)),
  }
}
