/** Chats that only this device knows of, as a list shows them; and what is said of a chat as a whole. */
import type { Chat } from '../../protocol/chats.ts'
import type { PushPayload } from '../../protocol/pushes.ts'

export function provisionalChat(id: string, at: number): Chat {
  const time = new Date(at).toISOString()
  return {
    id,
    kind: 'support',
    active: true,
    created_at: time,
    seq: 0,
    from_seq: 1,
    users: [],
    properties: {},
    last_event_per_type: {},
    last_activity_at: time,
    unread_count: 0,
  }
}

/** As it is now: what is not said of it, it has not. */
export const described = (chat: Chat, { name, avatar, joinable, user_limit, settings }: PushPayload<'chat_updated'>): Chat =>
  ({ ...chat, name, avatar, joinable, user_limit, settings }) as Chat
