/** What coming and leaving does to a chat's users. */
import type { Chat } from '../../protocol/chats.ts'
import type { PushPayload } from '../../protocol/pushes.ts'
import type { ChatUser } from '../../protocol/users.ts'

export const userAdded = (chat: Chat, { user }: PushPayload<'user_added_to_chat'>): Chat => {
  const before = chat.users.find(({ id }) => id === user.id)
  // A mark never moves back: the entry may be older than what is known of the user.
  const added = before && before.seen_seq > user.seen_seq ? { ...before, ...user, seen_seq: before.seen_seq } : user
  return { ...chat, users: [...chat.users.filter((other) => other !== before), added as ChatUser] }
}

export const userRemoved = (chat: Chat, { user_id }: PushPayload<'user_removed_from_chat'>): Chat => ({
  ...chat,
  users: chat.users.map((user) => (user.id === user_id ? { ...user, present: false } : user)),
})
