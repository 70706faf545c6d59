/** Events, the single items of a thread, as they are sent and as they are stored. */
import { ShownFile, UploadedFile } from './files.ts'
import {
  MAX_ATTACHMENTS,
  MAX_CONTENT_BYTES,
  MAX_MENTIONS,
  MAX_PAGE_EVENTS,
  MAX_PAGE_REPLIES,
  MAX_QUOTE_CHARS,
  MAX_TEXT_BYTES,
} from './limits.ts'
import { listing } from './lists.ts'
import { Properties } from './properties.ts'
import { QuickReplies } from './quick-replies.ts'
import { Reaction } from './reactions.ts'
import { Parent, Replies } from './replies.ts'
import { CustomId, closed, Id, limit, open, optional, orNull, Seq, type Static, Time, Type } from './schema.ts'
import { Thread } from './threads.ts'
import { UserRef } from './users.ts'

/** Who may see an entry: everyone in the chat, or agents only (private notes). */
export const Visibility = Type.Union([Type.Literal('all'), Type.Literal('agents')])
export type Visibility = Static<typeof Visibility>

const Mentions = Type.Array(UserRef, { maxItems: MAX_MENTIONS })

const sent = {
  custom_id: optional(CustomId),
  /** Puts it among the replies to that event, out of the chat's feed. A reply to a reply is one to what that replies to. */
  reply_to_id: optional(Id),
  /** It stays in the feed, and shows that event with it. */
  quoted_event_id: optional(Id),
  /** Users of the chat who are told that they are named. */
  mentions: optional(Mentions),
  properties: optional(Properties),
  /** Agents only; a customer's event is for all. */
  visibility: optional(Visibility),
}

export const NewMessage = closed({
  type: Type.Literal('message'),
  /** Not needed by a message that brings files. */
  text: optional(Type.String({ description: `At most ${MAX_TEXT_BYTES} bytes as UTF-8.` })),
  /** Files that its sender has uploaded and used nowhere else. */
  file_ids: optional(Type.Array(Id, { minItems: 1, maxItems: MAX_ATTACHMENTS })),
  /** Not by customers. */
  quick_replies: optional(QuickReplies),
  /** Bots only: `text` is how it begins, and `stream_event` brings the rest. */
  streaming: optional(Type.Literal(true)),
  ...sent,
})
export type NewMessage = Static<typeof NewMessage>
export const NewCustom = closed({
  type: Type.Literal('custom'),
  content: optional(Type.Record(Type.String(), Type.Unknown(), { description: `At most ${MAX_CONTENT_BYTES} bytes as JSON.` })),
  ...sent,
})
/** Of a file that its sender has uploaded and used nowhere else. */
export const NewFile = closed({ type: Type.Literal('file'), file_id: Id, ...sent })
export const NewEvent = Type.Union([NewMessage, NewCustom, NewFile])
export type NewEvent = Static<typeof NewEvent>
export type EventType = NewEvent['type']

/** An event as another shows it: only its id where it lies outside the reader's stay. */
export const QuotedEvent = open({
  id: Id,
  type: optional(Type.String()),
  author_id: optional(Id),
  created_at: optional(Time),
  text: optional(Type.String({ description: `The first ${MAX_QUOTE_CHARS} characters.` })),
  /** Of its first file. */
  name: optional(Type.String()),
  content_type: optional(Type.String()),
  edited_at: optional(Time),
  deleted_at: optional(Time),
})
export type QuotedEvent = Static<typeof QuotedEvent>

/** A stored event. Unknown types and fields are passed on by clients, so the list may grow. */
export const Event = open({
  id: Id,
  type: Type.String(),
  thread_id: Id,
  /** Absent on what is nobody's, such as system messages. */
  author_id: optional(Id),
  created_at: Time,
  /** The number of the log entry that brought the event, in the reader's sequence. */
  seq: Seq,
  custom_id: optional(CustomId),
  text: optional(Type.String()),
  content: optional(Type.Record(Type.String(), Type.Unknown())),
  /** A file's. Absent once it is removed. */
  ...Type.Partial(ShownFile).properties,
  /** A message's. */
  attachments: optional(Type.Array(UploadedFile)),
  /** Answers that it suggests. */
  quick_replies: optional(Type.Array(Type.String())),
  /** A bot is writing it: there is more to come. */
  streaming: optional(Type.Boolean()),
  properties: optional(Properties),
  /** Of a reply: the event that it belongs to. */
  reply_to_id: optional(Id),
  /** Where there are any. */
  replies: optional(Replies),
  quoted_event: optional(QuotedEvent),
  mentions: optional(Type.Array(Id)),
  reactions: optional(Type.Array(Reaction)),
  /** What a customer's message said before it was first edited. Shown to agents, where the organization wants it. */
  original_text: optional(Type.String()),
  /** Of those that are not as they were sent. */
  edited_at: optional(Time),
  /** Nothing of its content is left. */
  deleted_at: optional(Time),
  /** Shown to agents only. */
  visibility: optional(Visibility),
})
export type Event = Static<typeof Event>

/** What an entry changes of an event that it does not carry: those of its fields that are not as they were. */
export const Amends = open({ id: Id, replies: optional(orNull(Replies)), reactions: optional(Type.Array(Reaction)) })
export type Amends = Static<typeof Amends>

const named = { chat_id: Id, event_id: Id }
/** The event as it is now, and the entry that it became. */
const altered = open({ event: Event, entries: Type.Array(Type.Unknown()) })

export const events = {
  /** Stores an event; into a chat without an active thread it opens one in the same transaction. */
  send: {
    request: closed({ chat_id: Id, event: NewEvent, attach_to_last_thread: optional(Type.Boolean()) }),
    response: open({
      chat_id: Id,
      thread_id: Id,
      seq: Seq,
      event: Event,
      /** Of a reply: what it replies to. */
      amends: optional(Amends),
      /** The other entries that the same request made, in order, when there are any. */
      entries: optional(Type.Array(Type.Unknown())),
    }),
  },
  /** A page of events, oldest first; without `before` and `after` the newest. Replies are not among them. */
  list: {
    request: closed({
      chat_id: Id,
      thread_id: optional(Id),
      before: optional(Seq),
      after: optional(Seq),
      limit: optional(limit(MAX_PAGE_EVENTS, 50)),
    }),
    response: open({
      events: Type.Array(Event),
      /** The threads that the page touches, without events. */
      threads: Type.Array(Thread),
      /** The log's head when the page was read. */
      seq: Seq,
      has_more: Type.Boolean(),
    }),
  },
  /** Oldest first. Of a reply, those beside it. */
  replies: {
    request: closed({ ...named, after: optional(Seq), limit: optional(limit(MAX_PAGE_REPLIES, MAX_PAGE_REPLIES)) }),
    response: open({
      parent: Parent,
      events: Type.Array(Event),
      /** The log's head when the page was read. */
      seq: Seq,
      has_more: Type.Boolean(),
    }),
  },
  get: { request: closed(named), response: open({ event: Event }) },
  /** Text of a message, content of a custom event. */
  edit: {
    request: closed({
      ...named,
      text: optional(Type.String()),
      content: optional(Type.Record(Type.String(), Type.Unknown())),
      /** In the place of those that were there. */
      mentions: optional(Mentions),
    }),
    response: altered,
  },
  /** Its place in the log stays, and nothing of its content. */
  delete: { request: closed(named), response: altered },
}

/** Words of nobody, shown apart from what people say. */
export const NewSystemMessage = closed({
  type: Type.Literal('system_message'),
  text: Type.String({ minLength: 1, description: `At most ${MAX_TEXT_BYTES} bytes as UTF-8.` }),
  ...sent,
})
/** What a back end can send. */
export const BackendEvent = Type.Union([NewMessage, NewCustom, NewFile, NewSystemMessage])
export type BackendEvent = Static<typeof BackendEvent>

const oneEvent = open({ event: Event })

/** For back ends. */
export const backendEvents = {
  /** In the name of a user of the chat, of a bot, or without `user_id` of nobody: then it is a `system_message` or a `custom` event. */
  send: {
    request: closed({ chat_id: Id, user_id: optional(UserRef), event: BackendEvent }),
    response: open({ chat_id: Id, thread_id: Id, seq: Seq, event: Event }),
  },
  /** Newest first unless `order` says otherwise. Private notes are among them. */
  list: listing({ chat_id: Id, order: optional(Type.Union([Type.Literal('asc'), Type.Literal('desc')])) }, Event),
  get: { request: closed(named), response: oneEvent },
  /** Text of a message, content of a custom event; properties in the place of all that were there. */
  edit: {
    request: closed({
      chat_id: Id,
      event_id: Id,
      text: optional(Type.String({ minLength: 1 })),
      content: optional(Type.Record(Type.String(), Type.Unknown())),
      properties: optional(Properties),
    }),
    response: oneEvent,
  },
  /** Its place in the log stays, and nothing of its content. */
  delete: { request: closed(named), response: oneEvent },
}
