/** A chat's log made up for a stage: as long as a test wants it, and told as a real server would tell it. */
import type { Chat } from '../protocol/chats.ts'
import type { Event } from '../protocol/events.ts'
import type { LogPush } from '../protocol/pushes.ts'
import { SOME_DAY } from './clock.ts'
import { No, type Stage } from './stage.ts'

export interface Story {
  readonly id: string
  readonly entries: readonly LogPush[]
  /** As of the last entry. */
  readonly chat: Chat
  /** The next entry: somebody says something. It is in the log from now on; whether it is pushed is for a test to say. */
  say(text: string, author?: string): LogPush
  /** The next entry: somebody has seen what was there. It may stand for several. */
  mark(user_id: string, seen_seq: number, several?: number): LogPush
  /** The log is another from now on. */
  forget(): void
}

const at = (seq: number) => new Date(SOME_DAY + seq * 1_000).toISOString()
const isMessage = (entry: LogPush): entry is LogPush & { action: 'incoming_event' } => entry.action === 'incoming_event'

/** Tells a log on a stage, by `get_chat`, `list_chats` and `sync`. It begins with the agent's `length` messages. */
export function tell(stage: Stage, length: number, id = 'chat'): Story {
  let entries: LogPush[] = []
  const thread_id = `${id}-thread`
  const seq = () => {
    const last = entries.at(-1)
    return last ? last.payload.seq : 0
  }
  const put = (entry: LogPush) => {
    entries.push(entry)
    return entry
  }
  const user = (user_id: string, type: 'agent' | 'customer') => {
    const profile = type === 'agent' ? { name: 'Robin' } : { session_fields: [], created_at: at(0) }
    return { id: user_id, type, ...profile, present: true, seen_seq: 0 } as Chat['users'][number]
  }
  const story: Story = {
    id,
    get entries() {
      return entries
    },
    get chat() {
      const last = entries.findLast(isMessage)?.payload.event
      return {
        id,
        kind: 'support' as const,
        active: true,
        created_at: at(0),
        seq: seq(),
        from_seq: 1,
        users: [user('me', 'customer'), user('robin', 'agent')],
        properties: {},
        thread: { id: thread_id, order: 1, active: true, created_at: at(0), user_ids: ['me', 'robin'], total_events: seq() },
        ...(last && { last_event: last }),
        last_event_per_type: last ? { message: last } : {},
        last_activity_at: at(seq()),
        unread_count: 0,
      }
    },
    say(text, author = 'robin') {
      const next = seq() + 1
      const event: Event = {
        id: `${thread_id}_${next}`,
        type: 'message',
        thread_id,
        author_id: author,
        created_at: at(next),
        seq: next,
        text,
      }
      return put({ action: 'incoming_event', payload: { chat_id: id, thread_id, seq: next, created_at: at(next), event } })
    },
    mark(user_id, seen_seq, several = 1) {
      const next = seq() + 1
      const range = several === 1 ? { seq: next } : { from_seq: next, seq: next + several - 1 }
      return put({ action: 'events_marked_as_seen', payload: { chat_id: id, created_at: at(next), ...range, user_id, seen_seq } })
    },
    forget() {
      entries = []
    },
  }
  for (let n = 1; n <= length; n++) story.say(`said ${n}`)
  Object.assign(stage.answers, {
    get_chat: ({ chat_id }: { chat_id?: string }) => (chat_id === id ? { chat: story.chat } : new No('not_found')),
    list_chats: () => ({ chats_summary: [story.chat], total_chats: 1 }),
    sync: ({ after = 0, limit = 100 }: { after?: number; limit?: number }) =>
      after > seq()
        ? new No('history_reset')
        : { epoch: 'first', entries: entries.filter(({ payload }) => payload.seq > after).slice(0, limit), seq: seq() },
  })
  return story
}
