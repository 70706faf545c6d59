/** The ground that every storm starts on: a database with an organization and two agents who are signed in, made once and copied. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqliteStore } from '../../src/server/store/sqlite/store.ts'
import { type Founded, found } from '../../src/testing/factories.ts'

export interface Ground extends Founded {
  readonly path: string
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
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'chat.db')
  const store = openSqliteStore({
    path,
    onFatal(error) {
      throw error
    },
  })
  const founded = await found(store)
  await store.close()
  return { ...founded, path, server: 'http://chat.test' }
}
