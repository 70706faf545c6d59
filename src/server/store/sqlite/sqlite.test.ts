/** The store on SQLite keeps the contract of every store, on a real file. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { storeContract } from '../store.contract.ts'
import { openSqliteStore } from './store.ts'

storeContract('sqlite', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'porchlight-store-'))
  return {
    open: async () => openSqliteStore({ path: join(folder, 'porchlight.db'), onFatal: () => {} }),
    clear: async () => rmSync(folder, { recursive: true }),
  }
})
