/** A past for the only chat of a stopped server: written straight into its store, faster than anybody could type. */
import { join } from 'node:path'
import type { Write } from '../src/server/store/change.ts'
import { openSqliteStore } from '../src/server/store/sqlite/store.ts'
import type { Store } from '../src/server/store/store.ts'

const AT_ONCE = 100

/** Says `line 0001`, `line 0002`, … in the customer's name. */
export async function addHistory(data: string, count: number): Promise<void> {
  const store = openSqliteStore({
    path: join(data, 'porchlight.db'),
    onFatal(error) {
      throw error
    },
  })
  await addLines(store, count)
  await store.close()
}

async function addLines(store: Store, count: number): Promise<void> {
  const [organization] = await store.organizations()
  if (!organization) throw new Error('unable to add a history; there is no organization')
  const reader = { user_id: '', view: 'agents' } as const
  const { chats } = await store.chats({
    organization_id: organization.id,
    reader,
    scope: 'organization',
    active: null,
    from: { offset: 0 },
    limit: 1,
  })
  const chat = chats[0]?.chat
  if (!chat?.active_thread_id) throw new Error('unable to add a history; there is no open chat')
  const said = { write: 'add_event', chat_id: chat.id, thread_id: chat.active_thread_id, type: 'message', audience: 'all' } as const
  const rest = {
    author_id: chat.created_by,
    custom_id: null,
    fingerprint: null,
    content: null,
    file_ids: [],
    properties: null,
    waiting: 'starts',
  } as const
  for (let at = 0; at < count; at += AT_ONCE) {
    const lines = Array.from({ length: Math.min(AT_ONCE, count - at) }, (_, more) => at + more + 1)
    const writes = lines.map((number): Write => ({ ...said, ...rest, text: `line ${String(number).padStart(4, '0')}` }))
    const outcome = await store.commit({ at: Date.now(), expect: [], writes, idempotency: [] })
    if (!outcome.ok) throw new Error(`unable to add a history; ${outcome.why}`)
  }
}
