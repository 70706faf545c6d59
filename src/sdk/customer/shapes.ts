/** The shapes of the seed, made of those of the wire. */
import type { Chat } from '../../protocol/chats.ts'
import type * as wire from '../../protocol/events.ts'
import type { UploadedFile } from '../../protocol/files.ts'
import type * as threads from '../../protocol/threads.ts'
import type { ChatUser, Customer, CustomerDetails as WireDetails } from '../../protocol/users.ts'
import { encode } from '../kit/json.ts'
import { invalid } from './arguments.ts'
import type { Given } from './auth.ts'
import type {
  ChatEvent,
  ChatSummary,
  ChatsSummary,
  CustomerDetails,
  NewEvent,
  StartedChat,
  Thread,
  ThreadSummary,
  Token,
  User,
} from './types.ts'

export const tokenOf = ({ access_token, token_type, expires_in, customer_id, at }: Given): Token => ({
  accessToken: access_token,
  tokenType: token_type,
  expiresIn: expires_in * 1000,
  creationDate: at,
  entityId: customer_id,
})

/** Fields that are not known here are passed on. IDM4: an id of the SDK's own making is nobody's business. */
export function eventOf({ thread_id, author_id, created_at, custom_id, content_type, ...rest }: wire.Event): ChatEvent {
  return {
    ...rest,
    thread: thread_id,
    timestamp: Date.parse(created_at),
    ...(author_id && { author: author_id }),
    ...(content_type && { contentType: content_type }),
    ...(custom_id && custom_id[0] !== '~' && { customId: custom_id }),
  }
}

/** A file that is uploaded and not sent. */
export const fileOf = ({ file_id, content_type, ...rest }: UploadedFile) => ({ ...rest, fileId: file_id, contentType: content_type })

/** As it will stand on the wire, so that what JSON cannot say, or storage cannot keep, is found first. What else is wrong with it the server says. */
export function asSent<T>(given: T): T {
  try {
    return JSON.parse(encode(given)) as T
  } catch {
    throw invalid('event or properties')
  }
}

export const newEventOf = ({ customId, fileId, ...rest }: NewEvent): wire.NewEvent =>
  asSent({ ...rest, custom_id: customId, file_id: fileId } as wire.NewEvent)

export const detailsOf = ({ fields, ...rest }: CustomerDetails): WireDetails => ({
  ...rest,
  ...(fields && { session_fields: Object.entries(fields).map(([key, value]) => ({ [key]: value })) }),
})

/** What belongs to the membership in a chat, and not to the user, is left out. */
export function userOf(user: ChatUser | Customer): User {
  const { session_fields, present: _, seen_seq: __, events_seen_up_to: ___, created_at: ____, ...rest } = user as ChatUser & Customer
  return { ...rest, ...(session_fields?.length && { fields: Object.assign({}, ...session_fields) as Record<string, string> }) }
}

const presentIn = (chat: Chat) => chat.users.flatMap(({ id, present }) => (present ? [id] : []))

export function summaryOf(chat: Chat): ChatSummary {
  const perType = Object.entries(chat.last_event_per_type).map(([type, event]) => [type, eventOf(event)])
  const seen = chat.users.map(({ id, events_seen_up_to: at }) => [id, at ? Date.parse(at) : null])
  return {
    id: chat.id,
    users: presentIn(chat),
    active: chat.active,
    order: Date.parse(chat.last_activity_at),
    properties: chat.properties,
    ...(chat.last_event && { lastEvent: eventOf(chat.last_event) }),
    lastEventsPerType: Object.fromEntries(perType),
    lastSeenTimestamps: Object.fromEntries(seen),
    unreadCount: chat.unread_count,
  }
}

export const chatsOf = (page: { chats_summary: Chat[]; total_chats: number }): ChatsSummary => ({
  chatsSummary: page.chats_summary.map(summaryOf),
  totalChats: page.total_chats,
})

export const startedOf = (chat: Chat): StartedChat => ({
  id: chat.id,
  users: presentIn(chat),
  threads: chat.thread ? [chat.thread.id] : [],
  properties: chat.properties,
})

export const threadSummaryOf = (chat: string, { id, order, total_events }: threads.Thread): ThreadSummary => ({
  id,
  chat,
  order,
  totalEvents: total_events,
})

export const threadOf = (chat: string, thread: threads.Thread, events: ChatEvent[]): Thread => ({
  id: thread.id,
  chat,
  active: thread.active,
  order: thread.order,
  users: thread.user_ids,
  properties: thread.properties ?? {},
  ...(thread.rating && { rating: thread.rating }),
  events,
})
