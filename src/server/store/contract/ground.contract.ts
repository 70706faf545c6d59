/** What every part of the contract stands on: a place for a store, and changes in few words. */
import { afterEach, beforeEach, expect } from 'vitest'
import type { AgentRow, CustomerRow } from '../account-rows.ts'
import type { Change, Committed, Write } from '../change.ts'
import type { EventRow, FileRow } from '../rows.ts'
import type { EventPage, Store, View } from '../store.ts'

/** A place where a store can be opened, closed, and opened again. */
export interface Place {
  open(): Promise<Store>
  clear(): Promise<void>
}

export interface Ground {
  readonly store: Store
  /** Closes the store and opens it again on what it left. */
  reopen(): Promise<Store>
}

/** A fresh store with one organization, `acme`, before each test of the surrounding `describe`. */
export function useGround(prepare: () => Promise<Place>): Ground {
  let place: Place
  let store: Store
  beforeEach(async () => {
    place = await prepare()
    store = await place.open()
    await done(store, change([organization('acme', 1)]))
  })
  afterEach(async () => {
    await store.close().catch(() => {})
    await place.clear()
  })
  return {
    get store() {
      return store
    },
    async reopen() {
      await store.close()
      store = await place.open()
      return store
    },
  }
}

export const change = (writes: readonly Write[], more: Partial<Change> = {}): Change => ({
  at: 1000,
  expect: [],
  writes,
  idempotency: [],
  ...more,
})

/** Commits a change that is to succeed. */
export async function done(store: Store, wanted: Change): Promise<Committed> {
  const outcome = await store.commit(wanted)
  expect(outcome).toMatchObject({ ok: true })
  if (!outcome.ok) throw new Error(outcome.why)
  return outcome.committed
}

/** Commits changes one after another, each at its place's number of ms after `at`. */
export async function play(store: Store, writes: readonly Write[], at = 1000): Promise<Committed[]> {
  const all: Committed[] = []
  for (const [step, write] of writes.entries()) all.push(await done(store, change([write], { at: at + step })))
  return all
}

export const organization = (id: string, license: number): Write => ({
  write: 'insert',
  table: 'organizations',
  row: { id, license, name: id, policies: {}, created_at: 1 },
})

type Of<W extends Write['write']> = Extract<Write, { write: W }>

export const agentRow = (id: string, more: Partial<AgentRow> = {}): AgentRow => ({
  ...{ id, organization_id: 'acme', kind: 'agent', external_id: null, email: `${id}@acme.test`, name: id, avatar: null },
  ...{ job_title: null, password_hash: null, not_before: 0, deleted_at: null, erased_at: null, created_at: 5 },
  ...more,
})

export const customerRow = (id: string, more: Partial<CustomerRow> = {}): CustomerRow => ({
  ...{ id, organization_id: 'acme', name: null, email: null, avatar: null, session_fields: [], page: null, referrer: null },
  ...{ visitor_key_hash: null, external_id: null, username: null, nickname: null, badge: null, status: 'active', custom: {} },
  ...{ not_before: 0, deleted_at: null, erased_at: null, created_at: 5 },
  ...more,
})

export const createChat = (chat_id: string, more: Partial<Of<'create_chat'>> = {}): Write => ({
  write: 'create_chat',
  chat_id,
  organization_id: 'acme',
  kind: 'support',
  name: null,
  joinable: false,
  history: false,
  properties: {},
  created_by: 'ann',
  members: [{ user_id: 'ann', user_type: 'customer' }],
  ...more,
})

export const openThread = (chat_id: string, thread_id: string, by: string | null = 'ann'): Write => ({
  write: 'open_thread',
  chat_id,
  thread_id,
  by,
  properties: {},
})

export const closeThread = (chat_id: string, thread_id: string, by: string | null = 'ann'): Write => ({
  write: 'close_thread',
  chat_id,
  thread_id,
  by,
})

export const message = (chat_id: string, thread_id: string, text: string, more: Partial<Of<'add_event'>> = {}): Of<'add_event'> => ({
  write: 'add_event',
  chat_id,
  thread_id,
  type: 'message',
  audience: 'all',
  author_id: 'ann',
  custom_id: null,
  fingerprint: null,
  text,
  content: null,
  file_ids: [],
  properties: null,
  waiting: 'same',
  ...more,
})

export const note = (chat_id: string, thread_id: string, text: string, author_id = 'robin'): Write =>
  message(chat_id, thread_id, text, { author_id, audience: 'agents' })

export const addUser = (chat_id: string, user_id: string, more: Partial<Of<'add_user'>> = {}): Write => ({
  write: 'add_user',
  chat_id,
  user_id,
  user_type: 'agent',
  by: user_id,
  history: true,
  ...more,
})

export const removeUser = (chat_id: string, user_id: string, by: string | null = null): Write => ({
  write: 'remove_user',
  chat_id,
  user_id,
  by,
})

export const markSeen = (chat_id: string, user_id: string, seq_agents: number): Write => ({
  write: 'mark_seen',
  chat_id,
  user_id,
  seq_agents,
})

/** Of Ann's chat `c`, as `startChat` makes it. */
export const edit = (set: Of<'edit_event'>['set'], event_id = 't_1', by: string | null = 'ann'): Of<'edit_event'> => ({
  ...{ write: 'edit_event', chat_id: 'c', thread_id: 't', event_id, set, by },
})

export const erase = (event_id = 't_1', by: string | null = null): Write => ({
  ...{ write: 'delete_event', chat_id: 'c', thread_id: 't', event_id, by },
})

/** Ann's, in no event yet. */
export const fileRow = (id: string, more: Partial<FileRow> = {}): FileRow => ({
  ...{ id, organization_id: 'acme', uploader_id: 'ann', custom_id: null, name: 'a.png', content_type: 'image/png', size: 9 },
  ...{ width: 3, height: 2, hash: 'h', created_at: 1000, expires_at: 5000, ...more },
})

export const insertFile = (id: string, more: Partial<FileRow> = {}): Write => ({ write: 'insert', table: 'files', row: fileRow(id, more) })

/** A started chat of Ann's: entry 1 opens its thread, entry 2 says hello. */
export const startChat = (chat_id = 'c', thread_id = 't'): Change =>
  change([createChat(chat_id), openThread(chat_id, thread_id), message(chat_id, thread_id, 'hello', { waiting: 'starts' })])

export const page = (chat_id: string, more: Partial<EventPage> = {}): EventPage => ({
  chat_id,
  view: 'agents',
  thread_id: null,
  before: null,
  after: null,
  from: 1,
  to: null,
  limit: 100,
  replies: 'among',
  ...more,
})

export const texts = (events: readonly EventRow[]): (string | null)[] => events.map((event) => event.text)

/** The whole log as a view has it. */
export async function logOf(store: Store, chat_id: string, view: View): Promise<{ seq: number | null; kind: string }[]> {
  const { entries } = await store.entries(chat_id, view, 0, 10_000)
  return entries.map((entry) => ({ seq: view === 'agents' ? entry.seq_agents : entry.seq_public, kind: entry.kind }))
}

export async function chatOf(store: Store, chat_id: string) {
  const chat = await store.chat('acme', chat_id)
  if (!chat) throw new Error(`no chat ${chat_id}`)
  return chat
}

export const summaryOf = async (store: Store, chat_id: string, user_id: string, view: View) =>
  store.summary(await chatOf(store, chat_id), { user_id, view })

export async function markOf(store: Store, chat_id: string, user_id: string) {
  const { marks } = await summaryOf(store, chat_id, user_id, 'agents')
  return marks.find((mark) => mark.user_id === user_id)
}
