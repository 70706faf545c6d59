/** What is kept of chats: one plain row type per table, the same in every store. Times are Unix milliseconds. */
export type Properties = Record<string, Record<string, string | number | boolean>>
/** Names of properties, by namespace. */
export type PropertyNames = Record<string, string[]>
export type ChatKind = 'support' | 'direct' | 'group'
export type UserType = 'customer' | 'agent' | 'bot'
export type Audience = 'all' | 'agents'
/** What a user of a direct or group chat may do with it. */
export type Role = 'owner' | 'admin' | 'member'

export interface ChatRow {
  id: string
  organization_id: string
  kind: ChatKind
  name: string | null
  /** Whether any user of the organization may join by themselves. */
  joinable: boolean
  /** Whether who comes later reads it from its beginning, unless told otherwise. */
  history: boolean
  avatar: string | null
  /** So many users may be in it; null is as many as any chat may have. */
  user_limit: number | null
  /** Data of whoever made it, about how it is to be used. */
  settings: Record<string, unknown> | null
  properties: Properties
  /** Heads of the two dense sequences. */
  seq_agents: number
  seq_public: number
  active_thread_id: string | null
  last_thread_id: string | null
  thread_count: number
  /** The newest `created_at` in the log: time never goes back behind it. */
  last_at: number
  /** The time of the last event for all, and for agents: chats are listed by what their reader sees. */
  activity_public_at: number
  activity_agents_at: number
  waiting_since: number | null
  created_by: string
  /** From then on nobody sees it. */
  deleted_at: number | null
  created_at: number
}

export interface Rating {
  value: 'good' | 'bad'
  comment?: string
}

export interface ThreadRow {
  id: string
  chat_id: string
  order: number
  active: boolean
  created_at: number
  closed_at: number | null
  user_ids: string[]
  /** Events for all, which is also the number of the last one's id; and private notes, numbered on their own. */
  events_public: number
  events_agents: number
  properties: Properties
  rating: Rating | null
  previous_thread_id: string | null
  next_thread_id: string | null
}

export interface EventRow {
  id: string
  chat_id: string
  thread_id: string
  seq_agents: number
  /** Null for private notes. */
  seq_public: number | null
  audience: Audience
  type: string
  author_id: string | null
  custom_id: string | null
  text: string | null
  content: Record<string, unknown> | null
  /** The one of a `file`, or those that a message brings along; without those that are gone. */
  files: readonly FileRow[]
  properties: Properties | null
  /** Users whom it names. */
  mentions: readonly string[] | null
  /** Who reacted, by emoji, in the order in which they did. */
  reactions: Reactions | null
  /** The event that it is a reply to. */
  parent: Parent | null
  replies: Replies | null
  quoted: Quoted | null
  /** What a customer's message said before it was first edited, where the organization keeps that. */
  original: string | null
  /** Answers that it suggests. */
  quick_replies: readonly string[] | null
  /** Of one that a bot is writing: when it was last stored, by which that step is known. */
  streaming_at: number | null
  /** Who ended it before the bot did. */
  cut_by: string | null
  edited_at: number | null
  /** From then on nothing of its content is here. */
  deleted_at: number | null
  created_at: number
}

export type Reactions = Record<string, string[]>

/** What the replies to an event come to. */
export interface Replies {
  count: number
  last_at: number
  /** The last who replied, the latest first. */
  last_user_ids: string[]
}

export interface Parent {
  readonly id: string
  readonly replies: Replies | null
}

/** An event as it stands in another that quotes it. */
export type Quoted = Pick<
  EventRow,
  'id' | 'seq_agents' | 'type' | 'author_id' | 'text' | 'files' | 'edited_at' | 'deleted_at' | 'created_at'
>

/** What is known of a file; its bytes lie elsewhere, under its id. */
export interface FileRow {
  id: string
  organization_id: string
  uploader_id: string
  custom_id: string | null
  name: string
  content_type: string
  size: number
  /** Of images. */
  width: number | null
  height: number | null
  /** Of the bytes. */
  hash: string
  created_at: number
  /** When it is forgotten; null since an event has it. */
  expires_at: number | null
}

/** Bytes that are to go at this moment, whether or not they ever arrived. */
export interface FileRemovalRow {
  file_id: string
  due_at: number
}

/** A user's stay in a chat: the entries from `from_*` to `to_*`, both included; a stay that lasts has no `to_*`. */
export interface StayRow {
  chat_id: string
  user_id: string
  user_type: UserType
  /** Null where nobody has more to say than another. */
  role: Role | null
  from_agents: number
  from_public: number
  to_agents: number | null
  to_public: number | null
}

export interface MarkRow {
  chat_id: string
  user_id: string
  /** Nobody but agents sees this part: it passes private notes as well. */
  seq_agents: number
  /** Moves when an event for all is passed, and then to it; and with it the time of that event. */
  seq_public: number
  seen_up_to: number | null
}

export type LogKind =
  | 'thread_opened'
  | 'event_added'
  | 'event_updated'
  | 'event_deleted'
  | 'reaction_added'
  | 'reaction_removed'
  | 'chat_updated'
  | 'chat_deleted'
  | 'thread_closed'
  | 'user_added'
  | 'user_removed'
  | 'seen'
  | 'properties_updated'
  | 'properties_deleted'
  | 'rated'

/** An entry as it is stored: names only. Text is read from the event's row when the entry is shaped. */
export interface EntryRow {
  chat_id: string
  seq_agents: number
  seq_public: number | null
  kind: LogKind
  audience: Audience
  thread_id: string | null
  event_id: string | null
  /** Whom it is about: who joined, left, saw. */
  user_id: string | null
  /** Who did it; null when the server did. */
  actor_id: string | null
  /** For `seen`: the mark in both sequences and its time. */
  mark: { seq_agents: number; seq_public: number; seen_up_to: number | null } | null
  /** Of properties: which of the event, or else the thread, or else the chat. */
  names: PropertyNames | null
  /** Of a rating: the value; null withdraws. Its comment is text, and stands in the thread alone. Of a reaction: the emoji. */
  value: string | null
  created_at: number
}

export type UserLogKind = 'chat_added' | 'chat_removed' | 'profile_updated' | 'mentioned'

export interface UserEntryRow {
  user_id: string
  seq: number
  kind: UserLogKind
  chat_id: string | null
  /** The event that mentions the user, and whose it is. */
  event_id: string | null
  author_id: string | null
  created_at: number
}
