/** A change as data: what must still be true, and what is to be written. Domain code makes it, a store carries it out whole or not at all. */
import type {
  ActivityRow,
  AgentRow,
  AgentSessionRow,
  ApiKeyRow,
  AuditRow,
  ClientRow,
  CustomerRow,
  ErasedIdRow,
  KeyRow,
  OrganizationRow,
  RefreshTokenRow,
  SignInLinkRow,
} from './account-rows.ts'
import type {
  Audience,
  ChatKind,
  ChatRow,
  EntryRow,
  EventRow,
  FileRemovalRow,
  FileRow,
  Properties,
  PropertyNames,
  Rating,
  Role,
  ThreadRow,
  UserEntryRow,
  UserType,
} from './rows.ts'
import type { WebhookCursorRow, WebhookDeliveryRow, WebhookRow } from './webhook-rows.ts'

/** Tables whose rows are written plainly, with the columns that name a row. */
export interface PlainTables {
  organizations: OrganizationRow
  clients: ClientRow
  keys: KeyRow
  api_keys: ApiKeyRow
  audit: AuditRow
  agents: AgentRow
  agent_sessions: AgentSessionRow
  sign_in_links: SignInLinkRow
  customers: CustomerRow
  refresh_tokens: RefreshTokenRow
  erased_ids: ErasedIdRow
  /** A row that goes, however it goes, leaves a removal behind that is due at once. */
  files: FileRow
  file_removals: FileRemovalRow
  /** One that goes takes its cursors and deliveries along. */
  webhooks: WebhookRow
}
export type PlainTable = keyof PlainTables

/** What has properties: an event of a thread, a thread, or the chat. */
export interface Holder {
  readonly chat_id: string
  readonly thread_id: string | null
  readonly event_id: string | null
}

/** What the domain read and relied on. When one no longer holds, nothing is written and the domain looks again. */
export type Precondition =
  | { holds: 'active_thread'; chat_id: string; thread_id: string | null }
  | { holds: 'present'; chat_id: string; user_id: string; present: boolean }
  /** So many are in the chat, at least or at most. */
  | { holds: 'users'; chat_id: string; least?: number; most?: number }
  /** The customer or agent is there, and these columns of theirs are as they were read. */
  | { holds: 'user'; organization_id: string; user_id: string; as: Partial<CustomerRow> | Partial<AgentRow> }
  /** The event has not been deleted. */
  | { holds: 'event'; chat_id: string; thread_id: string; event_id: string }
  /** A bot is writing the event, and nobody has stored any of it since. */
  | { holds: 'streaming'; chat_id: string; thread_id: string; event_id: string; at: number }
  /** Bots write these events of the chat and no others, and nobody has stored any more of them. */
  | { holds: 'streams'; chat_id: string; at: Readonly<Record<string, number>> }
  | ({ holds: 'properties'; properties: Properties } & Holder)
  /** Somebody can still be known by the key. */
  | { holds: 'visitor_key'; organization_id: string; hash: string }
  /** A row that is used up once: a sign-in link, the refresh token of an anonymous customer who becomes known, a live API key that is rotated, or the removal that bytes escape when their file is there. */
  | { holds: 'exists'; table: 'sign_in_links' | 'refresh_tokens' | 'api_keys'; hash: string }
  /** Nobody in the organization has this external id, and no user this id. */
  | { holds: 'unknown'; organization_id: string; external_id: string }
  | { holds: 'exists'; table: 'file_removals'; file_id: string }
  /** There is no file of this id. */
  | { holds: 'free'; file_id: string }
  /** There is a file of this id, and no event has it. */
  | { holds: 'unused'; file_id: string }
  /** No file of the uploader's has this name. */
  | { holds: 'unnamed'; organization_id: string; uploader_id: string; custom_id: string }
  /** The organization has so many webhooks. */
  | { holds: 'webhooks'; organization_id: string; count: number }
  /** Its back end has not changed it since. */
  | { holds: 'webhook'; organization_id: string; id: string; changed_at: number }
  /** The webhook is there, and so far in the chat. */
  | { holds: 'cursor'; webhook_id: string; chat_id: string; after_seq: number }
  /** The delivery is there. */
  | { holds: 'delivery'; id: string }

export type PlainWrite = {
  [T in PlainTable]:
    | { write: 'insert'; table: T; row: PlainTables[T] }
    | { write: 'update'; table: T; key: Partial<PlainTables[T]>; set: Partial<PlainTables[T]> }
    | { write: 'delete'; table: T; key: Partial<PlainTables[T]> }
}[PlainTable]

/** Deletes what ended, was noted, or was marked as deleted at this moment or before: the oldest first, and so many at most. */
export interface SweepWrite {
  readonly write: 'sweep'
  readonly table: 'agent_sessions' | 'sign_in_links' | 'refresh_tokens' | 'erased_ids' | 'chat_starts' | 'files' | 'audit' | 'chats'
  readonly until: number
  readonly limit: number
}

/** Notes what a customer did, at the time of the change, and forgets what is beyond the newest of its kind. */
export interface TrackWrite extends Pick<ActivityRow, 'customer_id' | 'kind' | 'content'> {
  readonly write: 'track'
  /** Told better: in the place of the newest of its kind, at the time of that. */
  readonly instead: boolean
}

/** What can be altered in an event. */
export type EventContent = Partial<Pick<EventRow, 'text' | 'content' | 'properties' | 'mentions' | 'original'>>

/** An event of the chat that is written to. */
export interface EventRef {
  readonly thread_id: string
  readonly event_id: string
}

/** What can be said anew of a chat as a whole. */
export type Described = Pick<ChatRow, 'name' | 'joinable' | 'history' | 'avatar' | 'user_limit' | 'settings'>

/** Writes that append to a chat's log. The store numbers entries and events, keeps the folds, and stamps the time. */
export type LogWrite =
  | {
      write: 'create_chat'
      chat_id: string
      organization_id: string
      kind: ChatKind
      name: string | null
      joinable: boolean
      history: boolean
      avatar?: string | null
      user_limit?: number | null
      settings?: Record<string, unknown> | null
      properties: Properties
      created_by: string
      /** The first members; they see from entry 1, and each one's own log gains `chat_added`. */
      members: { user_id: string; user_type: UserType; role?: Role }[]
    }
  | { write: 'open_thread'; chat_id: string; thread_id: string; by: string | null; properties: Properties }
  | {
      write: 'add_event'
      chat_id: string
      thread_id: string
      type: string
      audience: Audience
      author_id: string | null
      custom_id: string | null
      /** By what a later send under the same custom id is compared; null agrees with every content. */
      fingerprint: string | null
      text: string | null
      content: Record<string, unknown> | null
      /** Files that no event has yet, and that are not forgotten from here on. */
      file_ids: readonly string[]
      properties: Properties | null
      /** The event that it is a reply to, which is itself a reply to none. */
      reply_to?: EventRef | null
      quotes?: EventRef | null
      mentions?: readonly string[] | null
      /** Those of the mentioned whose own logs say so. */
      tells?: readonly string[]
      quick_replies?: readonly string[] | null
      /** A bot goes on writing it: the time of this step. */
      streaming_at?: number | null
      /** Whether the customer waits from now on (`starts`), no longer (`ends`), or as before. */
      waiting: 'starts' | 'ends' | 'same'
    }
  | { write: 'close_thread'; chat_id: string; thread_id: string; by: string | null }
  /** From here on, or from entry 1 when `history` is true. */
  | { write: 'add_user'; chat_id: string; user_id: string; user_type: UserType; role?: Role; by: string | null; history: boolean }
  /** With `waiting` the customer waits from then on, where they do not wait already. */
  | { write: 'remove_user'; chat_id: string; user_id: string; by: string | null; waiting?: 'starts' }
  /** Moves the mark to this place of the agents' sequence; writes nothing when it is there already. */
  | { write: 'mark_seen'; chat_id: string; user_id: string; seq_agents: number }
  /** What the holder has from now on, and which of it was set or deleted. */
  | ({ write: 'set_properties'; kind: 'updated' | 'deleted'; properties: Properties; names: PropertyNames; by: string | null } & Holder)
  /** Null withdraws; writes nothing when the thread is rated so already. */
  | { write: 'rate_thread'; chat_id: string; thread_id: string; rating: Rating | null; by: string | null }
  /** Makes no entry where everything is so already. */
  | { write: 'update_chat'; chat_id: string; set: Partial<Described>; by: string | null }
  /** Its last entry. Everyone in it is out, and reads of the store know the chat no more. */
  | { write: 'delete_chat'; chat_id: string; by: string | null }
  /** In the place of what the event said. `tells`: of the mentioned, those whose own logs say so. */
  | ({ write: 'edit_event'; chat_id: string; set: EventContent; tells?: readonly string[]; by: string | null } & EventRef)
  /** Makes no entry where it is so already. */
  | ({ write: 'react'; chat_id: string; kind: 'added' | 'removed'; emoji: string; user_id: string } & EventRef)
  /** A step of what a bot writes: all that there is of it. Makes an entry where that is more than before, or the end (`streaming_at` is null). */
  | ({
      write: 'stream_event'
      chat_id: string
      text: string | null
      quick_replies?: readonly string[]
      streaming_at: number | null
      by: string | null
    } & EventRef)
  /** Blanks the event's row; its file goes. */
  | { write: 'delete_event'; chat_id: string; thread_id: string; event_id: string; by: string | null }
  | { write: 'profile_updated'; user_id: string }

export type ForgetWrite =
  /** What messages in the organization's chats said before they were edited. */
  | { readonly write: 'forget_originals'; readonly organization_id: string }
  /** All that a customer did. */
  | { readonly write: 'forget_activity'; readonly customer_id: string }
  /** In a chat that was deleted, of which no entry tells any more: what they said, every comment and every property. */
  | { readonly write: 'forget_said'; readonly chat_id: string; readonly user_id: string }

/** Writes of webhooks' queues. The log is what waits in them, so none of these holds anything of it. */
export type WebhookWrite =
  /** Goes once it has reached the head of the log. */
  | ({ write: 'move_cursor' } & WebhookCursorRow)
  /** Whatever waits for another attempt is due now. */
  | { write: 'hasten_cursors'; webhook_id: string }
  /** In the place of what is known of the delivery. Beyond `MAX_WEBHOOK_DELIVERIES` the webhook's oldest are forgotten. */
  | { write: 'note_delivery'; row: WebhookDeliveryRow }

export type Write = PlainWrite | SweepWrite | TrackWrite | ForgetWrite | WebhookWrite | LogWrite

/**
 * How a repeated request is known. `event`: the first event's (chat, author, custom id). `chat`: (organization, author,
 * custom id) of a chat start. `request`: an `Idempotency-Key`, scoped to the principal. The fingerprint is compared; the
 * same with another fingerprint fails as `idempotency_mismatch`.
 */
export type Idempotency =
  | { by: 'event'; chat_id: string; author_id: string; custom_id: string; fingerprint: string }
  | { by: 'chat'; organization_id: string; author_id: string; custom_id: string; fingerprint: string }
  | { by: 'request'; principal: string; key: string; fingerprint: string }

export interface Change {
  /** The clock's reading when the change was made; an entry's time is this or later. */
  readonly at: number
  readonly expect: readonly Precondition[]
  readonly writes: readonly Write[]
  readonly idempotency: readonly Idempotency[]
  /** The id of what it is about beside a chat, which whoever repeats the request may not be able to tell any more. */
  readonly subject?: string
}

/** An entry with the rows it names, so that shaping it needs no further reading. */
export interface LogEntry extends EntryRow {
  readonly event: EventRow | null
  readonly thread: ThreadRow | null
  /** The values of the properties that it names, of those that are still there. */
  readonly properties: Properties | null
  readonly chat_kind: ChatKind
}

/** Who is to be told of entries of a chat. */
export interface ChatAudience {
  readonly organization_id: string
  readonly chat_id: string
  readonly kind: ChatKind
  /** Users present in the chat, and those whom one of the entries removed. */
  readonly members: readonly { readonly user_id: string; readonly user_type: UserType }[]
}

export interface Committed {
  /** When the change was made; of a repetition, the first one. */
  readonly at: number
  readonly subject: string | null
  /** True when an earlier request with the same id had made the change; then `entries` are those of that time. */
  readonly replayed: boolean
  readonly entries: readonly LogEntry[]
  readonly user_entries: readonly UserEntryRow[]
  readonly audience: ChatAudience | null
  /** The chat's row after the change. */
  readonly chat: ChatRow | null
}

export type Outcome =
  | { readonly ok: true; readonly committed: Committed }
  /** `stale`: a precondition was lost. `conflict`: a row of that key exists. `full`: there is no space. `busy`: another program writes and does not end. Both are retryable. */
  | { readonly ok: false; readonly why: 'stale' | 'conflict' | 'mismatch' | 'full' | 'busy' }
