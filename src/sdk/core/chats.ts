/** A chat that only this device knows of, as a list shows it. */
import type { Chat } from '../../protocol/chats.ts'

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
