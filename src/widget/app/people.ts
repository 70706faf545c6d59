/** The people of a chat, as the customer thinks of them: those who answer. */
import type { ChatUser } from '../../protocol/users.ts'
import { listed } from '../../ui/names.ts'

export function agentsOf(users: readonly ChatUser[]): ChatUser[] {
  return users.filter((user) => user.type === 'agent')
}

export function namesOf(users: readonly { readonly name?: string }[], locale: string): string {
  return listed(
    users.map((user) => user.name ?? ''),
    locale,
  )
}

/** How far any agent has read; what a customer wants to know is whether somebody did. */
export function seenByAgents(users: readonly ChatUser[]): number {
  return Math.max(0, ...agentsOf(users).map((user) => user.seen_seq))
}
