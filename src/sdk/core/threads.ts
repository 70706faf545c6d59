/** What opening, closing and rating a thread does to its chat. */
import type { Chat } from '../../protocol/chats.ts'
import type { PushPayload } from '../../protocol/pushes.ts'

/** The chat comes with the entry, as it stood when that was shaped: possibly further on than the entry itself. */
export const threadOpened = (_: Chat, { chat }: PushPayload<'incoming_chat'>): Chat => chat

export function threadClosed({ waiting_since: _, ...chat }: Chat, { thread_id, created_at }: PushPayload<'chat_deactivated'>): Chat {
  const { thread } = chat
  return { ...chat, active: false, ...(thread?.id === thread_id && { thread: { ...thread, active: false, closed_at: created_at } }) }
}

export const threadRated = ({ thread, ...chat }: Chat, { thread_id, rating }: PushPayload<'chat_rated'>): Chat => ({
  ...chat,
  ...(thread && { thread: thread.id === thread_id ? { ...thread, rating } : thread }),
})
