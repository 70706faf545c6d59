/** Opens the database file as this store needs it: durable at commit, and brought up to date. */
import { Unusable } from './directory.ts'
import type { Driver, OpenDriver } from './driver.ts'
import { migrate } from './migrate.ts'

const SETTINGS = `
  PRAGMA synchronous = FULL;
  PRAGMA foreign_keys = ON;
  PRAGMA trusted_schema = OFF;
  PRAGMA temp_store = MEMORY;
  PRAGMA cache_size = -65536;
  PRAGMA mmap_size = 0;
  PRAGMA journal_size_limit = 67108864;
  -- Blanked text lingers neither in pages that are written again nor in those that are free from then on.
  PRAGMA secure_delete = ON;
  -- Moving the log into the file is ours to time, and its errors ours to see: SQLite's own does it inside a commit and hides them.
  PRAGMA wal_autocheckpoint = 0;
`

export function openDatabase(path: string, open: OpenDriver): Driver {
  const db = open(path)
  try {
    // While opening, another process may be closing; later the event loop must not be held.
    db.exec('PRAGMA busy_timeout = 5000')
    const mode = db.prepare<{ journal_mode: string }>('PRAGMA journal_mode = WAL').get()?.journal_mode
    if (mode !== 'wal') throw new Unusable(`unable to open ${path}; its file system has no write-ahead log (${mode})`)
    db.exec(SETTINGS)
    migrate(db, path)
    db.exec('PRAGMA busy_timeout = 0')
    return db
  } catch (error) {
    db.close()
    throw error
  }
}
