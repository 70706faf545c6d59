/** The reader's own log: chats gained and lost, and changes of the own profile. RES7 */
import type { UserPush } from '../../protocol/pushes.ts'
import type { Context } from './context.ts'
import type { Replica } from './replica.ts'

export interface UserLog {
  /** What to name at login. */
  held(): { user_seq?: number }
  welcome(head: number): void
  take(entry: UserPush): void
}

/** A chat's own entries come with the word of it mostly, and tell more. */
const PATIENCE_MS = 2_000

export function createUserLog({ environment, ask, emit, live }: Context, replica: Replica): UserLog {
  let seq = -1
  let catching = false

  async function catchUp(head: number) {
    catching = true
    try {
      for (let goal = head; seq < goal; ) {
        // The entries are taken in as those of every answer; numbers that bring none are skipped.
        const page = await ask('sync_user', { after: seq, limit: 100 })
        goal = page.head
        if (!page.entries.length) seq = goal
      }
    } catch {
      // The next login names the place where it stopped.
    }
    catching = false
  }

  return {
    held: () => (seq < 0 ? {} : { user_seq: seq }),
    welcome(head) {
      if (seq < 0 || seq > head) seq = head
      catchUp(head)
    },
    take(entry) {
      const { user_seq, chat_id } = entry.payload as { user_seq: number; chat_id: string }
      if (user_seq <= seq) return
      if (user_seq > seq + 1 && !catching) return void catchUp(user_seq)
      seq = user_seq
      if (entry.action === 'user_chat_added') environment.clock.after(PATIENCE_MS, () => void (live() && replica.want(chat_id)))
      if (entry.action === 'user_chat_removed') replica.drop(chat_id)
      emit('user', entry)
    },
  }
}
