/** Everything a server says unasked: entries of a chat's log, entries of a user's own log, and what is gone when it is said. */
import { Activity } from './activity.ts'
import { Chat, Described } from './chats.ts'
import { DISCONNECT_REASONS } from './disconnects.ts'
import { Amends, Event, QuotedEvent } from './events.ts'
import { PresenceChange } from './presence.ts'
import { Properties, PropertyNames } from './properties.ts'
import { Rating } from './ratings.ts'
import { Id, open, optional, Seq, type Static, Time, Type } from './schema.ts'
import { EventPiece } from './streams.ts'
import { Thread } from './threads.ts'
import { SneakPeek, TypingIndicator } from './typing.ts'
import { ChatUser, Customer, Mention } from './users.ts'

const entry = { chat_id: Id, seq: Seq, created_at: Time }
const ofThread = { ...entry, thread_id: Id }
const ofEvent = { ...ofThread, event_id: Id }
const ownEntry = { user_seq: Seq }
const disconnected = open({
  reason: Type.Union(DISCONNECT_REASONS.map((reason) => Type.Literal(reason))),
  data: optional(open({ retry_after_ms: optional(Type.Integer()) })),
})

/** Entries of a chat's log. Each carries `seq`, dense in the reader's sequence. */
export const LOG_PUSHES = {
  /** A thread was opened; for a new chat this is entry 1. `chat` is as it stood when the entry was shaped. */
  incoming_chat: open({ ...entry, chat: Chat, thread: Thread, requester_id: optional(Id) }),
  /** `amends`: of a reply, what it replies to. */
  incoming_event: open({ ...ofThread, event: Event, amends: optional(Amends) }),
  /** The event as it is now, and as others quote it. */
  event_updated: open({ ...ofThread, event: Event, quote: QuotedEvent, amends: optional(Amends), requester_id: optional(Id) }),
  /** The event as it is now: nothing of its content is left. */
  event_deleted: open({ ...ofThread, event: Event, quote: QuotedEvent, amends: optional(Amends), requester_id: optional(Id) }),
  reaction_added: open({ ...ofEvent, user_id: Id, emoji: Type.String(), amends: Amends }),
  reaction_removed: open({ ...ofEvent, user_id: Id, emoji: Type.String(), amends: Amends }),
  /** Something happened to an event from before the reader's stay. */
  event_unseen: open(entry),
  /** What is said of it as a whole is not what it was: as it is now. */
  chat_updated: open({ ...entry, ...Described.properties, requester_id: optional(Id) }),
  /** The last entry there will be. */
  chat_deleted: open({ ...entry, requester_id: optional(Id) }),
  /** `user_id` is absent when the server closed the thread. */
  chat_deactivated: open({ ...ofThread, user_id: optional(Id) }),
  user_added_to_chat: open({ ...entry, user: ChatUser, requester_id: optional(Id) }),
  user_removed_from_chat: open({ ...entry, user_id: Id, requester_id: optional(Id) }),
  /** `from_seq` stands for superseded marks before this one, when they were folded. */
  events_marked_as_seen: open({ ...entry, from_seq: optional(Seq), user_id: Id, seen_seq: Seq, seen_up_to: optional(Time) }),
  /** What was set, with the values of now, and nothing else. */
  chat_properties_updated: open({ ...entry, properties: Properties, requester_id: optional(Id) }),
  chat_properties_deleted: open({ ...entry, properties: PropertyNames, requester_id: optional(Id) }),
  thread_properties_updated: open({ ...ofThread, properties: Properties, requester_id: optional(Id) }),
  thread_properties_deleted: open({ ...ofThread, properties: PropertyNames, requester_id: optional(Id) }),
  event_properties_updated: open({ ...ofEvent, properties: Properties, requester_id: optional(Id) }),
  event_properties_deleted: open({ ...ofEvent, properties: PropertyNames, requester_id: optional(Id) }),
  /** Null when it was withdrawn. */
  chat_rated: open({ ...ofThread, user_id: optional(Id), rating: Type.Union([Rating, Type.Null()]) }),
}

/** Entries of the reader's own log. Each carries `user_seq`. */
export const USER_PUSHES = {
  user_chat_added: open({ ...ownEntry, chat_id: Id }),
  user_chat_removed: open({ ...ownEntry, chat_id: Id }),
  user_mentioned: open({ ...ownEntry, ...Mention.properties }),
  customer_updated: open({ ...ownEntry, customer: Customer }),
}

/** Never stored, may be lost. */
export const EPHEMERAL_PUSHES = {
  incoming_typing_indicator: TypingIndicator,
  incoming_sneak_peek: SneakPeek,
  /** To those who may see the event, while a bot writes it. */
  incoming_event_piece: EventPiece,
  /** To whoever asked who is there: of the users of the chat, those who came and those who went. */
  presence_changed: PresenceChange,
  /** To agents: a customer as they are known from now on. */
  incoming_customer: open({ customer: Customer }),
  /** To agents: what a customer just did on the site. */
  incoming_customer_activity: open({ customer_id: Id, activity: Activity }),
  customer_disconnected: disconnected,
  agent_disconnected: disconnected,
}

export const PUSHES = { ...LOG_PUSHES, ...USER_PUSHES, ...EPHEMERAL_PUSHES }

export type PushName = keyof typeof PUSHES
export type LogPushName = keyof typeof LOG_PUSHES
export type PushPayload<N extends PushName> = Static<(typeof PUSHES)[N]>
/** Any entry of a chat's log, told apart by its action. */
export type LogPush = { [N in LogPushName]: { readonly action: N; readonly payload: PushPayload<N> } }[LogPushName]
export type UserPush = {
  [N in keyof typeof USER_PUSHES]: { readonly action: N; readonly payload: PushPayload<N> }
}[keyof typeof USER_PUSHES]
