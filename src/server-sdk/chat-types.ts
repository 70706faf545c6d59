/** Chats and events as a back end makes and sees them. Types that are the wire's own are in `protocol/shown.ts`. */
import type { ChatKind, Event, Membership, Properties, Role, ShownChat, Visibility } from '../protocol/shown.ts'

export type {
  ChatKind,
  Event,
  Membership,
  Properties,
  QuotedEvent,
  Rating,
  Reaction,
  Replies,
  Role,
  Thread,
  Visibility,
} from '../protocol/shown.ts'

/** A user as the others in a chat see them. */
export interface ChatUser extends Membership {
  id: string
  type: 'customer' | 'agent' | 'bot'
  name?: string
  nickname?: string
  username?: string
  badge?: string
  email?: string
  avatar?: string
  external_id?: string
}

/** `open` as long as a thread is active: a message into a resolved chat opens it again. */
export type ChatStatus = 'open' | 'resolved'

/** A chat, and who is in it. */
export interface Chat extends ShownChat {
  users: ChatUser[]
  /** To the user whose chats were listed; 0 otherwise. */
  unread_count: number
}

export interface CreateChatParams {
  /** `group` unless told otherwise. A support chat has one customer, and agents or bots. */
  kind?: ChatKind
  name?: string
  /** Of a picture. */
  avatar?: string
  /** So many users may be in it, 2–500; 500 unless told otherwise. */
  user_limit?: number
  /** Data of your own about how it is to be used, at most 16 KB as JSON. Its users see it. */
  settings?: Record<string, unknown>
  /** Users by your ids or ours, 2–500 with the creator among them. Those of your ids that nobody has yet are made. */
  users?: string[]
  /** Becomes one of the users, the only one needed, and the owner of a group. */
  created_by?: string
  properties?: Properties
  /** Any user of the organization may join by themselves; groups only. */
  joinable?: boolean
  /** With it, who comes later reads the chat from its beginning. */
  history?: boolean
  /** A name of your own for the creation: the same again, within a week, answers with the same chat. */
  custom_id?: string
}

export interface UpdateChatParams {
  /** Null takes it away, as it does the next three. */
  name?: string | null
  avatar?: string | null
  /** Who is in it stays, however many they are. */
  user_limit?: number | null
  /** In the place of all that were there. */
  settings?: Record<string, unknown> | null
  joinable?: boolean
  history?: boolean
  /** Merged by namespace and name. */
  properties?: Properties
  status?: ChatStatus
}

/** Who are let into a chat, and as what. */
export interface AddUsersParams {
  /** Your ids of them or ours. Those of your ids that nobody has yet are made. */
  user_ids: string[]
  /** Of groups: `owner` and `admin` change the chat and who is in it; `member` unless told otherwise. */
  role?: Role
  /** Whether they read the chat from its beginning; as the chat has it unless told otherwise. */
  history?: boolean
}

interface Sent {
  /** The user in whose name: your id or ours. `system`, or none, is nobody, for `system` and `custom`. */
  user_id?: string
  /** The event that it replies to: users find it among the replies to that, and not in the chat itself. A reply to a reply stands beside it. */
  reply_to_id?: string
  /** An event of the chat that is shown with it, as that is by then. */
  quoted_event_id?: string
  /** Users of the chat whom it names, and who are told so: their ids here, not yours; at most 50. */
  mentions?: string[]
  properties?: Properties
  /** `agents` makes a private note. */
  visibility?: Visibility
  /** A name of your own for it: the same again in the same chat is the same event. */
  custom_id?: string
}

interface Suggesting {
  /** Answers that it suggests to the customer: up to 10, of 80 characters. */
  quick_replies?: string[]
}

/**
 * What can be sent. `text` is a message of at most 16 KB, of up to ten files that were uploaded and are in no other event, or of
 * both; `image` and `file` are of one such file.
 */
export type SendEventParams =
  | (Sent & Suggesting & { type: 'text'; text: string; file_ids?: string[] })
  | (Sent & Suggesting & { type: 'text'; text?: string; file_ids: string[] })
  | (Sent & { type: 'system'; text: string })
  | (Sent & { type: 'image' | 'file'; file_id: string })
  | (Sent & { type: 'custom'; content?: Record<string, unknown> })

export interface EditEventParams {
  /** Of a message or a system message. */
  text?: string
  /** Of a custom event. */
  content?: Record<string, unknown>
  /** In the place of all that were there. */
  properties?: Properties
}

export interface SentEvent {
  chat_id: string
  thread_id: string
  seq: number
  event: Event
}
