/** The public types of `porchlight/rich`. What is the wire's own is in `protocol/shown.ts`. */
import type {
  Agent,
  Customer,
  Event,
  Membership,
  Properties,
  QuotedEvent,
  Reaction,
  Replies,
  ShownChat,
  UploadedFile,
  Visibility,
} from '../../protocol/shown.ts'

export type {
  Agent,
  ChatKind,
  Customer,
  Event,
  Membership,
  Properties,
  QuotedEvent,
  Reaction,
  Replies,
  Role,
  UploadedFile,
  Visibility,
} from '../../protocol/shown.ts'

/** Ends the call: it rejects with the signal's own reason. What was sent cannot be taken back. */
export interface Options {
  signal?: AbortSignal
}

/** What an instance must have to be extended: that of a customer, by `init`, or that of an agent, by `initAgent`. */
export interface Instance {
  // biome-ignore lint/suspicious/noExplicitAny: each instance has names and data of its own.
  on(name: '*', listener: (name: any, data: any) => void): () => void
  request<T = unknown>(action: string, payload?: object, options?: Options): Promise<T>
  // biome-ignore lint/suspicious/noExplicitAny: a customer's resolves with nothing, an agent's with the agent.
  connect(): any
  disconnect(): void
  destroy(): void
}

/** An event as the customer's instance tells it. Fields that are not named here are passed on as they are. */
export interface ChatEvent {
  id: string
  type: string
  thread: string
  author?: string
  /** Unix time in milliseconds. */
  timestamp: number
  /** Its place in the log. */
  seq: number
  customId?: string
  text?: string
  content?: Record<string, unknown>
  properties?: Properties
  /** Of an event of type `file`. */
  name?: string
  url?: string
  contentType?: string
  size?: number
  width?: number
  height?: number
  attachments?: UploadedFile[]
  /** Of a reply: the event that it belongs to. */
  reply_to_id?: string
  replies?: Replies
  quoted_event?: QuotedEvent
  mentions?: string[]
  reactions?: Reaction[]
  edited_at?: string
  deleted_at?: string
  [field: string]: unknown
}

/** Events come in the shape that the instance gives them: a customer's in the words of its API, an agent's in those of the wire. */
export type EventOf<S> = S extends { startChat: unknown } ? ChatEvent : Event

export type ChatUser = (Customer & Membership) | (Agent & Membership)

/** A chat as the wire has it, and who is in it. */
export interface Chat extends ShownChat {
  users: ChatUser[]
}

/** What can be said of a chat. */
export interface ChatDetails {
  name?: string
  /** The address of a picture. */
  avatar?: string
  /** 2 to 500. */
  userLimit?: number
  /** Your own data about how the chat is to be used, at most 16 KB as JSON. */
  settings?: Record<string, unknown>
  /** Whether any user of the organization may join the group by themselves. */
  joinable?: boolean
  /** Whether who comes later reads the chat from its beginning. */
  history?: boolean
  /** Your own data, by namespace and name. */
  properties?: Properties
}

export interface NewChat extends ChatDetails {
  /** A group, unless told otherwise. */
  kind?: 'direct' | 'group'
  /** Your own ids of the others, or ours. Whom nobody knows yet is made. */
  users?: string[]
  /** The same id again is the same chat. */
  customId?: string
}

/** Null takes away. */
export type ChatChanges = { [N in keyof ChatDetails]: ChatDetails[N] | (N extends 'joinable' | 'history' | 'properties' ? never : null) }

export interface NewMessage {
  /** Not needed where there are attachments. */
  text?: string
  /** The id of the event that it is a reply to: it is told in the feed of replies, and not in the chat's. */
  replyTo?: string
  /** The id of the event to quote. */
  quotes?: string
  /** Ids of up to 50 users whom it names, and who are told. */
  mentions?: string[]
  /** Ids of up to 10 files, from `uploadFile`. */
  attachments?: string[]
  /** One's own name for it: the same again is the same message. Customers only. */
  customId?: string
  properties?: Properties
  /** `agents` is a private note. Agents only. */
  visibility?: Visibility
}

/** A `Blob` or `File`; its name is the file's where none is given. */
export interface FileSource {
  readonly size: number
  readonly type: string
  readonly name?: string
}

export interface EventChanges {
  text?: string
  /** Of an event of type `custom`. */
  content?: Record<string, unknown>
  /** In the place of those that were there. */
  mentions?: string[]
}

export interface EventPage<E> {
  events: E[]
  hasMore: boolean
  /** Where the log ended when the page was read. */
  seq: number
}

export interface RepliesPage<E> extends EventPage<E> {
  /** What they come to; null when there is none left. */
  replies: Replies | null
}

/** A user who is connected. */
export interface Online {
  user_id: string
  /** Since when, as far as it is known: RFC 3339. */
  online_at: string
}

/** Who of a chat is there, by their ids. */
export type Presence = Readonly<Record<string, Online>>

/** What your own application knows of a user. */
export interface UserProfile {
  displayName?: string
  avatarUrl?: string
  [field: string]: unknown
}

/** Resolves your own id of a user to what you know of them; null for whom you do not know. */
export type UserResolver = (externalId: string) => UserProfile | null | Promise<UserProfile | null>

export interface RichOptions {
  /** Asked once for each user, however many want to know at once. */
  userResolver?: UserResolver
}

/** `reconnecting`: there was a connection before. `closed`: by `disconnect` or `destroy`, or because the server will not have it. */
export type Status = 'idle' | 'connecting' | 'connected' | 'reconnecting' | 'closed'

/** Word of a chat for a list of one's own: after each event in it, and when something is said of it anew. */
export interface ChatUpdate {
  chat: string
  /** How its last event begins, in 80 characters at most, or the name of its file; absent when that says nothing, or is not what changed. */
  preview?: string
  /** The place of the last event. */
  seq?: number
  /** Who caused it, which may be oneself; null when nobody did. */
  by_user_id: string | null
  name?: string
  avatar?: string
  joinable?: boolean
  user_limit?: number
  settings?: Record<string, unknown>
}

/** What is told beside what the instance itself tells. */
export interface RichEvents {
  status_changed: Status
  chat_updated: ChatUpdate
  /** Who of the chat is there, as it is now: after `getPresence`, and after each change. */
  presence: { chat: string; users: Presence }
}

/** A list of chats that follows what happens. */
export interface ChatListState {
  /** The most recently active first. */
  chats: readonly Chat[]
  hasMore: boolean
  loading: boolean
  /** False until the first page is there. */
  loaded: boolean
}

export interface ChatList {
  readonly state: ChatListState
  /** Calls back after each change. Returns the way to stop. */
  subscribe(listener: (state: ChatListState) => void): () => void
  loadMore(): Promise<void>
  /** Follows nothing any more. */
  close(): void
}

/** One chat. The same object for the same chat, however often it is asked for. */
export interface ChatHandle {
  readonly id: string
  /** Who is there, as far as it was told; nobody before `getPresence`. */
  readonly presence: Presence
  /**
   * Hears what happens in this chat. Who listens to `presence` late is told at once who is there.
   * @example sdk.chat(id).on('new_event', ({ event }) => show(event))
   */
  // biome-ignore lint/suspicious/noExplicitAny: the data are those of the instance's event of that name.
  on(name: string, listener: (data: any) => void): () => void
  /** Stops all that listen through this handle; asked for again, another takes its place. */
  close(): void
}
