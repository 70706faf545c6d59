/** Entering a chat: finds it, applies the policy of the action, and says which part of the log the principal may read. */
import type { ActionName } from '../../protocol/actions.ts'
import type { Precondition } from '../store/change.ts'
import type { ChatRow, StayRow } from '../store/rows.ts'
import type { Part, View } from '../store/store.ts'
import { type Context, viewOf } from './context.ts'
import { ruleFor } from './policies.ts'
import { chatNotFound, Refusal } from './refusal.ts'
import { notErased } from './standing.ts'

/** Numbers of the principal's sequence, both included; null is up to the head. */
export interface Range {
  readonly from: number
  readonly to: number | null
}

const WHOLE: Range = { from: 1, to: null }

export interface Entered {
  readonly chat: ChatRow
  readonly range: Range
  /** The same in the agents' sequence. */
  readonly part: Part
  /** Whether the principal is among the chat's users now. */
  readonly present: boolean
}

export async function enter(ctx: Context, action: ActionName, chat_id: string): Promise<Entered> {
  const { principal, store } = ctx
  if (principal.type === 'backend') return { chat: await chatOf(ctx, action, chat_id), range: WHOLE, part: WHOLE, present: false }
  const rule = ruleFor(principal, action)
  if (rule === 'bots' && !principal.bot) throw new Refusal('authorization', `unable to ${action}; only bots may`)
  if (rule === 'never') throw new Refusal('authorization', `unable to ${action}; only others than a ${principal.type} may`)
  const chat = await chatOf(ctx, action, chat_id)
  const stays = await store.stays(chat_id, principal.id)
  const last = stays.at(-1)
  const present = last !== undefined && last.to_agents === null
  const sees = principal.type === 'agent' && chat.kind === 'support'
  if (!last && !sees) throw chatNotFound(action)
  // BOT7: a bot that has left is let in again before it does anything there.
  if (rule !== 'reads' && !present && (!sees || (last && principal.bot)))
    throw new Refusal('missing_access', `unable to ${action}; you have left the chat`)
  if (sees || !last) return { chat, present, range: WHOLE, part: WHOLE }
  return { chat, present, range: stayIn(chat, last, viewOf(principal)), part: stayIn(chat, last, 'agents') }
}

/** A chat of the organization, whoever is in it. */
export async function chatOf({ principal, store }: Context, action: string, chat_id: string): Promise<ChatRow> {
  const chat = await store.chat(principal.organization_id, chat_id)
  if (!chat) throw chatNotFound(action)
  return chat
}

/** What was seen on entering and is relied on: the chat is open or closed as it was, and the principal in it, or not in it and still somebody. */
export const asEntered = (ctx: Context, { chat, present }: Entered): Precondition[] => [
  { holds: 'active_thread', chat_id: chat.id, thread_id: chat.active_thread_id },
  { holds: 'present', chat_id: chat.id, user_id: ctx.principal.id, present },
  ...(present ? [] : [notErased(ctx.principal)]),
]

/** MEM4: a customer reads a support chat from its beginning, every other chat from the start of the latest stay. */
function stayIn({ kind }: ChatRow, stay: StayRow, view: View): Range {
  const [from, to] = view === 'agents' ? [stay.from_agents, stay.to_agents] : [stay.from_public, stay.to_public]
  return { from: kind === 'support' ? 1 : from, to }
}
