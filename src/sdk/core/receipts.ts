/** Read marks: what one does to a chat, and sending one's own. */
import type { RequestOf, ResponseOf } from '../../protocol/actions.ts'
import type { Chat } from '../../protocol/chats.ts'
import { SEEN_EVERY_MS } from '../../protocol/limits.ts'
import type { PushPayload } from '../../protocol/pushes.ts'
import type { Clock } from '../kit/environment.ts'
import type { Asked } from './ask.ts'
import type { Client } from './client.ts'
import { createPace, type Pace } from './pace.ts'

export function markMoved(chat: Chat, { user_id, seen_seq, seen_up_to }: PushPayload<'events_marked_as_seen'>, me: string): Chat {
  const next = moveMark(chat, user_id, seen_seq, seen_up_to)
  // SEE6: the count is the server's. That nothing is left is all that can be told from here.
  return user_id === me && seen_seq >= (chat.last_event?.seq ?? 0) ? { ...next, unread_count: 0 } : next
}

/** SEE1: only forward. Where it stood on a note the time may still be to come: that is of the last event for all. */
export const moveMark = (chat: Chat, user_id: string, seen_seq: number, at: string | undefined): Chat => ({
  ...chat,
  users: chat.users.map((user) =>
    user.id === user_id && seen_seq >= user.seen_seq ? { ...user, seen_seq, ...(at !== undefined && { events_seen_up_to: at }) } : user,
  ),
})

type Place = Asked<Omit<RequestOf<'mark_events_as_seen'>, 'chat_id'>>

export type Receipts = Pace<Place, ResponseOf<'mark_events_as_seen'>>

/** SEE4 */
export const createReceipts = ({ ask }: Client, clock: Clock): Receipts =>
  createPace(clock, SEEN_EVERY_MS, (chat_id, place) => ask('mark_events_as_seen', { chat_id, ...place }))
