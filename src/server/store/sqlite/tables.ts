/** All tables of one database, each with its statements prepared. */
import { openAgents } from './agents.ts'
import { openChats } from './chats.ts'
import { openCustomers } from './customers.ts'
import type { Driver } from './driver.ts'
import { openEntries } from './entries.ts'
import { openEvents } from './events.ts'
import { openIdempotency } from './idempotency.ts'
import { openMeta } from './meta.ts'
import { openOrganizations } from './organizations.ts'
import { openPlain } from './plain.ts'
import { openStays } from './stays.ts'
import { openThreads } from './threads.ts'
import { openUserLog } from './user-log.ts'

export function openTables(db: Driver) {
  const events = openEvents(db)
  return {
    meta: openMeta(db),
    organizations: openOrganizations(db),
    agents: openAgents(db),
    customers: openCustomers(db),
    plain: openPlain(db),
    chats: openChats(db),
    threads: openThreads(db),
    stays: openStays(db),
    events,
    entries: openEntries(db),
    userLog: openUserLog(db),
    idempotency: openIdempotency(db, events),
  }
}

export type Tables = ReturnType<typeof openTables>
