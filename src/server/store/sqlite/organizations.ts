/** Organizations, their registered front ends, and their secrets. */
import type { ClientRow, KeyRow, OrganizationRow } from '../account-rows.ts'
import type { Driver } from './driver.ts'
import { many, one, type Stored, type Table } from './table.ts'

export const organizationsTable: Table<OrganizationRow> = {
  name: 'organizations',
  columns: { id: 'plain', license: 'plain', name: 'plain', policies: 'json', created_at: 'plain' },
}

export const clientsTable: Table<ClientRow> = {
  name: 'clients',
  columns: {
    id: 'plain',
    organization_id: 'plain',
    name: 'plain',
    kind: 'plain',
    origins: 'json',
    redirect_uris: 'json',
    created_at: 'plain',
  },
}

export const keysTable: Table<KeyRow> = {
  name: 'keys',
  columns: { id: 'plain', organization_id: 'plain', scopes: 'json', secret: 'plain', created_at: 'plain' },
}

export function openOrganizations(db: Driver) {
  const byId = db.prepare<Stored>('SELECT * FROM organizations WHERE id = ?')
  const byLicense = db.prepare<Stored>('SELECT * FROM organizations WHERE license = ?')
  const all = db.prepare<Stored>('SELECT * FROM organizations ORDER BY license')
  const client = db.prepare<Stored>('SELECT * FROM clients WHERE organization_id = ? AND id = ?')
  const clients = db.prepare<Stored>('SELECT * FROM clients WHERE organization_id = ? ORDER BY id')
  const keys = db.prepare<Stored>('SELECT * FROM keys WHERE organization_id = ? ORDER BY created_at, id')
  return {
    organization: (id: string) => one(organizationsTable, byId.get(id)),
    organizationByLicense: (license: number) => one(organizationsTable, byLicense.get(license)),
    organizations: () => many(organizationsTable, all.all()),
    client: (organization_id: string, id: string) => one(clientsTable, client.get(organization_id, id)),
    clients: (organization_id: string) => many(clientsTable, clients.all(organization_id)),
    keys: (organization_id: string) => many(keysTable, keys.all(organization_id)),
  }
}
