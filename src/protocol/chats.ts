/** Chats: their summaries, and starting, resuming, closing and listing them. */
import { Event, NewEvent } from './events.ts'
import { MAX_CHAT_USERS, MAX_INITIAL_EVENTS, MAX_PAGE_CHATS_AGENT, MAX_PREVIEW_CHARS, MAX_SETTINGS_BYTES } from './limits.ts'
import { listing } from './lists.ts'
import { Properties } from './properties.ts'
import { CustomId, closed, Id, limit, Offset, open, optional, orNull, Seq, type Static, Time, Type, text } from './schema.ts'
import { Thread } from './threads.ts'
import { ChatUser, Role, UserRef } from './users.ts'

export const ChatKind = Type.Union([Type.Literal('support'), Type.Literal('direct'), Type.Literal('group')])
export type ChatKind = Static<typeof ChatKind>

const Settings = Type.Record(Type.String(), Type.Unknown(), { description: `At most ${MAX_SETTINGS_BYTES} bytes as JSON.` })

/** What is said of a chat as a whole, where it is said. */
const described = {
  name: optional(Type.String()),
  avatar: optional(Type.String()),
  /** Any user of the organization may join the group by themselves. */
  joinable: optional(Type.Boolean()),
  /** So many users may be in it, where they are fewer than in any chat. */
  user_limit: optional(Type.Integer()),
  /** Data of whoever made it, about how it is to be used. */
  settings: optional(Settings),
}
export const Described = open(described)
export type Described = Static<typeof Described>

export const Chat = open({
  id: Id,
  kind: ChatKind,
  ...described,
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
  /** How its text begins, or the name of its file. */
  last_event_preview: optional(Type.String({ description: `At most ${MAX_PREVIEW_CHARS} characters.` })),
  last_event_per_type: Type.Record(Type.String(), Event),
  /** When the last event came; chats are listed by it. */
  last_activity_at: Time,
  /** Events of others after the reader's mark, counted to 100. */
  unread_count: Type.Integer(),
  /** Agents only: since when the customer waits for an answer. */
  waiting_since: optional(Time),
})
export type Chat = Static<typeof Chat>

const ChatName = text(255, 1)
const Avatar = text(2048, 1)
const UserLimit = Type.Integer({ minimum: 2, maximum: MAX_CHAT_USERS })
const UserRefs = Type.Array(UserRef, { minItems: 1, maxItems: MAX_CHAT_USERS })
const PeerKind = Type.Union([Type.Literal('direct'), Type.Literal('group')])

/** What can be said when a chat is made. */
const saidOfChat = {
  name: optional(ChatName),
  avatar: optional(Avatar),
  user_limit: optional(UserLimit),
  settings: optional(Settings),
  joinable: optional(Type.Boolean()),
  /** With it, who comes later reads the chat from its beginning. */
  history: optional(Type.Boolean()),
  properties: optional(Properties),
}

/** What can be said of it anew; null takes away. */
const saidAnew = {
  name: optional(orNull(ChatName)),
  avatar: optional(orNull(Avatar)),
  user_limit: optional(orNull(UserLimit)),
  settings: optional(orNull(Settings)),
  joinable: optional(Type.Boolean()),
  history: optional(Type.Boolean()),
  /** Merged by namespace and name. */
  properties: optional(Properties),
}

const initial = optional(
  closed({ events: optional(Type.Array(NewEvent, { maxItems: MAX_INITIAL_EVENTS })), properties: optional(Properties) }),
)
const opened = open({
  chat: Chat,
  /** Every entry that the request made, in order; the reader's other sockets get them as pushes. */
  entries: Type.Array(Type.Unknown()),
})

const leaving = open({ destroyed: Type.Boolean(), entries: Type.Array(Type.Unknown()) })

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
  /** Into a group that can be joined, or nothing for who is there already. */
  join: { request: closed({ chat_id: Id }), response: opened },
  /** Out of a direct or group chat. `destroyed`: they were the last, and the chat is deleted. */
  leave: { request: closed({ chat_id: Id }), response: leaving },
  /** A direct or group chat with others, who are made when they are first named. */
  create: {
    request: closed({
      kind: optional(PeerKind),
      /** Beside who asks: one for a direct chat, up to 499 for a group. */
      users: optional(UserRefs),
      ...saidOfChat,
      /** The same id again answers with the same chat. */
      custom_id: optional(CustomId),
    }),
    response: opened,
  },
  update: {
    request: closed({ chat_id: Id, ...saidAnew }),
    response: open({ chat: Chat, entries: Type.Array(Type.Unknown()) }),
  },
  /** Who is in it now. */
  listUsers: { request: closed({ chat_id: Id }), response: open({ users: Type.Array(ChatUser) }) },
  addUsers: {
    /** With `history` they read the chat from its beginning. */
    request: closed({ chat_id: Id, user_ids: UserRefs, role: optional(Role), history: optional(Type.Boolean()) }),
    response: open({ users: Type.Array(ChatUser), entries: Type.Array(Type.Unknown()) }),
  },
  removeUser: { request: closed({ chat_id: Id, user_id: UserRef }), response: leaving },
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

/** `open` as long as a thread is active: a message into a resolved chat opens it again. */
export const ChatStatus = Type.Union([Type.Literal('open'), Type.Literal('resolved')])
export type ChatStatus = Static<typeof ChatStatus>

const byUser = closed({ chat_id: Id, user_id: UserRef })
const oneChat = open({ chat: Chat })

/** For back ends. Users are made when they are first named. */
export const backendChats = {
  create: {
    request: closed({
      kind: optional(ChatKind),
      /** 2–500 with the creator among them; without a creator as many here. */
      users: optional(UserRefs),
      /** Becomes one of the users; without one the back end is the creator. */
      created_by: optional(UserRef),
      ...saidOfChat,
      /** The same id again answers with the same chat. */
      custom_id: optional(CustomId),
    }),
    response: oneChat,
  },
  get: { request: closed({ chat_id: Id }), response: oneChat },
  /** A user's by their activity, or all of the organization, the newest first. */
  list: listing({ user_id: optional(UserRef), kind: optional(ChatKind), status: optional(ChatStatus) }, Chat),
  update: {
    request: closed({ chat_id: Id, ...saidAnew, status: optional(ChatStatus) }),
    response: oneChat,
  },
  /** Hidden from everyone at once; after 30 days it is gone. */
  delete: { request: closed({ chat_id: Id }), response: open({}) },
  addUsers: {
    /** With `history` they read the chat from its beginning. */
    request: closed({ chat_id: Id, user_ids: UserRefs, role: optional(Role), history: optional(Type.Boolean()) }),
    response: oneChat,
  },
  /** `destroyed`: they were the last, and the chat is deleted. */
  removeUser: { request: byUser, response: open({ destroyed: Type.Boolean() }) },
  join: { request: byUser, response: oneChat },
  leave: { request: byUser, response: open({ destroyed: Type.Boolean() }) },
}
