/** `npm run bench:growth`: what listing, history, unread counts and lookups cost in a store of ten times the chats and events, as ratios. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newCustomer } from '../../src/server/domain/customers.ts'
import { createOrganization } from '../../src/server/domain/organizations.ts'
import type { Write } from '../../src/server/store/change.ts'
import { openSqliteStore } from '../../src/server/store/sqlite/store.ts'
import type { Store } from '../../src/server/store/store.ts'

const SMALL = { chats: 1_000, events: 100_000 }
const LARGE = { chats: 10_000, events: 1_000_000 }
/** One chat has a tenth of all events, one customer so many of the chats. */
const LONG = 0.1
const OWN_CHATS = 20
const TIMES = 200
const ORGANIZATION = 'acme'
const READER = { user_id: 'backend', view: 'agents' } as const
const DAY = Date.UTC(2026, 0, 1)

type Size = typeof SMALL

const eventIn = (chat: string, thread: string, author_id: string, number: number): Write => ({
  ...{ write: 'add_event', chat_id: chat, thread_id: thread, type: 'message', audience: 'all', author_id, custom_id: null },
  ...{ fingerprint: null, text: `message ${number} of ${chat}`, content: null, file_ids: [], properties: null, waiting: 'same' },
})

async function commit(store: Store, at: number, writes: readonly Write[]): Promise<void> {
  const outcome = await store.commit({ at, expect: [], writes, idempotency: [] })
  if (!outcome.ok) throw new Error(`unable to fill the store; ${outcome.why}`)
}

/** Chat 0 is the long one; the first few are of one customer. */
async function fill(store: Store, { chats, events }: Size): Promise<void> {
  await store.commit(createOrganization({ id: ORGANIZATION, license: 1, name: 'Acme', created_at: DAY }))
  const each = Math.floor((events * (1 - LONG)) / chats)
  for (let number = 0; number < chats; number++) {
    const [chat_id, thread_id] = [`chat-${number}`, `thread-${number}`]
    const customer = `customer-${number < OWN_CHATS ? 0 : number}`
    const row = { ...newCustomer(customer, ORGANIZATION, null, DAY + number), external_id: `external-${number}` }
    const own: Write[] = number > 0 && number < OWN_CHATS ? [] : [{ write: 'insert', table: 'customers', row }]
    const described = {
      organization_id: ORGANIZATION,
      kind: 'support',
      name: null,
      joinable: false,
      history: false,
      properties: {},
    } as const
    const members = [{ user_id: customer, user_type: 'customer' }] as const
    const texts = Array.from({ length: each }, (_, at) => eventIn(chat_id, thread_id, at % 2 ? customer : 'robin', at))
    await commit(store, DAY + number, [
      ...own,
      { write: 'create_chat', chat_id, ...described, created_by: customer, members: [...members] },
      { write: 'open_thread', chat_id, thread_id, by: customer, properties: {} },
      ...texts,
    ])
  }
  const long = events * LONG
  for (let at = 0; at < long; at += 1000) {
    const texts = Array.from({ length: Math.min(1000, long - at) }, (_, more) => eventIn('chat-0', 'thread-0', 'robin', at + more))
    await commit(store, DAY + chats, texts)
  }
}

type Question = (store: Store, size: Size, turn: number) => Promise<unknown>

/** Somewhere else each time, so that no row is found where the last one left it. */
const somewhere = (turn: number, of: number) => (turn * 7919) % of

/** Lookups first: listings bring many chats to mind. */
const questions: Readonly<Record<string, Question>> = {
  'lookup of a chat': (store, { chats }, turn) => store.chat(ORGANIZATION, `chat-${somewhere(turn, chats)}`),
  'lookup of a user by the host’s id': (store, { chats }, turn) =>
    store.customerByExternalId(ORGANIZATION, `external-${OWN_CHATS + somewhere(turn, chats - OWN_CHATS)}`),
  'lookup of an event': (store, { events }, turn) =>
    store.event('chat-0', 'thread-0', `thread-0_${1 + somewhere(turn, events * LONG - 1)}`),
  'the inbox, first page': (store) =>
    store.chats({ organization_id: ORGANIZATION, reader: READER, scope: 'organization', active: true, from: { offset: 0 }, limit: 20 }),
  'chats of the organization, from the middle': (store, { chats }, turn) =>
    store.organizationChats({
      ...{ organization_id: ORGANIZATION, reader: READER, kind: null, active: null, limit: 20, count: false },
      from: { created_at: DAY + somewhere(turn, chats), id: '' },
    }),
  'chats of a user': (store) =>
    store.chats({
      ...{ organization_id: ORGANIZATION, reader: { ...READER, user_id: 'customer-0' }, scope: 'own', active: null },
      ...{ from: { offset: 0 }, limit: 20 },
    }),
  'users, from the middle': (store, { chats }, turn) =>
    store.customersPage({
      ...{ organization_id: ORGANIZATION, anonymous: false, limit: 20, count: false },
      from: { created_at: DAY + somewhere(turn, chats), id: '' },
    }),
  'history, from the middle of the longest chat': (store, { events }, turn) =>
    store.events({
      ...{ chat_id: 'chat-0', view: 'public', thread_id: null, after: null, from: 1, to: null, limit: 50, replies: 'among' },
      before: 100 + somewhere(turn, events * LONG - 100),
    }),
  'unread, in all chats of a user': (store) => store.unread(ORGANIZATION, 'customer-0'),
}

/** The median of each, in ms. */
async function measure(store: Store, size: Size): Promise<Map<string, number>> {
  const found = new Map<string, number>()
  for (const [name, ask] of Object.entries(questions)) {
    const times: number[] = []
    for (let turn = 0; turn < TIMES; turn++) {
      const started = performance.now()
      const answer = await ask(store, size, turn)
      times.push(performance.now() - started)
      if (answer === null) throw new Error(`unable to measure ${name}; nothing was found`)
    }
    found.set(name, times.sort((a, b) => a - b)[TIMES / 2] ?? 0)
  }
  return found
}

async function measured(size: Size): Promise<Map<string, number>> {
  const folder = mkdtempSync(join(tmpdir(), 'porchlight-growth-'))
  const open = () => openSqliteStore({ path: join(folder, 'porchlight.db'), onFatal: (error) => Promise.reject(error) })
  try {
    const filled = open()
    await fill(filled, size)
    await filled.close()
    // Anew, or the smaller one would be remembered whole.
    const store = open()
    const found = await measure(store, size)
    await store.close()
    return found
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const [small, large] = [await measured(SMALL), await measured(LARGE)]
const told = ({ chats, events }: Size) => `${chats.toLocaleString('en')} chats, ${events.toLocaleString('en')} events`
console.log(`Medians of ${TIMES} in ms: ${told(SMALL)}, and ${told(LARGE)}\n`)
console.log(`${''.padEnd(46)}${'small'.padStart(8)}${'large'.padStart(8)}${'ratio'.padStart(8)}`)
for (const [name, before] of small) {
  const after = large.get(name) ?? 0
  console.log(`${name.padEnd(46)}${before.toFixed(3).padStart(8)}${after.toFixed(3).padStart(8)}${(after / before).toFixed(2).padStart(8)}`)
}
