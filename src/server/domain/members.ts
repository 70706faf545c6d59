/** Who is in a chat: joining, being let in, leaving, being put out. The last one out of a direct or group chat deletes it. */
import type { RequestOf } from '../../protocol/actions.ts'
import { MAX_CHAT_USERS } from '../../protocol/limits.ts'
import type { Change, Committed, Precondition, Write } from '../store/change.ts'
import type { ChatRow, Role, UserType } from '../store/rows.ts'
import { enter } from './access.ts'
import { openedAnswer } from './chats.ts'
import { type Context, type Plan, type Reads, userTypeOf } from './context.ts'
import { entriesAnswer } from './entries.ts'
import { chatNotFound, Refusal } from './refusal.ts'
import { nobodyErased } from './standing.ts'

/** Of a change. */
export type Part = Pick<Change, 'expect' | 'writes'>

/** MEM8: into a group that can be joined. One that cannot is answered like one that does not exist. */
export async function joinChat(ctx: Context, { chat_id }: RequestOf<'join_chat'>): Promise<Plan> {
  const { id, organization_id } = ctx.principal
  const chat = await ctx.store.chat(organization_id, chat_id)
  const present = chat && (await ctx.store.present(chat_id))
  const inside = present?.some(({ user_id }) => user_id === id)
  if (!chat || !present || !(inside || (chat.kind === 'group' && chat.joinable))) throw chatNotFound('join_chat')
  const user_type = userTypeOf(ctx.principal)
  const coming = inside ? [] : [{ user_id: id, user_type, role: 'member' } as const]
  const { expect, writes } = letIn('join_chat', chat, present, coming, { by: id, history: chat.history })
  return {
    change: { at: ctx.now(), expect: [...expect, ...nobodyErased(organization_id, coming)], writes, idempotency: [] },
    answer: (committed) => openedAnswer(ctx, committed, chat_id),
  }
}

export async function leaveChat(ctx: Context, { chat_id }: RequestOf<'leave_chat'>): Promise<Plan> {
  const { chat, present } = await enter(ctx, 'leave_chat', chat_id)
  const { id, type } = ctx.principal
  if (chat.kind === 'support' && type === 'customer') {
    throw new Refusal('authorization', 'unable to leave_chat; a support chat is its customer’s own')
  }
  const out = present ? await leaving(ctx.store, chat, id, id) : null
  return {
    change: { at: ctx.now(), expect: out?.expect ?? [], writes: out?.writes ?? [], idempotency: [] },
    answer: (committed) => leftAnswer(ctx, committed),
  }
}

export const leftAnswer = async (ctx: Context, committed: Committed): Promise<object> => ({
  destroyed: isDestroyed(committed),
  ...(await entriesAnswer(ctx, committed)),
})

export const isDestroyed = ({ entries }: Committed): boolean => entries.some(({ kind }) => kind === 'chat_deleted')

interface Coming {
  readonly user_id: string
  readonly user_type: UserType
  readonly role?: Role
}

/** Why those who come cannot be let in beside those who are there; null when they can. */
export function hindrance(chat: ChatRow, present: readonly Coming[], coming: readonly Coming[]): { why: string; limit?: number } | null {
  if (coming.length === 0) return null
  const { kind } = chat
  const most = mostIn(chat)
  const customers = (users: readonly Coming[]) => users.filter(({ user_type }) => user_type === 'customer').length
  if (kind === 'direct') return { why: 'a direct chat has its two users' }
  if (kind === 'support' && customers(coming) > 0 && customers(present) + customers(coming) > 1) {
    return { why: 'a support chat has one customer' }
  }
  return present.length + coming.length > most ? { why: `the chat has ${most} users at most`, limit: most } : null
}

const mostIn = ({ user_limit }: ChatRow): number => Math.min(user_limit ?? MAX_CHAT_USERS, MAX_CHAT_USERS)

export function letIn(
  action: string,
  chat: ChatRow,
  present: readonly Coming[],
  coming: readonly Coming[],
  how: { readonly by: string | null; readonly history: boolean },
): Part {
  const hindered = hindrance(chat, present, coming)
  if (hindered) {
    const { why, ...data } = hindered
    throw new Refusal('conflict', `unable to ${action}; ${why}`, data)
  }
  const { id: chat_id, kind } = chat
  // Of many who come to a group at once each has room: only a support chat must be as it was seen.
  const room = kind === 'support' ? { least: present.length, most: present.length } : { most: mostIn(chat) - coming.length }
  return {
    expect: coming.length > 0 ? [{ holds: 'users', chat_id, ...room }] : [],
    writes: coming.map((user): Write => ({ write: 'add_user', chat_id, ...user, ...how })),
  }
}

/** Null for who is not in the chat. That of two who leave at once the second is the last is seen by whether others are left. */
export async function leaving(store: Reads, { id: chat_id, kind }: ChatRow, user_id: string, by: string | null): Promise<Part | null> {
  const users = await store.present(chat_id)
  const who = users.find((one) => one.user_id === user_id)
  if (!who) return null
  const present: Precondition = { holds: 'present', chat_id, user_id, present: true }
  // BOT7: whoever asked is left to people.
  const waiting = kind === 'support' && who.user_type === 'bot' ? ({ waiting: 'starts' } as const) : {}
  const out: Write = { write: 'remove_user', chat_id, user_id, by, ...waiting }
  if (kind === 'support') return { expect: [present], writes: [out] }
  return users.length > 1
    ? { expect: [present, { holds: 'users', chat_id, least: 2 }], writes: [out] }
    : { expect: [present, { holds: 'users', chat_id, most: 1 }], writes: [out, { write: 'delete_chat', chat_id, by }] }
}
