/** Who is there: to answer, and of the users of a chat. */
import { MAX_ONLINE_AGENTS } from './limits.ts'
import { closed, Id, open, Time, Type } from './schema.ts'
import { Agent } from './users.ts'

/** A user who is there, and since when. */
const Online = open({ user_id: Id, online_at: Time })

export const presence = {
  /** Some of the agents who are connected just now, and whether any is. */
  listOnlineAgents: {
    request: closed({}),
    response: open({ agents: Type.Array(Agent, { maxItems: MAX_ONLINE_AGENTS }), online: Type.Boolean() }),
  },
  /** Those users of a chat who are connected just now. Over a socket, what changes from the answer on is pushed. */
  get: {
    request: closed({ chat_id: Id }),
    response: open({ users: Type.Array(Online) }),
  },
}

export const PresenceChange = open({ chat_id: Id, joins: Type.Array(Online), leaves: Type.Array(Id) })
