/** The interface to what is kept. Reading is by question, writing is by `commit` and by nothing else. */

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
import type { Change, LogEntry, Outcome } from './change.ts'
import type {
  ChatKind,
  ChatRow,
  EventRow,
  FileRemovalRow,
  FileRow,
  LogKind,
  MarkRow,
  StayRow,
  ThreadRow,
  UserEntryRow,
  UserType,
} from './rows.ts'
import type { WebhookCursorRow, WebhookDeliveryRow, WebhookRow } from './webhook-rows.ts'

/** Which of the two sequences a reader counts in. */
export type View = 'agents' | 'public'

/** In the place of a reader's id: to nobody nothing is unread. */
export const NOBODY = ''

/** A chat with everything a summary shows, read in one go. */
export interface ChatSummary {
  readonly chat: ChatRow
  /** Everyone who is or was in the chat, latest stay of each. */
  readonly stays: readonly StayRow[]
  readonly marks: readonly MarkRow[]
  readonly last_thread: ThreadRow | null
  /** The newest event of each type that the view shows, newest first. */
  readonly last_events: readonly EventRow[]
  /** Events of others after the reader's mark, counted to `MAX_UNREAD`. */
  readonly unread: number
}

export interface Page {
  readonly offset: number
  readonly limit: number
}

/** A part of a chat's log in the agents' sequence, both ends included; null is up to the head. */
export interface Part {
  readonly from: number
  readonly to: number | null
}

/** Where a listing by activity goes on: after this chat. */
export interface ActivityCursor {
  readonly at: number
  readonly chat_id: string
}

export interface ChatListing {
  readonly organization_id: string
  readonly reader: { readonly user_id: string; readonly view: View }
  /** All support chats of the organization and those the reader is in (agents), or the latter only (customers). */
  readonly scope: 'organization' | 'own'
  /** Of all kinds unless one is named. */
  readonly kind?: ChatKind | null
  readonly active: boolean | null
  readonly from: ActivityCursor | { readonly offset: number }
  readonly limit: number
}

/** Where a listing by age goes on: behind a row, or at an offset from the newest. */
export type ListedFrom = { readonly created_at: number; readonly id: string } | { readonly offset: number }

interface ByAge {
  readonly organization_id: string
  readonly from: ListedFrom
  readonly limit: number
  /** Whether the total is wanted, which takes the longer the more there are. */
  readonly count: boolean
}

/** Customers, the newest first; those whom the host knows, or all. */
export interface CustomerListing extends ByAge {
  readonly anonymous: boolean
}

/** Chats of an organization, the newest first. */
export interface OrganizationListing extends ByAge {
  readonly reader: { readonly user_id: string; readonly view: View }
  readonly kind: ChatKind | null
  readonly active: boolean | null
}

/** Somebody who is being erased. */
export interface Unerased {
  readonly organization_id: string
  readonly id: string
  readonly user_type: UserType
}

/** Entries of some kinds, in the agents' sequence, the oldest first. */
export interface EntriesOfKinds {
  readonly chat_id: string
  readonly kinds: readonly LogKind[]
  /** Of whoever did it unless somebody is named. */
  readonly actor_id: string | null
  readonly after: number
  readonly limit: number
}

export interface Listed<T> {
  readonly rows: readonly T[]
  /** Null when it was not wanted. */
  readonly total: number | null
}

/** Deliveries of a webhook, the newest first: of all kinds unless one is named. */
export interface DeliveryListing {
  readonly webhook_id: string
  readonly status: WebhookDeliveryRow['status'] | null
  /** Behind this delivery, or at an offset from the newest. */
  readonly from: { readonly id: string } | { readonly offset: number }
  readonly limit: number
  readonly count: boolean
}

/** An event that a bot is writing. */
export interface Streaming {
  readonly organization_id: string
  readonly event: EventRow
}

export interface EventPage {
  readonly chat_id: string
  readonly view: View
  readonly thread_id: string | null
  /** Exclusive bounds in the view's sequence. Without `after` the page ends at `before` or at the head. */
  readonly before: number | null
  readonly after: number | null
  /** The reader's stay: nothing outside it is read. */
  readonly from: number
  readonly to: number | null
  readonly limit: number
  /** Replies are in a feed of their own. */
  readonly replies: 'among' | 'apart'
}

/** Replies to an event, in the agents' sequence, the oldest first. */
export interface RepliesPage extends Part {
  readonly chat_id: string
  readonly thread_id: string
  readonly event_id: string
  readonly after: number
  readonly limit: number
}

/** What the store counts about itself, for `/metrics`. */
export interface StoreStats {
  readonly commits: number
  readonly changes: number
  readonly waiting: number
  /** The last transactions' durations in ms, newest last, at most 1000. */
  readonly commit_ms: readonly number[]
}

export interface Store {
  /** The random name of the unbroken history. */
  readonly epoch: string
  /** A secret made when the store was, from which the server derives its signing keys. */
  readonly secret: Uint8Array

  /**
   * Carries out a change: durable when the promise resolves. Changes are carried out in the order of the calls, and
   * promises resolve in that order. A change is about one chat at most. Rejects when the store is broken, after which it
   * takes nothing more; and a change that no store could carry out, which fails alone.
   */
  commit(change: Change): Promise<Outcome>

  organization(id: string): Promise<OrganizationRow | null>
  organizationByLicense(license: number): Promise<OrganizationRow | null>
  organizations(): Promise<OrganizationRow[]>
  client(organization_id: string, id: string): Promise<ClientRow | null>
  clients(organization_id: string): Promise<ClientRow[]>
  keys(organization_id: string): Promise<KeyRow[]>
  /** Of a live or a revoked one, by the hash it has, or had before it was rotated. */
  apiKey(hash: string): Promise<ApiKeyRow | null>
  apiKeys(organization_id: string): Promise<ApiKeyRow[]>
  /** What was done with a key, the newest first. */
  audit(organization_id: string, key_id: string, limit: number): Promise<AuditRow[]>
  agent(organization_id: string, id: string): Promise<AgentRow | null>
  agentByEmail(email: string): Promise<AgentRow | null>
  agentByExternalId(organization_id: string, external_id: string): Promise<AgentRow | null>
  agents(organization_id: string): Promise<AgentRow[]>
  agentSession(hash: string): Promise<AgentSessionRow | null>
  signInLink(hash: string): Promise<SignInLinkRow | null>
  customer(organization_id: string, id: string): Promise<CustomerRow | null>
  customerByVisitorKey(organization_id: string, hash: string): Promise<CustomerRow | null>
  customerByExternalId(organization_id: string, external_id: string): Promise<CustomerRow | null>
  customerByUsername(organization_id: string, username: string): Promise<CustomerRow | null>
  /** By the hash of the external id that they had. */
  erasedId(organization_id: string, hash: string): Promise<ErasedIdRow | null>
  /** Whose erasure was begun at this moment or before, and has not ended: the oldest first. */
  unerased(until: number, limit: number): Promise<Unerased[]>
  customersPage(listing: CustomerListing): Promise<Listed<CustomerRow>>
  /** What they did, the newest first: of pages and of events as many as are kept. */
  activity(customer_id: string): Promise<ActivityRow[]>
  refreshToken(hash: string): Promise<RefreshTokenRow | null>
  /** Customers and agents of these ids, in no particular order; unknown ids are left out. */
  users(organization_id: string, ids: readonly string[]): Promise<{ customers: CustomerRow[]; agents: AgentRow[] }>

  /** Null also for one that was deleted. */
  chat(organization_id: string, chat_id: string): Promise<ChatRow | null>
  /** Everyone's stay who is in the chat now. */
  presentStays(chat_id: string): Promise<StayRow[]>
  /** Every stay of the user in the chat, oldest first. */
  stays(chat_id: string, user_id: string): Promise<StayRow[]>
  /** Who is in the chat now. */
  present(chat_id: string): Promise<{ user_id: string; user_type: UserType }[]>
  summary(chat: ChatRow, reader: { user_id: string; view: View }): Promise<ChatSummary>
  chats(listing: ChatListing): Promise<{ chats: ChatSummary[]; total: number }>
  organizationChats(listing: OrganizationListing): Promise<Listed<ChatSummary>>
  /** Chats where the user is or was. */
  chatsOfUser(user_id: string): Promise<string[]>
  /** Events for all that others wrote after the customer's mark, in all chats they are in now, counted to `MAX_UNREAD`. */
  unread(organization_id: string, customer_id: string): Promise<number>

  /** Threads that reach into the part of the log. */
  threads(chat_id: string, part: Part, ids: readonly string[]): Promise<ThreadRow[]>
  threadPage(chat_id: string, part: Part, page: Page, newestFirst: boolean): Promise<{ threads: ThreadRow[]; total: number }>
  /** Oldest first; `more` says whether further events lie beyond the page, on the side it was cut. */
  events(page: EventPage): Promise<{ events: EventRow[]; more: boolean }>
  replies(page: RepliesPage): Promise<EventRow[]>
  /** Those of a chat that a bot is writing. */
  streams(chat_id: string): Promise<EventRow[]>
  /** Those of all organizations of which nothing was stored since this moment, the longest silent first. */
  silentStreams(until: number, limit: number): Promise<Streaming[]>
  eventOfFile(file_id: string): Promise<EventRow | null>
  /** By their numbers among the chat's events, the newest or the oldest first, with how many there are. */
  eventsAt(chat_id: string, page: Page, newestFirst: boolean): Promise<{ events: EventRow[]; total: number }>
  event(chat_id: string, thread_id: string, event_id: string): Promise<EventRow | null>
  /** The last event with a time up to and including `at`, in the view. */
  eventAt(chat_id: string, view: View, at: number): Promise<EventRow | null>
  /** The place in the agents' sequence of a place in the public one; 0 is 0. */
  agentsSeq(chat_id: string, seq_public: number): Promise<number>

  file(id: string): Promise<FileRow | null>
  fileByCustomId(organization_id: string, uploader_id: string, custom_id: string): Promise<FileRow | null>
  /** Those that are due at this moment or before, the oldest first. */
  fileRemovals(until: number, limit: number): Promise<FileRemovalRow[]>

  /** A chat's entries with numbers above `after` and up to `to`, oldest first, and the head at the same moment. */
  entries(chat_id: string, view: View, after: number, limit: number, to?: number): Promise<{ entries: LogEntry[]; head: number }>
  /** Also of a chat that was deleted. */
  entriesOfKinds(wanted: EntriesOfKinds): Promise<LogEntry[]>
  userHead(user_id: string): Promise<number>
  /** Of the user's own log the newest entries that tell of a mention, so many, with the place of the event in the agents' sequence: the oldest first. */
  mentions(user_id: string, limit: number): Promise<(UserEntryRow & { seq_agents: number })[]>
  userEntries(user_id: string, after: number, limit: number): Promise<{ entries: UserEntryRow[]; head: number }>

  /** The oldest first. */
  webhooks(organization_id: string): Promise<WebhookRow[]>
  webhook(organization_id: string, id: string): Promise<WebhookRow | null>
  /** Of all organizations, those that are not disabled. */
  enabledWebhooks(): Promise<WebhookRow[]>
  /** Chats in which the webhook has something to deliver at this moment or before, the most overdue first. */
  dueCursors(webhook_id: string, until: number, limit: number): Promise<WebhookCursorRow[]>
  /** When the next is due after this moment. */
  nextCursor(webhook_id: string, after: number): Promise<number | null>
  /** How many cursors of all webhooks there are, counted to the limit. */
  cursors(limit: number): Promise<number>
  deliveries(listing: DeliveryListing): Promise<Listed<WebhookDeliveryRow>>
  delivery(id: string): Promise<WebhookDeliveryRow | null>

  stats(): StoreStats
  /** Rejects when the store cannot be written or read. */
  ping(): Promise<void>
  /**
   * Leaves nothing on the disk of what changes have deleted or replaced until now (EDT4). False where it cannot be just now, since
   * another program reads, or the disk is full: then it is to be tried again soon.
   */
  purge(): Promise<boolean>
  /** Finishes what was taken, then lets go of everything. */
  close(): Promise<void>
}
