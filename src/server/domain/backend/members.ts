/** Users of a chat, as a back end lets them in and puts them out. */
import type { ServerRequestOf } from '../../../protocol/actions.ts'
import type { Committed } from '../../store/change.ts'
import { chatOf } from '../access.ts'
import type { Context, Plan } from '../context.ts'
import { isDestroyed, leaving, letIn } from '../members.ts'
import { roleIn } from '../peers.ts'
import { knownAs, personOf } from '../people.ts'
import { Refusal } from '../refusal.ts'
import { nobodyErased } from '../standing.ts'
import { updatedAnswer } from './chats.ts'

/** Who is there already stays as they are. */
export async function addUsers(ctx: Context, request: ServerRequestOf<'add_users_to_chat'>): Promise<Plan> {
  const { chat_id, user_ids, role = 'member' } = request
  const chat = await chatOf(ctx, 'add_users_to_chat', chat_id)
  const { history = chat.history } = request
  const present = await ctx.store.present(chat_id)
  const { members, expect, writes } = await knownAs(ctx, 'add_users_to_chat', 'user_ids', user_ids)
  const coming = members
    .filter(({ user_id }) => present.every((one) => one.user_id !== user_id))
    .map((one) => ({ ...one, ...roleIn(chat.kind, role) }))
  const part = letIn('add_users_to_chat', chat, present, coming, { by: null, history })
  return {
    change: { at: ctx.now(), expect: [...expect, ...part.expect], writes: [...writes, ...part.writes], idempotency: [] },
    answer: (committed) => updatedAnswer(ctx, committed, request),
  }
}

/** In the user's own name, into any chat that has room: the back end vouches for it. */
export async function joinChat(ctx: Context, request: ServerRequestOf<'join_chat'>): Promise<Plan> {
  const chat = await chatOf(ctx, 'join_chat', request.chat_id)
  const { row, type } = await personOf(ctx, 'join_chat', request.user_id)
  const present = await ctx.store.present(chat.id)
  const coming = present.some(({ user_id }) => user_id === row.id)
    ? []
    : [{ user_id: row.id, user_type: type, ...roleIn(chat.kind, 'member') }]
  const { expect, writes } = letIn('join_chat', chat, present, coming, { by: row.id, history: chat.history })
  const change = { at: ctx.now(), expect: [...expect, ...nobodyErased(row.organization_id, coming)], writes, idempotency: [] }
  return { change, answer: (committed) => updatedAnswer(ctx, committed, request) }
}

export const removeUser = (ctx: Context, request: ServerRequestOf<'remove_user_from_chat'>): Promise<Plan> =>
  putOut(ctx, 'remove_user_from_chat', request, () => null)

export const leaveChat = (ctx: Context, request: ServerRequestOf<'leave_chat'>): Promise<Plan> =>
  putOut(ctx, 'leave_chat', request, (user_id) => user_id)

async function putOut(
  ctx: Context,
  action: string,
  { chat_id, user_id }: ServerRequestOf<'leave_chat'>,
  by: (user_id: string) => string | null,
): Promise<Plan> {
  const chat = await chatOf(ctx, action, chat_id)
  const { row } = await personOf(ctx, action, user_id)
  const out = await leaving(ctx.store, chat, row.id, by(row.id))
  if (!out) throw new Refusal('not_found', `unable to ${action}; user_id names nobody in the chat`, { path: 'user_id' })
  return { change: { at: ctx.now(), ...out, idempotency: [] }, answer: (committed) => leftAnswer(ctx, committed) }
}

export const leftAnswer = async (_ctx: Context, committed: Committed): Promise<object> => ({ destroyed: isDestroyed(committed) })
