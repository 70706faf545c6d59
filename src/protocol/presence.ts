/** Who is there to answer. */
import { MAX_ONLINE_AGENTS } from './limits.ts'
import { closed, open, Type } from './schema.ts'
import { Agent } from './users.ts'

export const presence = {
  /** Some of the agents who are connected just now, and whether any is. */
  listOnlineAgents: {
    request: closed({}),
    response: open({ agents: Type.Array(Agent, { maxItems: MAX_ONLINE_AGENTS }), online: Type.Boolean() }),
  },
}
