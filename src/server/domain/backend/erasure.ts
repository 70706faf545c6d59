/** Erasing a user: who they were goes at once, then they leave every chat, and what a customer wrote there goes. Begun and not ended, it is gone on with. */
import type { ServerRequestOf } from '../../../protocol/actions.ts'
import { IDENTITY_TOKEN_GRACE_S, IDENTITY_TOKEN_TTL_S } from '../../../protocol/limits.ts'
import type { BusMessage } from '../../bus/bus.ts'
import type { AgentRow, CustomerRow } from '../../store/account-rows.ts'
import type { Change, LogEntry, Write } from '../../store/change.ts'
import type { ChatRow, UserType } from '../../store/rows.ts'
import type { Commit, Context, Course, Reads } from '../context.ts'
import { newCustomer, tellOf } from '../customers.ts'
import { fingerprint } from '../fingerprints.ts'
import { leaving, type Part } from '../members.ts'
import { type Person, personOf } from '../people.ts'
import { Refusal } from '../refusal.ts'
import { notErased, unchanged } from '../standing.ts'
import { ended, voiding } from './revocation.ts'
import { eventsBy, saidBy, unset } from './traces.ts'

/** Blanked in one change, so that nobody waits long behind it. */
const AT_ONCE = 100
/** Steps that others were in the way of, before somebody else is to try again later. */
const MAX_LOST = 100
/** By then every token has ended that names somebody, and cannot be renewed either. */
const REMEMBERED_MS = (IDENTITY_TOKEN_TTL_S + IDENTITY_TOKEN_GRACE_S + 60) * 1000

/** USR4 */
export async function deleteUser(ctx: Context, { user_id }: ServerRequestOf<'delete_user'>): Promise<Course> {
  await personOf(ctx, 'delete_user', user_id)
  return {
    async run(commit) {
      const { type, row } = await forget(ctx, user_id, commit)
      await erase(ctx.store, { ...row, user_type: type }, () => ctx.now(), commit)
      return erasedAnswer(ctx, row.id)
    },
  }
}

/** Who becomes somebody else meanwhile, as a visitor does whom the host begins to know, is looked at again. */
async function forget(ctx: Context, user_id: string, commit: Commit): Promise<Person> {
  for (let lost = 0; lost < MAX_LOST; lost++) {
    const person = await personOf(ctx, 'delete_user', user_id)
    const at = ctx.now()
    if (await commit(forgetting(person, at), telling(person, at))) return person
  }
  throw new Refusal('service_unavailable', 'unable to delete_user; too much happens to this user at once')
}

/** What an agent or a bot has said is the organization's, and stays. */
function forgetting(person: Person, at: number): Change {
  const { type, row } = person
  const { organization_id, id, external_id } = row
  const key = { organization_id, id }
  const writes: Write[] =
    type === 'customer'
      ? [
          { write: 'update', table: 'customers', key, set: emptyCustomer(row, at) },
          { write: 'forget_activity', customer_id: id },
        ]
      : [{ write: 'update', table: 'agents', key, set: { ...EMPTY_AGENT, deleted_at: at } }]
  return {
    ...{ at, expect: [notErased(row), unchanged(row, { external_id })], subject: id, idempotency: [] },
    writes: [...writes, ...voiding(person, at + 1), ...namedNoMore(row, at)],
  }
}

const telling = (person: Person, at: number): BusMessage[] => [
  ended(person, at + 1),
  ...(person.type === 'customer' ? [tellOf({ ...person.row, ...emptyCustomer(person.row, at) })] : []),
]

/** The row stays for the chats that name it, and says nothing. */
function emptyCustomer({ id, organization_id, created_at }: CustomerRow, at: number): Partial<CustomerRow> {
  const { id: _, organization_id: __, created_at: ___, ...empty } = newCustomer(id, organization_id, null, created_at)
  return { ...empty, deleted_at: at }
}

const EMPTY_AGENT: Partial<AgentRow> = { external_id: null, email: null, name: '', avatar: null, job_title: null, password_hash: null }

/** The host's id is free from now on, and a token from before would make its old bearer again, name and all. */
function namedNoMore({ organization_id, external_id }: CustomerRow | AgentRow, at: number): Write[] {
  if (external_id === null) return []
  const key = { organization_id, hash: fingerprint(external_id) }
  return [
    { write: 'delete', table: 'erased_ids', key },
    { write: 'insert', table: 'erased_ids', row: { ...key, not_before: at + 1, expires_at: at + REMEMBERED_MS } },
  ]
}

/** Whoever asks again is told the same, though much of it may be still to be done. */
export async function erasedAnswer({ store, principal }: Context, id: string): Promise<object> {
  const chats = await store.chatsOfUser(id)
  if (await store.agent(principal.organization_id, id)) {
    return { user_id: id, erased: ['profile', 'sessions'], remaining: { chats: chats.length, blanked_events: 0 } }
  }
  let blanked = 0
  for (const chat_id of chats) blanked += await eventsBy(store, chat_id, id)
  return {
    user_id: id,
    erased: ['profile', 'sessions', 'activity', 'files', 'content of events', 'properties'],
    remaining: { chats: chats.length, blanked_events: blanked },
  }
}

interface Erased {
  readonly organization_id: string
  readonly id: string
  readonly user_type: UserType
}

/** Leaves wherever they were, and blanks what a customer has left there. */
export async function erase(store: Reads, { organization_id, id, user_type }: Erased, now: () => number, commit: Commit): Promise<void> {
  const change = ({ writes, expect }: Part) => commit({ at: now(), expect, writes, idempotency: [] })
  const own = user_type === 'customer'
  for (const chat_id of await store.chatsOfUser(id)) {
    const find = () => store.chat(organization_id, chat_id)
    const blank = async () => {
      await untilDone(find, blanking(store, chat_id, id), change)
      await untilDone(find, (chat) => unset(store, chat, id), change)
    }
    if (own) await blank()
    await untilDone(find, (chat) => outOf(store, chat, id, own), change)
    // What was under way when they left.
    if (own) await blank()
    // Of a chat that was deleted nothing is told any more, and what they said there goes all the same.
    if (own && !(await find())) await change({ writes: [{ write: 'forget_said', chat_id, user_id: id }], expect: [] })
  }
  const key = { organization_id, id }
  const files: Write[] = own ? [{ write: 'delete', table: 'files', key: { organization_id, uploader_id: id } }] : []
  const done: Write = { write: 'update', table: own ? 'customers' : 'agents', key, set: { erased_at: now() } }
  await change({ writes: [...files, done], expect: [] })
}

/** Null when nothing is left to do. */
type Next = (chat: ChatRow) => Promise<Part | null>

/** Whoever else writes there at the same moment may take a step its ground away; then it is looked at again. */
async function untilDone(find: () => Promise<ChatRow | null>, next: Next, change: (step: Part) => Promise<unknown>): Promise<void> {
  for (let lost = 0; lost < MAX_LOST; ) {
    const chat = await find()
    const step = chat && (await next(chat))
    if (!step) return
    if (!(await change(step))) lost++
  }
  throw new Error('unable to erase a user; too much happens in one of their chats at once')
}

/** Some of what is left of them in the chat, each time from where the last began. */
function blanking(store: Reads, chat_id: string, id: string): Next {
  let after = 0
  return async () => {
    const writes: Write[] = []
    for await (const entry of saidBy(store, chat_id, id, after)) {
      const write = unsaid(entry)
      if (write && writes.length === 0) after = entry.seq_agents - 1
      if (write) writes.push(write)
      if (writes.length === AT_ONCE) break
    }
    return writes.length > 0 ? { writes, expect: [] } : null
  }
}

/** An event without its content, a rating without its comment; null where nothing is left of either. */
function unsaid({ chat_id, event, thread }: LogEntry): Write | null {
  if (event) {
    const { thread_id, id: event_id, deleted_at } = event
    return deleted_at === null ? { write: 'delete_event', chat_id, thread_id, event_id, by: null } : null
  }
  if (thread?.rating?.comment === undefined) return null
  return { write: 'rate_thread', chat_id, thread_id: thread.id, rating: { value: thread.rating.value }, by: null }
}

/** Nobody waits in the support chat of a customer who is no more. */
async function outOf(store: Reads, chat: ChatRow, id: string, own: boolean): Promise<Part | null> {
  const out = await leaving(store, chat, id, null)
  const thread_id = own && chat.kind === 'support' ? chat.active_thread_id : null
  const close: Write[] = thread_id === null ? [] : [{ write: 'close_thread', chat_id: chat.id, thread_id, by: null }]
  return out && { ...out, writes: [...close, ...out.writes] }
}
