/** Much history at once, written straight into a store: long chats, and many of them. */
import { newCustomer } from '../../src/server/domain/customers.ts'
import type { Change, Write } from '../../src/server/store/change.ts'
import type { ChatRow } from '../../src/server/store/rows.ts'
import type { Store } from '../../src/server/store/store.ts'
import { SOME_DAY } from '../../src/testing/clock.ts'

const AT_ONCE = 200

const plain = (writes: readonly Write[]): Change => ({ at: SOME_DAY, expect: [], writes, idempotency: [] })

async function commitAll(store: Store, changes: readonly Change[]): Promise<void> {
  for (const outcome of await Promise.all(changes.map((change) => store.commit(change)))) {
    if (!outcome.ok) throw new Error(`unable to write history; ${outcome.why}`)
  }
}

const message = (chat_id: string, thread_id: string, author_id: string, text: string): Write => ({
  write: 'add_event',
  chat_id,
  thread_id,
  type: 'message',
  audience: 'all',
  author_id,
  custom_id: null,
  fingerprint: null,
  text,
  content: null,
  file_ids: [],
  properties: null,
  waiting: 'starts',
})

/** The same author says so many things more, `said 1` first. */
export async function prolong(store: Store, { id, active_thread_id, created_by }: ChatRow, count: number): Promise<void> {
  if (!active_thread_id) throw new Error('unable to write history; the chat has no open thread')
  for (let at = 0; at < count; at += AT_ONCE) {
    const numbers = Array.from({ length: Math.min(AT_ONCE, count - at) }, (_, more) => at + more + 1)
    await commitAll(store, [plain(numbers.map((number) => message(id, active_thread_id, created_by, `said ${number}`)))])
  }
}

/** So many support chats, each of another customer who has said one thing. */
export async function populate(store: Store, organization_id: string, count: number): Promise<void> {
  for (let at = 0; at < count; at += AT_ONCE) {
    const numbers = Array.from({ length: Math.min(AT_ONCE, count - at) }, (_, more) => at + more + 1)
    await commitAll(
      store,
      numbers.map((number) => plain(oneChat(organization_id, number))),
    )
  }
}

function oneChat(organization_id: string, number: number): Write[] {
  const [customer, chat, thread] = [`crowd-${number}`, `chat-${number}`, `thread-${number}`]
  const described = { organization_id, kind: 'support', name: null, joinable: false, history: false, properties: {} } as const
  const member = { user_id: customer, user_type: 'customer' } as const
  return [
    { write: 'insert', table: 'customers', row: newCustomer(customer, organization_id, null, SOME_DAY) },
    { write: 'create_chat', chat_id: chat, ...described, created_by: customer, members: [member] },
    { write: 'open_thread', chat_id: chat, thread_id: thread, by: customer, properties: {} },
    message(chat, thread, customer, `the question of ${customer}`),
  ]
}
