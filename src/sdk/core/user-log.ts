/** How far the reader's own log is known: chats gained and lost, and changes of the own profile. RES7 */
import type { Client } from './client.ts'

export interface UserLog {
  /** What to name at login. */
  held(): { user_seq?: number }
  welcome(head: number): void
}

/** The client acts on each entry as it comes; this sees to it that none is missed. */
export function createUserLog({ ask, events }: Client): UserLog {
  let seq = -1
  let catching = false

  async function catchUp(head: number) {
    if (catching) return
    catching = true
    try {
      for (let goal = head; seq < goal; ) {
        const { entries, head } = await ask('sync_user', { after: seq, limit: 100 })
        goal = head
        // Numbers that bring no entry are skipped.
        if (!entries.length) seq = goal
      }
    } catch {
      // The next login names the place where it stopped.
    }
    catching = false
  }

  events.on('user', ({ payload: { user_seq } }) => {
    if (catching || user_seq === seq + 1) seq = Math.max(seq, user_seq)
    else catchUp(user_seq)
  })

  return {
    held: () => (seq < 0 ? {} : { user_seq: seq }),
    welcome(head) {
      if (seq < 0 || seq > head) seq = head
      catchUp(head)
    },
  }
}
