/** Which message there is to tell of: the last one of somebody else in the chat that moved last. */
import type { Chat } from '../../protocol/chats.ts'
import type { ChatUser } from '../../protocol/users.ts'
import { lineOf } from '../../ui/plain-text.ts'

export interface News {
  readonly chat: string
  readonly author: ChatUser | undefined
  readonly text: string
}

/** The chats as listed, the most recent first. */
export function newsOf(chats: readonly Chat[]): News | undefined {
  const chat = chats.find(({ unread_count }) => unread_count > 0)
  if (!chat?.last_event) return undefined
  const author = chat.users.find(({ id }) => id === chat.last_event?.author_id)
  const text = lineOf(chat.last_event)
  return text === undefined ? undefined : { chat: chat.id, author, text }
}
