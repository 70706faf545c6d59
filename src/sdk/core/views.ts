/** What a face sees of a conversation and of a list of them: plain readable state, a way to hear of changes, and the few things one can do. */
import type { Chat } from '../../protocol/chats.ts'
import type { ErrorBody } from '../../protocol/errors.ts'
import type { Event, NewMessage } from '../../protocol/events.ts'
import type { Thread } from '../../protocol/threads.ts'
import type { ChatUser } from '../../protocol/users.ts'

/** How far one's own event has come. `waiting`: typed and kept, not yet under way (offline, or behind another). */
export type Delivery = 'waiting' | 'sending' | 'sent' | 'failed'

/** One line of a conversation, in order. The key stays the same when an echo becomes a stored event. */
export type TimelineItem =
  | {
      readonly kind: 'event'
      readonly key: string
      /** Null until stored. */
      readonly seq: number | null
      /** For an echo the id is the key, `created_at` the local clock's. */
      readonly event: Event
      readonly own: boolean
      readonly delivery: Delivery
      /** Why it failed. */
      readonly error: ErrorBody | null
    }
  | {
      readonly kind: 'thread_closed'
      readonly key: string
      readonly seq: number
      readonly at: string
      readonly user_id: string | null
      readonly thread_id: string
    }
  | {
      readonly kind: 'user_added' | 'user_removed'
      readonly key: string
      readonly seq: number
      readonly at: string
      readonly user_id: string
    }
  | {
      readonly kind: 'rated'
      readonly key: string
      readonly seq: number
      readonly at: string
      readonly user_id: string
      /** Null when the rating was withdrawn. */
      readonly value: 'good' | 'bad' | null
    }

export interface Typing {
  readonly user_id: string
  /** The customer's unsent text, seen by agents only. */
  readonly sneak_peek: string | null
}

/** Everything known of one chat at one moment. A new object after each change; parts that did not change stay identical. */
export interface ConversationState {
  /** The chat's id, or the provisional one of a chat whose start has not reached the server. */
  readonly id: string
  readonly provisional: boolean
  readonly active: boolean
  readonly users: readonly ChatUser[]
  readonly thread: Thread | null
  /** A window over the log: contiguous, oldest first, own unsent events last. */
  readonly items: readonly TimelineItem[]
  /** Whether older events exist before the first item. */
  readonly has_older: boolean
  readonly loading_older: boolean
  /** False until the first page is there. */
  readonly loaded: boolean
  /** The server knows no such chat, or it is not the user's to know: nothing will come. */
  readonly gone: boolean
  readonly typing: readonly Typing[]
  /** Counted by the server, moved by entries that came since. */
  readonly unread_count: number
  readonly last_event: Event | null
  readonly last_activity_at: string | null
  readonly waiting_since: string | null
}

export interface Conversation {
  /** The same object for the same chat as long as the SDK lives; survives the change from a provisional id. */
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
  /** Marks everything that is loaded as seen; at most one request a second goes out. */
  markSeen(): void
  close(): Promise<void>
}

/** The chats of a customer, or of an organization for an agent, most recent activity first, live. */
export interface ChatListState {
  readonly chats: readonly Chat[]
  readonly total: number
  readonly has_more: boolean
  readonly loading: boolean
  readonly loaded: boolean
}

export interface ChatList {
  readonly state: ChatListState
  subscribe(listener: (state: ChatListState) => void): () => void
  loadMore(): Promise<void>
}

export interface ConnectionView {
  readonly state: ConnectionStatus
  subscribe(listener: (state: ConnectionStatus) => void): () => void
}

/** `connecting` is the first attempt, `reconnecting` every later one. */
export type ConnectionStatus = 'idle' | 'connecting' | 'connected' | 'reconnecting' | 'disconnected' | 'destroyed'
