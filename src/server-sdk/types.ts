/** The public types of the server SDK. Those that are the wire's own are in `protocol/shown.ts`; none needs a library. */
import type { ChatKind, Event, Membership, Properties, ShownChat, Visibility } from '../protocol/shown.ts'

export type { ChatKind, Event, Membership, Properties, Rating, Thread, Visibility } from '../protocol/shown.ts'

/** Flat data of your own about a user. Shown to back ends only. */
export type CustomFields = Record<string, string | number | boolean>

/** What an API key may do; each operation names the one it needs. */
export type Scope =
  | 'auth'
  | 'users:read'
  | 'users:write'
  | 'chats:read'
  | 'chats:write'
  | 'events:read'
  | 'events:write'
  | 'files:read'
  | 'files:write'
  | 'webhooks'

/** Who is suspended is signed out, and gets no token until they are active again. */
export type UserStatus = 'active' | 'suspended'

/** What can be said of a user. */
export interface UserFields {
  /** Of which there is one in the organization. */
  username?: string
  display_name?: string
  nickname?: string
  email?: string
  avatar?: string
  /** A word beside the name, such as `VIP`. */
  badge?: string
  status?: UserStatus
  custom?: CustomFields
}

/** A user of your organization, as a back end sees them. */
export interface User extends UserFields {
  id: string
  type: 'customer' | 'agent' | 'bot'
  /** Your own id of them. Absent on visitors whom you have not vouched for. */
  external_id?: string
  status: UserStatus
  custom: CustomFields
  created_at: string
}

export interface CreateUserParams extends UserFields {
  /** Your own id of them: 1–255 characters. */
  external_id: string
  /** `customer` unless told otherwise. Agents and bots have a `display_name` and an `avatar`, and none of the other fields. */
  type?: User['type']
}

/** Null takes away what was there. */
export type UpdateUserParams = { [F in keyof UserFields]?: UserFields[F] | (F extends 'status' | 'custom' ? never : null) }

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
  /** Users by your ids or ours, 2–500 with the creator among them. Those of your ids that nobody has yet are made. */
  users?: string[]
  /** Becomes one of the users, and the only one needed. */
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
  /** Null takes it away. */
  name?: string | null
  joinable?: boolean
  history?: boolean
  /** Merged by namespace and name. */
  properties?: Properties
  status?: ChatStatus
}

interface Sent {
  /** The user in whose name: your id or ours. `system`, or none, is nobody, for `system` and `custom`. */
  user_id?: string
  properties?: Properties
  /** `agents` makes a private note. */
  visibility?: Visibility
  /** A name of your own for it: the same again in the same chat is the same event. */
  custom_id?: string
}

/** What can be sent. `text` is a message of at most 16 KB, `image` and `file` are of a file that was uploaded. */
export type SendEventParams =
  | (Sent & { type: 'text'; text: string })
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

export interface UserInfo {
  avatar_url?: string
  nickname?: string
  badge?: string
  custom?: CustomFields
}

export interface CreateTokenParams {
  /** Your own id of the user. */
  user_id: string
  user_name?: string
  email?: string
  user_info?: UserInfo
  /** `user` is another word for `customer`, and what is meant when nothing is said. */
  role?: 'user' | 'customer' | 'agent'
  /** Chats that the user is let into at once; at most 50. */
  channels?: string[]
  /** Seconds, 60 to 86400; 24 h unless told otherwise. */
  expires_in?: number
}

export interface Token {
  token: string
  expires_at: string
}

export interface VerifiedToken {
  user: User
  issued_at: string
  expires_at: string
}

export interface Erased {
  user_id: string
  /** What is gone, in words. */
  erased: string[]
  /** What stays without the person: so many chats that name somebody unnamed, and so many events without content. */
  remaining: { chats: number; blanked_events: number }
}

export interface UploadedFile {
  file_id: string
  name: string
  /** Good for an hour. */
  url: string
  /** Decided by the bytes. */
  content_type: string
  size: number
  width?: number
  height?: number
}

export interface StoredFile extends UploadedFile {
  created_at: string
  /** Whether an event has it. One that none has goes after 24 h. */
  used: boolean
}

export interface PendingUpload {
  file_id: string
  /** Where to `PUT` the bytes, within 15 minutes. */
  upload_url: string
  expires_at: string
}
