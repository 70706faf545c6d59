/** Erasing a person: who they were goes at once, then what they wrote, chat by chat. Begun and not ended, it is gone on with. */
import type { ServerRequestOf } from '../../../protocol/actions.ts'
import { IDENTITY_TOKEN_GRACE_S, IDENTITY_TOKEN_TTL_S } from '../../../protocol/limits.ts'
import type { AgentRow, CustomerRow } from '../../store/account-rows.ts'
import type { Change, LogEntry, Write } from '../../store/change.ts'
import type { ChatRow } from '../../store/rows.ts'
import type { Commit, Context, Course, Reads } from '../context.ts'
import { newCustomer, tellOf } from '../customers.ts'
import { fingerprint } from '../fingerprints.ts'
import { leaving } from '../members.ts'
import { personOf } from './people.ts'
import { ended } from './users.ts'

/** Blanked in one change, so that nobody waits long behind it. */
const AT_ONCE = 100
const PAGE = 500
/** Steps that others were in the way of, before somebody else is to try again later. */
const MAX_LOST = 100
/** By then every token has ended that names somebody, and cannot be renewed either. */
const REMEMBERED_MS = (IDENTITY_TOKEN_TTL_S + IDENTITY_TOKEN_GRACE_S + 60) * 1000

/** USR4 */
export async function deleteUser(ctx: Context, { user_id }: ServerRequestOf<'delete_user'>): Promise<Course> {
  const { row, type } = await personOf(ctx, 'delete_user', user_id)
  return {
    async run(commit) {
      const at = ctx.now()
      if (type === 'customer') {
        const blank = blankOf(row as CustomerRow, at)
        await commit(forgetCustomer(row, blank, at), [ended(row, at + 1), tellOf({ ...(row as CustomerRow), ...blank })])
        await eraseCustomer(ctx.store, row.organization_id, row.id, () => ctx.now(), commit)
      } else await commit(forgetAgent(row as AgentRow, at), [ended(row, at + 1)])
      return erasedAnswer(ctx, row.id)
    },
  }
}

/** Whoever asks again is told the same, though much of it may be still to be done: all that they wrote where it can be written to is blanked in the end. */
export async function erasedAnswer({ store, principal }: Context, id: string): Promise<object> {
  const chats = await store.chatsOfUser(id)
  if (await store.agent(principal.organization_id, id)) {
    return { user_id: id, erased: ['profile', 'sessions'], remaining: { chats: chats.length, blanked_events: 0 } }
  }
  let blanked = 0
  for (const chat_id of chats) {
    const lasts = (await store.chat(principal.organization_id, chat_id)) !== null
    for await (const { event } of saidBy(store, chat_id, id)) if (event && (lasts || event.deleted_at !== null)) blanked++
  }
  return {
    user_id: id,
    erased: ['profile', 'sessions', 'activity', 'files', 'content of events'],
    remaining: { chats: chats.length, blanked_events: blanked },
  }
}

/** The row stays for the chats that name it, and says nothing. */
function blankOf({ id, organization_id, created_at }: CustomerRow, at: number): Partial<CustomerRow> {
  const { id: _, organization_id: __, created_at: ___, ...blank } = newCustomer(id, organization_id, null, created_at)
  return { ...blank, not_before: at + 1, deleted_at: at }
}

function forgetCustomer(row: CustomerRow | AgentRow, set: Partial<CustomerRow>, at: number): Change {
  const { organization_id, id } = row
  const writes: Write[] = [
    { write: 'update', table: 'customers', key: { organization_id, id }, set },
    { write: 'delete', table: 'refresh_tokens', key: { customer_id: id } },
    { write: 'forget_activity', customer_id: id },
    ...namedNoMore(row, at),
  ]
  return { at, expect: [], writes, idempotency: [], subject: id }
}

/** What an agent or a bot has said is the organization's, and stays. */
function forgetAgent(row: AgentRow, at: number): Change {
  const { organization_id, id } = row
  const blank = { external_id: null, email: null, name: '', avatar: null, job_title: null, password_hash: null }
  const writes: Write[] = [
    { write: 'update', table: 'agents', key: { organization_id, id }, set: { ...blank, not_before: at + 1, deleted_at: at } },
    { write: 'delete', table: 'agent_sessions', key: { organization_id, agent_id: id } },
    { write: 'delete', table: 'sign_in_links', key: { organization_id, agent_id: id } },
    ...namedNoMore(row, at),
  ]
  return { at, expect: [], writes, idempotency: [], subject: id }
}

/** The host's id is free from now on, and a token from before would make its old bearer again, name and all. */
function namedNoMore({ organization_id, external_id }: CustomerRow | AgentRow, at: number): Write[] {
  if (external_id === null) return []
  const key = { organization_id, hash: fingerprint(external_id) }
  return [
    { write: 'delete', table: 'erased_ids', key },
    { write: 'insert', table: 'erased_ids', row: { ...key, not_before: at + 1, expires_at: at + REMEMBERED_MS } },
  ]
}

/** Leaves and blanks wherever they were. */
export async function eraseCustomer(store: Reads, organization_id: string, id: string, now: () => number, commit: Commit): Promise<void> {
  const change = ({ writes, expect }: Step) => commit({ at: now(), expect, writes, idempotency: [] })
  for (const chat_id of await store.chatsOfUser(id)) {
    const find = () => store.chat(organization_id, chat_id)
    await untilDone(find, blanking(store, chat_id, id), change)
    await untilDone(find, (chat) => outOf(store, chat, id), change)
    // What was under way when they left.
    await untilDone(find, blanking(store, chat_id, id), change)
  }
  const files: Write = { write: 'delete', table: 'files', key: { organization_id, uploader_id: id } }
  const done: Write = { write: 'update', table: 'customers', key: { organization_id, id }, set: { erased_at: now() } }
  await change({ writes: [files, done], expect: [] })
}

type Step = Pick<Change, 'writes' | 'expect'>
/** Null when nothing is left to do. */
type Next = (chat: ChatRow) => Promise<Step | null>

/** Whoever else writes there at the same moment may take a step its ground away; then it is looked at again. */
async function untilDone(find: () => Promise<ChatRow | null>, next: Next, change: (step: Step) => Promise<unknown>): Promise<void> {
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

async function outOf(store: Reads, chat: ChatRow, id: string): Promise<Step | null> {
  const out = await leaving(store, chat, id, null)
  const thread_id = chat.kind === 'support' ? chat.active_thread_id : null
  const close: Write[] = thread_id === null ? [] : [{ write: 'close_thread', chat_id: chat.id, thread_id, by: null }]
  return out && { ...out, writes: [...close, ...out.writes] }
}

/** The entries of all that the user wrote in the chat, the oldest first: events, and ratings with the thread they stand in. */
async function* saidBy(store: Reads, chat_id: string, id: string, from = 0): AsyncGenerator<LogEntry> {
  for (let after = from, head = from + 1; after < head; ) {
    const page = await store.entries(chat_id, 'agents', after, PAGE)
    for (const entry of page.entries) {
      if (entry.kind === 'event_added' ? entry.event?.author_id === id : entry.kind === 'rated' && entry.actor_id === id) yield entry
    }
    after = page.entries.at(-1)?.seq_agents ?? page.head
    head = page.head
  }
}
