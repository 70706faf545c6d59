/** Who is in a chat: joining, being let in, leaving, being put out. The last one out of a direct or group chat deletes it. */
import type { RequestOf } from '../../protocol/actions.ts'
import { MAX_CHAT_USERS } from '../../protocol/limits.ts'
import type { Change, Committed, Precondition, Write } from '../store/change.ts'
import type { ChatRow, UserType } from '../store/rows.ts'
import { enter } from './access.ts'
import { openedAnswer } from './chats.ts'
import type { Context, Plan, Reads } from './context.ts'
import { entriesAnswer } from './entries.ts'
import { chatNotFound, Refusal } from './refusal.ts'

type Part = Pick<Change, 'expect' | 'writes'>

/** MEM8: into a group that can be joined. One that cannot is answered like one that does not exist. */
export async function joinChat(ctx: Context, { chat_id }: RequestOf<'join_chat'>): Promise<Plan> {
  const { id, type, organization_id } = ctx.principal
  const chat = await ctx.store.chat(organization_id, chat_id)
  const present = chat && (await ctx.store.present(chat_id))
  const inside = present?.some(({ user_id }) => user_id === id)
  if (!chat || !present || !(inside || (chat.kind === 'group' && chat.joinable))) throw chatNotFound('join_chat')
  const user_type = type === 'agent' ? 'agent' : 'customer'
  const part = letIn('join_chat', chat, present.length, inside ? [] : [{ user_id: id, user_type }], { by: id, history: chat.history })
  return { change: { at: ctx.now(), ...part, idempotency: [] }, answer: (committed) => openedAnswer(ctx, committed, chat_id) }
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
}

/** `present`: how many are in the chat. */
export function letIn(
  action: string,
  { id: chat_id, kind }: ChatRow,
  present: number,
  coming: readonly Coming[],
  how: { readonly by: string | null; readonly history: boolean },
): Part {
  if (coming.length > 0 && kind === 'direct') throw new Refusal('conflict', `unable to ${action}; a direct chat has its two users`)
  if (present + coming.length > MAX_CHAT_USERS) {
    throw new Refusal('conflict', `unable to ${action}; a chat has ${MAX_CHAT_USERS} users at most`, { limit: MAX_CHAT_USERS })
  }
  return {
    expect: coming.length > 0 ? [{ holds: 'users', chat_id, count: present }] : [],
    writes: coming.map((user): Write => ({ write: 'add_user', chat_id, ...user, ...how })),
  }
}

/** Null for who is not in the chat. That of two who leave at once the second is the last is seen by how many there were. */
export async function leaving(store: Reads, { id: chat_id, kind }: ChatRow, user_id: string, by: string | null): Promise<Part | null> {
  const present = await store.present(chat_id)
  if (!present.some((one) => one.user_id === user_id)) return null
  const expect: Precondition[] = [
    { holds: 'users', chat_id, count: present.length },
    { holds: 'present', chat_id, user_id, present: true },
  ]
  const last: Write[] = kind !== 'support' && present.length === 1 ? [{ write: 'delete_chat', chat_id, by }] : []
  return { expect, writes: [{ write: 'remove_user', chat_id, user_id, by }, ...last] }
}
