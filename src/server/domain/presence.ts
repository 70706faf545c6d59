/** Who is there: to answer, as customers may know it, and of a chat, as its users may. */
import type { RequestOf, ResponseOf } from '../../protocol/actions.ts'
import { MAX_ONLINE_AGENTS } from '../../protocol/limits.ts'
import type { AgentRow } from '../store/account-rows.ts'
import { enter } from './access.ts'
import type { Context, Online, Reply } from './context.ts'
import { presentAgent, time } from './present.ts'

/** PRE1: the same few as long as they are there, those first who have been agents longest. */
export async function listOnlineAgents(ctx: Context): Promise<Reply> {
  const { agents } = await ctx.store.users(ctx.principal.organization_id, ctx.online())
  const shown = agents.sort(bySeniority).slice(0, MAX_ONLINE_AGENTS)
  return { answer: { agents: shown.map((row) => presentAgent(row, 'public')), online: agents.length > 0 } }
}

/** PRE3 */
export async function getPresence(ctx: Context, { chat_id }: RequestOf<'get_presence'>): Promise<Reply> {
  const { chat } = await enter(ctx, 'get_presence', chat_id)
  const online = await ctx.presence(chat.id)
  // Other processes were asked, and meanwhile one may have been removed.
  await enter(ctx, 'get_presence', chat_id)
  return { answer: presenceAnswer(online) }
}

export const presenceAnswer = (online: readonly Online[]): ResponseOf<'get_presence'> => ({ users: presentOnline(online) })

export const presentOnline = (online: readonly Online[]) => online.map(({ user_id, since }) => ({ user_id, online_at: time(since) }))

const bySeniority = (a: AgentRow, b: AgentRow) => a.created_at - b.created_at || (a.id < b.id ? -1 : 1)
