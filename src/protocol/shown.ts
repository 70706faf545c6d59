/** What agents and back ends are shown: shapes of the wire as plain types, so that using them needs no other file and no library. */

/** Namespaced key/value data on a chat, a thread or an event. Called *metadata* elsewhere. */
export type Properties = Record<string, Record<string, string | number | boolean>>

/** Who may see an event: everyone in the chat, or agents only (private notes). */
export type Visibility = 'all' | 'agents'

/** A file as it is shown. Its address holds for an hour. */
export interface UploadedFile {
  file_id: string
  name: string
  url: string
  content_type: string
  /** Bytes. */
  size: number
  /** Of images. */
  width?: number
  height?: number
}

/** What the replies to an event come to. */
export interface Replies {
  count: number
  last_at: string
  /** The last who replied, the latest first: three at most. */
  last_user_ids: string[]
}

/** One emoji, with who left it, the first first. */
export interface Reaction {
  emoji: string
  user_ids: string[]
}

/** An event as another shows it: only its id where it is from before the reader came. */
export interface QuotedEvent {
  id: string
  type?: string
  author_id?: string
  created_at?: string
  /** The first 500 characters. */
  text?: string
  /** Of its first file. */
  name?: string
  content_type?: string
  edited_at?: string
  deleted_at?: string
}

/** One item of a chat, as it is stored. Unknown types and fields are passed on, so the list may grow. */
export interface Event {
  id: string
  /** `message`, `file`, `custom`, `system_message`, … */
  type: string
  thread_id: string
  /** Absent on system messages. */
  author_id?: string
  created_at: string
  /** The number of the log entry that brought it. */
  seq: number
  custom_id?: string
  text?: string
  content?: Record<string, unknown>
  /** A file's, all of them or, once it is removed, none; the last two of images. */
  name?: string
  /** Holds for an hour. */
  url?: string
  content_type?: string
  size?: number
  width?: number
  height?: number
  /** A message's. */
  attachments?: UploadedFile[]
  /** Answers that it suggests. */
  quick_replies?: string[]
  /** A bot is writing it: there is more to come. */
  streaming?: boolean
  properties?: Properties
  /** Of a reply: the event that it belongs to. It is not in the feed, but among the replies to that. */
  reply_to_id?: string
  /** Where there are any. */
  replies?: Replies
  quoted_event?: QuotedEvent
  /** Ids of users whom it names. */
  mentions?: string[]
  reactions?: Reaction[]
  /** What a customer's message said before it was first edited. Shown to agents, where the organization wants it. */
  original_text?: string
  /** Of those that are not as they were sent. */
  edited_at?: string
  /** Nothing of its content is left. */
  deleted_at?: string
  /** `agents` is a private note. */
  visibility?: Visibility
}

/** What a customer thinks of a thread. */
export interface Rating {
  value: 'good' | 'bad'
  comment?: string
}

/** One stretch of a chat, from its opening to its closing. */
export interface Thread {
  id: string
  /** 1 for the chat's first thread, 2 for the next, … */
  order: number
  active: boolean
  created_at: string
  closed_at?: string
  user_ids: string[]
  total_events: number
  properties?: Properties
  /** The customer's; null or absent when there is none. */
  rating?: Rating | null
  previous_thread_id?: string
  next_thread_id?: string
}

export interface Customer {
  id: string
  type: 'customer'
  name?: string
  email?: string
  avatar?: string
  /** One key each, in the order that the site gave. */
  session_fields: Record<string, string>[]
  created_at: string
  /** What the host calls them beside their name. */
  username?: string
  nickname?: string
  /** A word beside the name, such as `VIP`. */
  badge?: string
  /** The host's own id of them, whom its back end has vouched for. */
  external_id?: string
  /** The page the customer is on. */
  page?: { url: string; title?: string }
  /** The address that led to it. */
  referrer?: string
}

export interface Agent {
  id: string
  type: 'agent' | 'bot'
  name: string
  avatar?: string
  job_title?: string
  email?: string
}

/** A user's place in a chat. */
export interface Membership {
  /** False once the user has left; earlier events still need the name. */
  present: boolean
  /** The read mark: everything up to this entry of the log was seen. */
  seen_seq: number
  /** The time of the last event at or before the mark. */
  events_seen_up_to?: string
  /** Of groups: `owner` and `admin` change the chat and who is in it. */
  role?: Role
}

export type Role = 'owner' | 'admin' | 'member'

export type ChatKind = 'support' | 'direct' | 'group'

/** A chat without its users, of whom not everyone sees the same. */
export interface ShownChat {
  id: string
  kind: ChatKind
  name?: string
  avatar?: string
  /** Any user of the organization may join by themselves. */
  joinable?: boolean
  /** So many users may be in it, where they are fewer than in any chat. */
  user_limit?: number
  /** Data of whoever made it, about how it is to be used. */
  settings?: Record<string, unknown>
  /** Whether a thread is. */
  active: boolean
  created_at: string
  /** Where its log ends. */
  seq: number
  /** The first entry of the log that the reader may see. */
  from_seq: number
  properties: Properties
  /** The last thread, without its events. */
  thread?: Thread
  last_event?: Event
  /** How its text begins, in 80 characters at most, or the name of its file. */
  last_event_preview?: string
  last_event_per_type: Record<string, Event>
  /** When the last event came. */
  last_activity_at: string
  /** Events of others after the reader's mark, counted to 100. */
  unread_count: number
  /** Since when the customer waits for an answer. */
  waiting_since?: string
}
