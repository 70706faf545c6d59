/** The store on SQLite: one file, one connection, one transaction at a time. */
import type { Store } from '../store.ts'
import { openBatch } from './batch.ts'
import { openChatList } from './chat-list.ts'
import { openCheckpoints } from './checkpoint.ts'
import { openDatabase } from './database.ts'
import { type OpenDriver, openNodeDriver } from './driver.ts'
import { keepEpoch } from './epoch.ts'
import { openGaps } from './gaps.ts'
import { createGroupCommit } from './group-commit.ts'
import { openHighWater } from './high-water.ts'
import { openReads } from './reads.ts'
import { openTables } from './tables.ts'

export interface SqliteStoreOptions {
  /** The database file. The mark of its history lies beside it, as `<path>.high-water`. */
  readonly path: string
  /** The disk failed. Nothing that is not yet acknowledged may be any more, and the process is to end. */
  onFatal(error: unknown): void
  /** The database was rolled back to an older state, and began a new epoch. */
  onRolledBack?(): void
  readonly openDriver?: OpenDriver
}

export function openSqliteStore({ path, onFatal, onRolledBack, openDriver = openNodeDriver }: SqliteStoreOptions): Store {
  const db = openDatabase(path, openDriver)
  const tables = openTables(db)
  const mark = openHighWater(`${path}.high-water`)
  if (keepEpoch(db, tables, mark)) onRolledBack?.()

  const gaps = openGaps(db, path)
  const checkpoints = openCheckpoints(db, gaps, (error) => group.fail(error))
  const group = createGroupCommit({
    carryOut: openBatch(db, tables),
    committed(changes) {
      mark.write(tables.meta.entries())
      checkpoints.committed(changes)
    },
    onFatal,
  })

  return {
    epoch: tables.meta.epoch(),
    secret: tables.meta.secret(),
    commit: group.commit,
    ...openReads(tables, openChatList(db, tables)),
    stats: group.stats,
    async ping() {
      const outcome = await group.commit({ at: 0, expect: [], writes: [], idempotency: [] })
      if (!outcome.ok) throw new Error('unable to write; there is no space, or another process holds the database')
    },
    purge: checkpoints.purge,
    async close() {
      await group.end()
      mark.close()
      try {
        await checkpoints.end()
      } finally {
        db.close()
        gaps.close()
      }
    },
  }
}
