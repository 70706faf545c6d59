/** The ground that every storm starts on: a database with two organizations, each with two agents who are signed in, made once and copied. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { updatePolicies } from '../../src/server/domain/organizations.ts'
import { openSqliteStore } from '../../src/server/store/sqlite/store.ts'
import { type Founded, found } from '../../src/testing/factories.ts'

/** The first organization is the one in which most happens. */
export interface Ground extends Founded {
  readonly houses: readonly Founded[]
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
  const houses = [await found(store), await found(store, { license: 2 })] as const
  for (const house of await store.organizations()) {
    await store.commit(updatePolicies(house.created_at, house, { agents_edit: 'all', agents_delete: 'all' }))
  }
  await store.close()
  const database = readFileSync(path)
  rmSync(folder, { recursive: true })
  return { ...houses[0], houses, database, server: 'http://chat.test' }
}
