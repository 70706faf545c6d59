/** How far any of the others has read; what a visitor wants to know is whether somebody did. */
import type { ChatUser } from '../../protocol/users.ts'
import { othersIn } from './people.ts'

export const seenByOthers = (users: readonly ChatUser[], me: string | null): number =>
  Math.max(0, ...othersIn(users, me).map((user) => user.seen_seq))
