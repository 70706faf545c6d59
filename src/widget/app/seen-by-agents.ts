/** How far any agent has read; what a customer wants to know is whether somebody did. */
import type { ChatUser } from '../../protocol/users.ts'
import { agentsOf } from './people.ts'

export const seenByAgents = (users: readonly ChatUser[]): number => Math.max(0, ...agentsOf(users).map((user) => user.seen_seq))
