/** Which message there is to tell of: the last one of somebody else in the chat that moved last. */
import type { Chat } from '../../protocol/chats.ts'
import type { ChatUser } from '../../protocol/users.ts'
import { lineOf } from '../../ui/plain-text.ts'

export interface News {
  readonly chat: string
  readonly event: string
  readonly author: ChatUser | undefined
  /** Not there while it is still being written. */
  readonly text: string | undefined
}

/** The chats as listed, the most recent first. */
export function newsOf(chats: readonly Chat[]): News | undefined {
  const chat = chats.find(({ unread_count }) => unread_count > 0)
  return chat && newsIn(chat)
}

/** The same message as it is by now; nothing, if it was taken back. */
export function newsNow(news: News, chats: readonly Chat[]): News | undefined {
  const chat = chats.find(({ id }) => id === news.chat)
  return chat?.last_event?.id === news.event ? newsIn(chat) : news
}

function newsIn({ id, users, last_event }: Chat): News | undefined {
  if (!last_event || last_event.deleted_at) return undefined
  // Of what a bot writes a list of chats knows the first piece, and the whole at its end.
  const text = last_event.streaming ? undefined : lineOf(last_event)
  if (text === undefined && !last_event.streaming) return undefined
  return { chat: id, event: last_event.id, author: users.find((user) => user.id === last_event.author_id), text }
}
