/** Erasing a person: who they were goes at once, then what they wrote, chat by chat. Begun and not ended, it is gone on with. */
import type { ServerRequestOf } from '../../../protocol/actions.ts'
import type { Change, Write } from '../../store/change.ts'
import type { AgentRow, ChatRow, CustomerRow, EventRow } from '../../store/rows.ts'
import type { Commit, Context, Course, Reads } from '../context.ts'
import { newCustomer } from '../customers.ts'
import { leaving } from '../members.ts'
import { personOf } from './people.ts'
import { ended } from './users.ts'

/** Blanked in one change, so that nobody waits long behind it. */
const AT_ONCE = 100

/** USR4 */
export async function deleteUser(ctx: Context, { user_id }: ServerRequestOf<'delete_user'>): Promise<Course> {
  const person = await personOf(ctx, 'delete_user', user_id)
  const { row, type } = person
  return {
    async run(commit) {
      const at = ctx.now()
      const forget = type === 'customer' ? forgetCustomer(row as CustomerRow, at) : forgetAgent(row as AgentRow, at)
      await commit(forget, [ended(row, at + 1)])
      if (type === 'customer') await eraseCustomer(ctx.store, row.organization_id, row.id, () => ctx.now(), commit)
      return erasedAnswer(ctx, row.id)
    },
  }
}

/** Whoever asks again after it is done. */
export async function erasedAnswer(ctx: Context, id: string): Promise<object> {
  const chats = await ctx.store.chatsOfUser(id)
  let blanked = 0
  for (const chat_id of chats) blanked += (await eventsOf(ctx.store, chat_id, id)).filter(({ deleted_at }) => deleted_at !== null).length
  return {
    user_id: id,
    erased: ['profile', 'sessions', 'activity', 'files', 'content of events'],
    remaining: { chats: chats.length, blanked_events: blanked },
  }
}

/** The row stays for the chats that name it, and says nothing. */
function forgetCustomer({ organization_id, id, created_at }: CustomerRow, at: number): Change {
  const { id: _, organization_id: __, created_at: ___, ...blank } = newCustomer(id, organization_id, null, created_at)
  const writes: Write[] = [
    { write: 'update', table: 'customers', key: { organization_id, id }, set: { ...blank, not_before: at + 1, deleted_at: at } },
    { write: 'delete', table: 'refresh_tokens', key: { customer_id: id } },
    { write: 'forget_activity', customer_id: id },
  ]
  return { at, expect: [], writes, idempotency: [], subject: id }
}

/** What an agent or a bot has said is the organization's, and stays. */
function forgetAgent({ organization_id, id }: AgentRow, at: number): Change {
  const blank = { external_id: null, email: null, name: '', avatar: null, job_title: null, password_hash: null }
  const writes: Write[] = [
    { write: 'update', table: 'agents', key: { organization_id, id }, set: { ...blank, not_before: at + 1, deleted_at: at } },
    { write: 'delete', table: 'agent_sessions', key: { organization_id, agent_id: id } },
    { write: 'delete', table: 'sign_in_links', key: { organization_id, agent_id: id } },
  ]
  return { at, expect: [], writes, idempotency: [], subject: id }
}

/** Leaves and blanks wherever they were. */
export async function eraseCustomer(store: Reads, organization_id: string, id: string, now: () => number, commit: Commit): Promise<void> {
  for (const chat_id of await store.chatsOfUser(id)) {
    const chat = await store.chat(organization_id, chat_id)
    if (!chat) continue
    await blank(store, chat, id, now, commit)
    await leave(store, chat, id, now, commit)
    // What was under way when they left.
    await blank(store, chat, id, now, commit)
  }
  const done: Write = { write: 'update', table: 'customers', key: { organization_id, id }, set: { erased_at: now() } }
  const files: Write = { write: 'delete', table: 'files', key: { organization_id, uploader_id: id } }
  await commit({ at: now(), expect: [], writes: [files, done], idempotency: [] })
}

async function blank(store: Reads, { id: chat_id }: ChatRow, author: string, now: () => number, commit: Commit): Promise<void> {
  const written = (await eventsOf(store, chat_id, author)).filter(({ deleted_at }) => deleted_at === null)
  for (let at = 0; at < written.length; at += AT_ONCE) {
    const writes = written.slice(at, at + AT_ONCE).map(
      ({ id: event_id, thread_id }): Write => ({
        ...{ write: 'delete_event', chat_id, thread_id, event_id, by: null },
      }),
    )
    await commit({ at: now(), expect: [], writes, idempotency: [] })
  }
}

async function leave(store: Reads, chat: ChatRow, user_id: string, now: () => number, commit: Commit): Promise<void> {
  const out = await leaving(store, chat, user_id, null)
  const thread_id = chat.kind === 'support' ? chat.active_thread_id : null
  const close: Write[] = thread_id === null ? [] : [{ write: 'close_thread', chat_id: chat.id, thread_id, by: null }]
  if (out) await commit({ at: now(), expect: out.expect, writes: [...close, ...out.writes], idempotency: [] })
}

/** All that the user wrote in the chat, the oldest first. */
async function eventsOf(store: Reads, chat_id: string, author: string): Promise<EventRow[]> {
  const found: EventRow[] = []
  for (let after = 0, more = true; more; ) {
    const page = await store.events({ chat_id, view: 'agents', thread_id: null, before: null, after, from: 1, to: null, limit: 500 })
    found.push(...page.events.filter(({ author_id }) => author_id === author))
    after = page.events.at(-1)?.seq_agents ?? after
    more = page.more
  }
  return found
}
