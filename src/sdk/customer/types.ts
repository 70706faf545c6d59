/** The public types of the customer SDK: its methods, its events and their shapes, in the words of the API it continues. */

import type { PageDisconnectReason } from '../../protocol/disconnects.ts'

/** Unix time in milliseconds. */
export type Timestamp = number

export interface Config {
  /** The organization's public number. */
  license: number | string
  /** The registered front end this page is. */
  clientId: string
  /** The server's address, such as `https://chat.example.com`. The script tag's own origin where there is one, else required. */
  server?: string
  /** Kept for code written for React Native; unused, as no page has to be redirected to. */
  redirectUri?: string
  /**
   * Asks the page's own back end for an identity token of who is signed in there; null means nobody, who is anonymous. It is
   * asked again before the token ends. With it nothing is kept or sent before the answer.
   */
  getToken?: () => Promise<string | null> | string | null
  /**
   * Replaces how the SDK gets its tokens altogether: called once, when the first token is needed. Calls of the provider
   * at the same time are one. From chat.io's successor.
   */
  identityProvider?: () => IdentityProvider
  /** Connect at once; true unless told otherwise. Without it `connect()` does. */
  autoConnect?: boolean
  /** The page the customer is on, shown to agents. */
  page?: CustomerPage
  /** The address that led to it, shown to agents. */
  referrer?: string
  /** Asked before every login: who the customer is. */
  customerDataProvider?: () => CustomerDetails | Promise<CustomerDetails>
  /** Used in the place of the platform's own, also for files, of whose upload it tells the beginning and the end alone. */
  fetch?: Fetch
  /** The socket's address, where it is not the server's usual one. */
  wsUrl?: string
  /** How often in a row connecting may fail before the SDK gives up, with `disconnected`; it never does unless told. `connect()` tries anew. */
  maxRetries?: number
  /** The wait before the next try is random, from 0 to this (500 ms), doubled with each failure … */
  baseBackoffMs?: number
  /** … up to this (30 s). */
  maxBackoffMs?: number
  /** Whether anything may be stored: `memory` keeps all for this page only. */
  storage?: 'durable' | 'memory'
}

export interface CustomerPage {
  url: string
  title?: string
}

/** What customers may say of themselves. */
export interface CustomerDetails {
  name?: string
  email?: string
  avatar?: string
  /** Whatever else is worth knowing. At most 100. */
  fields?: Record<string, string>
}

/** As far as the SDK uses it. */
export type Fetch = (
  url: string,
  init: { method: string; headers?: Record<string, string>; body?: string | FormData | null; signal?: AbortSignal },
) => Promise<{ readonly status: number; text(): Promise<string> }>

/** A last argument of every call that asks the server: an abort rejects with the signal's own reason, and nothing is tried again. What is sent cannot be taken back. */
export interface Options {
  signal?: AbortSignal
}

export interface Rating {
  value: 'good' | 'bad'
  comment?: string
}

/** Tokens from elsewhere, in the place of the SDK's own. From chat.io's successor. */
export interface IdentityProvider {
  getToken(): Promise<Token>
  getFreshToken(): Promise<Token>
  hasToken(): Promise<boolean>
  invalidate(): Promise<void>
}

export interface Token {
  accessToken: string
  tokenType: 'Bearer'
  /** How long it was good for when it was made, in ms. */
  expiresIn: number
  /** When it was made. */
  creationDate: Timestamp
  /** The customer's id. */
  entityId: string
}

/** An item of a thread. Types this SDK does not know are passed on as they come. */
export interface ChatEvent {
  id: string
  type: string
  author?: string
  timestamp: Timestamp
  thread: string
  /** Only when the sender gave one. */
  customId?: string
  text?: string
  properties?: Properties
  /** The number of the log entry that brought it. */
  seq?: number
  [field: string]: unknown
}

export type Properties = Record<string, Record<string, string | number | boolean>>

/** Names of properties, by namespace. */
export type PropertyNames = Record<string, string[]>

export interface User {
  id: string
  type: 'customer' | 'agent' | 'bot'
  name?: string
  email?: string
  avatar?: string
  fields?: Record<string, string>
}

export interface ChatSummary {
  id: string
  users: string[]
  active: boolean
  order: number
  properties: Properties
  lastEvent?: ChatEvent
  lastEventsPerType: Record<string, ChatEvent>
  lastSeenTimestamps: Record<string, Timestamp | null>
  /** Counted by the server, to 100. */
  unreadCount: number
}

export interface ChatsSummary {
  chatsSummary: ChatSummary[]
  totalChats: number
}

export interface StartedChat {
  id: string
  users: string[]
  threads: string[]
  properties: Properties
}

export interface Thread {
  id: string
  chat: string
  active: boolean
  order: number
  users: string[]
  properties: Properties
  /** The customer's own, when there is one. */
  rating?: Rating
  events: ChatEvent[]
}

export interface Chat {
  id: string
  active: boolean
  users: User[]
  properties: Properties
  /** The one asked for, or the last; null while there is none. */
  thread: Thread | null
}

export interface ThreadSummary {
  id: string
  chat: string
  order: number
  totalEvents: number
}

export interface NewEvent {
  type: string
  text?: string
  content?: Record<string, unknown>
  /** Of an event of type `file`: what `uploadFile` resolved with. */
  fileId?: string
  /** One's own name for it, not beginning with `~`: seen by everyone in the chat, and never two events of one name. */
  customId?: string
  properties?: Properties
  /** Whatever else its type has. */
  [field: string]: unknown
}

export interface ThreadsSummary {
  threadsSummary: ThreadSummary[]
  totalThreads: number
}

interface Reacted {
  chat: string
  thread: string
  event: string
  emoji: string
  /** Who did it. */
  user_id: string
  amends: { id: string; reactions: { emoji: string; user_ids: string[] }[] }
}

/** What the replies to an event come to; null when there is none any more. */
interface Amends {
  id: string
  replies?: { count: number; last_at: string; last_user_ids: string[] } | null
}

/** What the SDK tells, by name. */
export interface Events {
  /** For the first time. */
  connected: ChatsSummary
  connection_lost: undefined
  /** Each time after that: by itself after a loss, or by `connect` after `disconnect`. */
  connection_restored: ChatsSummary
  customer_id: string
  /**
   * Why; one of a closed list. The SDK comes back by itself, except after `license_not_found`, `logged_out_remotely`,
   * `unsupported_version`, `unsupported` and final refusals such as `authentication`. `identity_changed`: another customer
   * has taken over, and all that follows is about them.
   */
  disconnected: PageDisconnectReason
  last_seen_timestamp_updated: { chat: string; user: string; timestamp: Timestamp }
  /** Of a reply `amends` says what the replies to the event that it belongs to come to now. */
  new_event: { chat: string; event: ChatEvent; amends?: Amends }
  user_data: User
  /** What was set, and nothing else. */
  chat_properties_updated: { chat: string; properties: Properties }
  chat_properties_deleted: { chat: string; properties: PropertyNames }
  chat_thread_properties_updated: { chat: string; thread: string; properties: Properties }
  chat_thread_properties_deleted: { chat: string; thread: string; properties: PropertyNames }
  event_properties_updated: { chat: string; thread: string; event: string; properties: Properties }
  event_properties_deleted: { chat: string; thread: string; event: string; properties: PropertyNames }
  /** What it says now is not what it said; `quote` is how events that quote it show it from now on. Porchlight's own, as the four below. */
  event_updated: { chat: string; thread: string; event: ChatEvent; quote: { id: string }; amends?: Amends }
  /**
   * More of a message that a bot is writing, whose event has `streaming` until it ends: it stands at `offset` of the text. Who holds less
   * than that leaves it out, and has the whole of it a second later.
   */
  incoming_event_piece: { chat: string; thread: string; event: string; offset: number; text: string }
  /** Nothing of its content is left: `deleted_at` says since when. */
  event_deleted: { chat: string; thread: string; event: ChatEvent; quote: { id: string }; amends?: Amends }
  /** The reactions to an event are not what they were: `amends` has them all, as `porchlight/rich` does as well. */
  reaction_added: Reacted
  reaction_removed: Reacted
  /** Something happened to an event from before the customer's stay. */
  event_unseen: { chat: string }
  /** An event names the customer. */
  user_mentioned: { chat: string; event: string; author_id?: string; user_seq: number }
  /** The customer is in another chat, or in one less. */
  user_chat_added: { chat: string; user_seq: number }
  user_chat_removed: { chat: string; user_seq: number }
  /** Who of a chat came or went, after `get_presence` was asked. */
  presence_changed: { chat: string; joins: { user_id: string; online_at: string }[]; leaves: string[] }
  /** What is said of it as a whole, as it is now: what is not here it has not. */
  chat_updated: {
    chat: string
    name?: string
    avatar?: string
    joinable?: boolean
    user_limit?: number
    settings?: Record<string, unknown>
  }
  /** It is gone for everyone. */
  chat_deleted: { chat: string }
  /** Null when the rating was withdrawn. */
  chat_rated: { chat: string; thread: string; user_id?: string; rating: Rating | null }
  user_joined_chat: { user: string; chat: string }
  user_left_chat: { user: string; chat: string }
  user_is_typing: { chat: string; user: string }
  user_stopped_typing: { chat: string; user: string }
  /** The browser's storage is missing, full, failing or was deleted: from now on all is kept in memory, and gone with the page. Porchlight's own. */
  storage_unavailable: undefined
  thread_closed: { chat: string }
  thread_summary: ThreadSummary
}
export type EventName = keyof Events

export interface History extends AsyncIterable<ChatEvent[]> {
  /** The next older page, oldest event first. The last page arrives with `done: true`, after it `{done: true, value: []}`. Overlapping calls queue. */
  next(): Promise<{ done: boolean; value: ChatEvent[] }>
}

/** A `Blob` or `File`, or what React Native has in their place. */
export type FileSource =
  | { readonly size: number; readonly type: string }
  | { readonly uri: string; readonly type?: string; readonly name?: string }

/** A file on the server. */
export interface StoredFile {
  fileId: string
  name: string
  /** Holds for an hour. */
  url: string
  /** Decided by the bytes. */
  contentType: string
  size: number
  /** Of images. */
  width?: number
  height?: number
}

/** The event that tells of a file. */
export interface SentFile extends ChatEvent {
  /** Holds for an hour; each event that is read anew has a fresh one. */
  url: string
  name: string
  size: number
  /** Decided by the bytes. */
  contentType: string
}

/** Where a list begins and how long it is. */
export interface Page {
  /** How many to leave out; 0 unless told otherwise. */
  offset?: number
  limit?: number
}
