/** What an entry does to events: a new one to its chat, any to those that are held. */
import type { Chat } from '../../protocol/chats.ts'
import type { Amends, Event, QuotedEvent } from '../../protocol/events.ts'
import { MAX_UNREAD } from '../../protocol/limits.ts'
import type { PushPayload } from '../../protocol/pushes.ts'
import { moveMark } from './receipts.ts'

/** What pushes about events that are there carry. */
export interface Amending extends Partial<Pick<PushPayload<'incoming_event_piece'>, 'event_id' | 'offset' | 'text'>> {
  readonly event?: Event
  readonly amends?: Amends
  readonly quote?: QuotedEvent
}

/** A held event as the push leaves it; the same object where that is about others. */
export function amended(held: Event, { event, amends, quote, event_id, offset = 0, text = '' }: Amending): Event {
  const { id, quoted_event, text: before = '' } = held
  if (event?.id === id) return event
  // BOT3: what lies behind a hole comes again.
  if (event_id === id && held.streaming && before.length >= offset && before.length < offset + text.length) {
    return { ...held, text: before.slice(0, offset) + text }
  }
  if (amends?.id === id) return { ...held, ...amends } as Event
  return quote && quoted_event?.id === quote.id ? { ...held, quoted_event: quote } : held
}

/** The same for a chat that shows one. What its preview and the last events of each type say may be there no longer. */
export const eventAmended = ({ last_event_preview: _, ...chat }: Chat, entry: Amending): Chat => ({
  ...chat,
  last_event_per_type: {},
  ...(chat.last_event && { last_event: amended(chat.last_event, entry) }),
})

export function eventAdded(chat: Chat, { event, thread_id }: PushPayload<'incoming_event'>, me: string): Chat {
  const own = event.author_id === me
  const { thread, unread_count } = chat
  const next: Chat = {
    ...chat,
    last_event: event,
    last_activity_at: event.created_at,
    // SEE3: who writes has seen what was there.
    unread_count: own ? 0 : Math.min(MAX_UNREAD, unread_count + 1),
    ...(thread?.id === thread_id && { thread: { ...thread, total_events: thread.total_events + 1 } }),
  }
  return event.author_id === undefined ? next : moveMark(next, event.author_id, event.seq, event.created_at)
}
