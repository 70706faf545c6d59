/** Chats: their summaries, and starting, resuming, closing and listing them. */
import { Event, NewEvent } from './events.ts'
import { MAX_INITIAL_EVENTS, MAX_PAGE_CHATS_AGENT } from './limits.ts'
import { Properties } from './properties.ts'
import { CustomId, closed, Id, limit, Offset, open, optional, Seq, type Static, Time, Type } from './schema.ts'
import { Thread } from './threads.ts'
import { ChatUser } from './users.ts'

export const ChatKind = Type.Union([Type.Literal('support'), Type.Literal('direct'), Type.Literal('group')])
export type ChatKind = Static<typeof ChatKind>

export const Chat = open({
  id: Id,
  kind: ChatKind,
  active: Type.Boolean(),
  created_at: Time,
  /** The head of the log as the reader counts it. */
  seq: Seq,
  /** The first entry the reader may see. */
  from_seq: Seq,
  users: Type.Array(ChatUser),
  properties: Properties,
  /** The last thread, without its events. */
  thread: optional(Thread),
  last_event: optional(Event),
  last_event_per_type: Type.Record(Type.String(), Event),
  /** When the last event came; chats are listed by it. */
  last_activity_at: Time,
  /** Events of others after the reader's mark, counted to 100. */
  unread_count: Type.Integer(),
  /** Agents only: since when the customer waits for an answer. */
  waiting_since: optional(Time),
})
export type Chat = Static<typeof Chat>

const initial = optional(
  closed({ events: optional(Type.Array(NewEvent, { maxItems: MAX_INITIAL_EVENTS })), properties: optional(Properties) }),
)
const opened = open({
  chat: Chat,
  /** Every entry that the request made, in order; the reader's other sockets get them as pushes. */
  entries: Type.Array(Type.Unknown()),
})

export const chats = {
  start: {
    request: closed({
      /** The same id again answers with the same chat. */
      custom_id: optional(CustomId),
      chat: optional(closed({ properties: optional(Properties), thread: initial })),
      /** False starts the chat without an active thread. */
      active: optional(Type.Boolean()),
    }),
    response: opened,
  },
  resume: {
    request: closed({ chat: closed({ id: Id, properties: optional(Properties), thread: initial }) }),
    response: opened,
  },
  deactivate: {
    request: closed({ id: Id }),
    response: open({ entries: Type.Array(Type.Unknown()) }),
  },
  get: {
    request: closed({ chat_id: Id }),
    response: open({ chat: Chat }),
  },
  /** Most recent activity first. By `offset`, or onward by the `page_id` of the answer before. */
  list: {
    request: closed({
      filters: optional(closed({ active: optional(Type.Boolean()) })),
      offset: optional(Offset),
      page_id: optional(Type.String({ maxLength: 512 })),
      limit: optional(limit(MAX_PAGE_CHATS_AGENT, 10)),
    }),
    response: open({ chats_summary: Type.Array(Chat), total_chats: Type.Integer(), next_page_id: optional(Type.String()) }),
  },
}
