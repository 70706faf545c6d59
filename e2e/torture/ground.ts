/** The ground that every storm starts on: a database with an organization and two agents who are signed in, made once and copied. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { updatePolicies } from '../../src/server/domain/organizations.ts'
import { openSqliteStore } from '../../src/server/store/sqlite/store.ts'
import { type Founded, found } from '../../src/testing/factories.ts'

export interface Ground extends Founded {
  /** The database, to be written where a server of its own has it. */
  readonly database: Uint8Array
  /** The server's address in the storm's network. */
  readonly server: string
}

let ready: Promise<Ground> | undefined

export function prepareGround(): Promise<Ground> {
  ready ??= prepare()
  return ready
}

async function prepare(): Promise<Ground> {
  const folder = mkdtempSync(join(tmpdir(), 'ground-'))
  const path = join(folder, 'chat.db')
  const store = openSqliteStore({
    path,
    onFatal(error) {
      throw error
    },
  })
  const founded = await found(store)
  const organization = await store.organization(founded.organization_id)
  if (organization) await store.commit(updatePolicies(organization.created_at, organization, { agents_edit: 'all', agents_delete: 'all' }))
  await store.close()
  const database = readFileSync(path)
  rmSync(folder, { recursive: true })
  return { ...founded, database, server: 'http://chat.test' }
}
