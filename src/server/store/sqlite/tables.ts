/** All tables of one database, each with its statements prepared. */
import { openActivity } from './activity.ts'
import { openAgents } from './agents.ts'
import { openApiKeys } from './api-keys.ts'
import { openChats } from './chats.ts'
import { openCustomers } from './customers.ts'
import { openDeliveries } from './deliveries.ts'
import type { Driver } from './driver.ts'
import { openEntries } from './entries.ts'
import { openErasures } from './erasures.ts'
import { openEvents } from './events.ts'
import { openFiles } from './files.ts'
import { openIdempotency } from './idempotency.ts'
import { openMeta } from './meta.ts'
import { openOrganizations } from './organizations.ts'
import { openPlain } from './plain.ts'
import { openStays } from './stays.ts'
import { openSweeps } from './sweeps.ts'
import { openThreads } from './threads.ts'
import { openUserLog } from './user-log.ts'
import { openCursors, openWebhooks } from './webhooks.ts'

export function openTables(db: Driver) {
  const files = openFiles(db)
  const events = openEvents(db, files)
  const [chats, stays, webhooks] = [openChats(db), openStays(db), openWebhooks(db)]
  const cursors = openCursors(db, webhooks)
  const version = db.prepare<{ data_version: number }>('PRAGMA data_version')
  let seen = version.get()?.data_version
  /** What is remembered of rows is true as long as everything that was written stays written. */
  const forget = (): void => {
    chats.forgetAll()
    stays.forgetAll()
    webhooks.forgetAll()
    cursors.forgetAll()
  }
  return {
    forget,
    /** To be asked at the beginning of a transaction: whoever else has the file open can have written until then. */
    forgetWhatOthersWrote(): void {
      const now = version.get()?.data_version
      if (now !== seen) forget()
      seen = now
    },
    meta: openMeta(db),
    organizations: openOrganizations(db),
    apiKeys: openApiKeys(db),
    agents: openAgents(db),
    customers: openCustomers(db),
    activity: openActivity(db),
    erasures: openErasures(db),
    plain: openPlain(db),
    sweep: openSweeps(db, forget),
    chats,
    threads: openThreads(db),
    stays,
    events,
    files,
    entries: openEntries(db),
    userLog: openUserLog(db),
    idempotency: openIdempotency(db, events),
    webhooks,
    cursors,
    deliveries: openDeliveries(db),
  }
}

export type Tables = ReturnType<typeof openTables>
