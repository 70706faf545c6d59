/** The public types of the agent SDK. Those that are the wire's own are in `protocol/shown.ts`; none needs a library. */
import type { Agent, Customer, Event, Membership, Rating, ShownChat, Thread, Visibility } from '../../protocol/shown.ts'

export type {
  Agent,
  ChatKind,
  Customer,
  Event,
  Membership,
  Properties,
  QuotedEvent,
  Rating,
  Reaction,
  Replies,
  Role,
  Thread,
  UploadedFile,
  Visibility,
} from '../../protocol/shown.ts'

/** What a customer did on the site. */
export type Activity =
  | { type: 'page'; url: string; title?: string; created_at: string }
  /** Tracked by the site, in its own words. */
  | { type: 'event'; name: string; data?: Record<string, string | number | boolean>; created_at: string }

export type ChatUser = (Customer & Membership) | (Agent & Membership)

/** A chat, and who is in it. */
export interface Chat extends ShownChat {
  users: ChatUser[]
}

export type ErrorCode =
  | 'validation'
  | 'authentication'
  | 'authorization'
  | 'origin_not_allowed'
  | 'missing_access'
  | 'not_found'
  | 'license_not_found'
  | 'unsupported_action'
  | 'conflict'
  | 'chat_inactive'
  | 'message_deleted'
  | 'history_reset'
  | 'entity_too_large'
  | 'idempotency_mismatch'
  | 'too_many_requests'
  | 'pending_requests_limit_reached'
  | 'internal'
  | 'service_unavailable'

export interface ErrorBody {
  readonly type: ErrorCode
  readonly message: string
  readonly data?: Readonly<Record<string, unknown>>
}

/** How far one's own event has come. `waiting`: kept, not yet under way (offline, or behind another). */
export type Delivery = 'waiting' | 'sending' | 'sent' | 'failed'

export interface EventItem {
  readonly kind: 'event'
  /** Stays the same when an echo becomes a stored event. */
  readonly key: string
  /** Null until stored. */
  readonly seq: number | null
  readonly event: Event
  readonly own: boolean
  readonly delivery: Delivery
  readonly error: ErrorBody | null
}

export interface ThreadClosedItem {
  readonly kind: 'thread_closed'
  readonly key: string
  readonly seq: number
  readonly at: string
  /** Null when the server closed it. */
  readonly user_id: string | null
  readonly thread_id: string
}

export interface MembershipItem {
  readonly kind: 'user_added' | 'user_removed'
  readonly key: string
  readonly seq: number
  readonly at: string
  readonly user_id: string
}

export interface RatedItem {
  readonly kind: 'rated'
  readonly key: string
  readonly seq: number
  readonly at: string
  readonly user_id: string
  /** Null when the rating was withdrawn. */
  readonly value: Rating['value'] | null
}

/** One line of a conversation, in order. */
export type TimelineItem = EventItem | ThreadClosedItem | MembershipItem | RatedItem

export interface Typing {
  readonly user_id: string
  /** What the customer has typed and not sent; null when only the typing itself is known. */
  readonly sneak_peek: string | null
}

/** Everything known of one chat at one moment. A new object after each change; parts that did not change stay identical. */
export interface ConversationState {
  readonly id: string
  readonly provisional: boolean
  readonly active: boolean
  readonly users: readonly ChatUser[]
  readonly thread: Thread | null
  /** A window over the log: contiguous, oldest first, own unsent events last. */
  readonly items: readonly TimelineItem[]
  readonly has_older: boolean
  readonly loading_older: boolean
  /** False until the first page is there. */
  readonly loaded: boolean
  /** The server knows no such chat: nothing will come. */
  readonly gone: boolean
  readonly typing: readonly Typing[]
  readonly unread_count: number
  readonly last_event: Event | null
  readonly last_activity_at: string | null
  readonly waiting_since: string | null
}

/** What a message says of others, and of users. */
export interface MessageReferences {
  /** Puts it among the replies to that event, out of the chat's feed. */
  readonly reply_to_id?: string
  /** It shows that event with it. */
  readonly quoted_event_id?: string
  /** Ids of users whom it names. */
  readonly mentions?: string[]
}

export interface NewMessage extends MessageReferences {
  readonly type: 'message'
  readonly text: string
  readonly visibility?: Visibility
  /** Answers that it suggests to the customer: up to 10, of 80 characters. */
  readonly quick_replies?: string[]
}

/** Where an answer goes that is sent as it comes into being. */
export interface AnswerOptions {
  /** Puts it among the replies to that event. */
  readonly reply_to_id?: string
  /** `agents` makes a private note of it. */
  readonly visibility?: Visibility
}

/** With the end of such an answer. */
export interface AnswerEnd {
  /** Answers that it suggests to the customer: up to 10, of 80 characters. */
  readonly quick_replies?: readonly string[]
}

/** An answer that is sent as it comes into being. */
export interface Answer {
  /** As far as it was told; null before its first words. */
  readonly event: Event | null
  /**
   * Aborted when nothing more of it is wanted, so that the request to a model can be, too. The reason's `code` is `TAKEN_OVER` when a person
   * answers now, `ENDED` when the bot was silent for too long, `ENTITY_TOO_LARGE` when no more fits, `MESSAGE_DELETED`, `SDK_DESTROYED`, or
   * why it was refused, such as `TOO_MANY_REQUESTS`.
   */
  readonly signal: AbortSignal
  /** Adds to it. Never rejects; resolves when there is room for more, so that awaiting it keeps a fast model at the pace of the wire. */
  write(text: string): Promise<void>
  /**
   * The whole of it is said; to be called also when a model has failed. Resolves with the message as it ended, cut off or not; with null where nothing was said, or a person was
   * faster. Rejects where the server would not have it.
   */
  end(end?: AnswerEnd): Promise<Event | null>
}

/** One chat, live. The same object for the same chat. */
export interface Conversation {
  readonly state: ConversationState
  /** Calls back after each change. Returns the way to stop. */
  subscribe(listener: (state: ConversationState) => void): () => void
  /** Loads the first page if it is not there, and keeps the chat caught up while it is open. Returns the way to close. */
  open(): () => void
  loadOlder(): Promise<void>
  /** Resolves when stored, rejects when failed for good. The echo is in `items` at once. */
  send(event: NewMessage): Promise<Event>
  retry(key: string): void
  discard(key: string): void
  /** Marks everything that is loaded as seen. */
  markSeen(): void
  /** Closes the active thread. */
  close(): Promise<void>
}

/** The replies to an event. */
export interface RepliesFeed {
  readonly state: {
    /** Oldest first, own unsent ones last. */
    readonly items: readonly EventItem[]
    /** False until what was said so far is there. */
    readonly loaded: boolean
    /** It could not be loaded. */
    readonly failed: boolean
  }
  /** Calls back after each change. Returns the way to stop. */
  subscribe(listener: (state: RepliesFeed['state']) => void): () => void
  load(): Promise<void>
  /** Follows nothing any more. */
  close(): void
}

export interface ChatListState {
  /** Most recent activity first. */
  readonly chats: readonly Chat[]
  readonly total: number
  readonly has_more: boolean
  readonly loading: boolean
  readonly loaded: boolean
}

/** The organization's support chats, live. */
export interface ChatList {
  readonly state: ChatListState
  subscribe(listener: (state: ChatListState) => void): () => void
  loadMore(): Promise<void>
}

/** `connecting` is the first attempt, `reconnecting` every later one. */
export type ConnectionStatus = 'idle' | 'connecting' | 'connected' | 'reconnecting' | 'disconnected' | 'destroyed'
