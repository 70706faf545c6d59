/** The reader's own log: chats gained and lost, and changes of the own profile. RES7 */
import type { UserPush } from '../../protocol/pushes.ts'
import type { Ask } from './ask.ts'

export interface UserLog {
  /** What to name at login. */
  held(): { user_seq?: number }
  welcome(head: number): void
  take(entry: UserPush): void
}

export function createUserLog(ask: Ask, onEntry: (entry: UserPush) => void): UserLog {
  let seq: number | undefined
  let catching = false

  async function catchUp(head: number) {
    if (catching) return
    catching = true
    try {
      for (let goal = head; seq !== undefined && seq < goal; ) {
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
    held: () => (seq === undefined ? {} : { user_seq: seq }),
    welcome(head) {
      if (seq === undefined || seq > head) seq = head
      catchUp(head)
    },
    take(entry) {
      const { user_seq } = entry.payload
      if (seq === undefined || user_seq <= seq) return
      if (user_seq > seq + 1 && !catching) return void catchUp(user_seq)
      seq = user_seq
      onEntry(entry)
    },
  }
}
