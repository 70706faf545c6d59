/** What coming and leaving does to a chat's users. */
import type { Chat } from '../../protocol/chats.ts'
import type { PushPayload } from '../../protocol/pushes.ts'

export const userAdded = (chat: Chat, { user }: PushPayload<'user_added_to_chat'>): Chat => {
  const before = chat.users.find(({ id }) => id === user.id)
  // A mark never moves back: the entry may be older than what is known of the user.
  const seen_seq = Math.max(before?.seen_seq ?? 0, user.seen_seq)
  return { ...chat, users: [...chat.users.filter((other) => other !== before), { ...before, ...user, seen_seq }] }
}

export const userRemoved = (chat: Chat, { user_id }: PushPayload<'user_removed_from_chat'>): Chat => ({
  ...chat,
  users: chat.users.map((user) => (user.id === user_id ? { ...user, present: false } : user)),
})
