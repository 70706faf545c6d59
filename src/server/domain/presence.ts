/** Who is there to answer, as customers may know it. */
import { MAX_ONLINE_AGENTS } from '../../protocol/limits.ts'
import type { AgentRow } from '../store/account-rows.ts'
import type { Context, Reply } from './context.ts'
import { presentAgent } from './present.ts'

/** PRE1: the same few as long as they are there, those first who have been agents longest. */
export async function listOnlineAgents(ctx: Context): Promise<Reply> {
  const { agents } = await ctx.store.users(ctx.principal.organization_id, ctx.online())
  const shown = agents.sort(bySeniority).slice(0, MAX_ONLINE_AGENTS)
  return { answer: { agents: shown.map((row) => presentAgent(row, 'public')), online: agents.length > 0 } }
}

const bySeniority = (a: AgentRow, b: AgentRow) => a.created_at - b.created_at || (a.id < b.id ? -1 : 1)
