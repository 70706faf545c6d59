/** How far the reader's own log is known: chats gained and lost, and changes of the own profile. RES7 */
import type { UserPush } from '../../protocol/pushes.ts'
import type { Client } from './client.ts'

export interface UserLog {
  /** What to name at login. */
  held(): { user_seq?: number }
  welcome(head: number): void
}

/** The client acts on each entry as it comes; this sees to it that none is missed. */
export function createUserLog({ ask, events }: Client): UserLog {
  let seq = -1
  /** The highest number heard of. */
  let goal = -1
  let catching = false

  async function catchUp() {
    if (catching) return
    catching = true
    try {
      while (seq < goal) {
        const { entries } = await ask('sync_user', { after: seq, limit: 100 })
        const [last] = (entries as UserPush[]).slice(-1)
        // Numbers that bring no entry are skipped.
        seq = Math.max(seq, last?.payload.user_seq ?? goal)
      }
    } catch {
      // The next login names the place where it stopped.
    }
    catching = false
  }

  events.on('push', ({ payload }) => {
    const { user_seq } = payload as { user_seq?: number }
    if (!user_seq) return
    goal = Math.max(goal, user_seq)
    // What comes meanwhile says nothing of what is still being fetched.
    if (user_seq === seq + 1) seq = user_seq
    else catchUp()
  })

  return {
    held: () => (seq < 0 ? {} : { user_seq: seq }),
    welcome(head) {
      if (seq < 0 || seq > head) seq = head
      goal = head
      catchUp()
    },
  }
}
