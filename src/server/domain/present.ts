/** Shaping on the way out: rows become what the wire shows, for one reader. Pure, so that one shape may serve many readers. */
import type { Event } from '../../protocol/events.ts'
import type { ShownFile } from '../../protocol/files.ts'
import type { Thread } from '../../protocol/threads.ts'
import type { Agent, ChatUser, Customer, User } from '../../protocol/users.ts'
import type { AgentRow, CustomerRow } from '../store/account-rows.ts'
import type { ChatRow, EventRow, FileRow, MarkRow, ThreadRow } from '../store/rows.ts'
import type { View } from '../store/store.ts'
import type { Reader } from './context.ts'

export const time = (at: number): string => new Date(at).toISOString()

export const presentCustomer = (row: CustomerRow, view: View): Customer => ({
  id: row.id,
  type: 'customer',
  ...(row.name === null ? {} : { name: row.name }),
  ...(row.email === null ? {} : { email: row.email }),
  ...(row.avatar === null ? {} : { avatar: row.avatar }),
  session_fields: row.session_fields,
  ...(row.username === null ? {} : { username: row.username }),
  ...(row.nickname === null ? {} : { nickname: row.nickname }),
  ...(row.badge === null ? {} : { badge: row.badge }),
  created_at: time(row.created_at),
  ...(view === 'agents' && row.external_id !== null ? { external_id: row.external_id } : {}),
  ...(view === 'agents' && row.page !== null ? { page: row.page } : {}),
  ...(view === 'agents' && row.referrer !== null ? { referrer: row.referrer } : {}),
})

export const presentAgent = (row: AgentRow, view: View): Agent => ({
  id: row.id,
  type: row.kind,
  name: row.name,
  ...(row.avatar === null ? {} : { avatar: row.avatar }),
  ...(row.job_title === null ? {} : { job_title: row.job_title }),
  ...(view === 'agents' && row.email !== null ? { email: row.email } : {}),
})

export const presentChatUser = (user: User, present: boolean, mark: MarkRow | undefined, view: View): ChatUser => ({
  ...user,
  present,
  seen_seq: mark ? (view === 'agents' ? mark.seq_agents : mark.seq_public) : 0,
  ...(mark?.seen_up_to ? { events_seen_up_to: time(mark.seen_up_to) } : {}),
})

export const seqOf = (row: { seq_agents: number; seq_public: number | null }, view: View): number =>
  view === 'agents' ? row.seq_agents : (row.seq_public ?? 0)

/** IDM4: a custom id that begins with `~` is the client's own key, and only its author gets to see it. */
const showsCustomId = (row: EventRow, reader: Reader) =>
  row.custom_id !== null && (!row.custom_id.startsWith('~') || row.author_id === reader.user_id)

/** Where the log ends in the view. */
export const headOf = (chat: ChatRow, view: View): number => (view === 'agents' ? chat.seq_agents : chat.seq_public)

export const presentFile = (row: FileRow, { files }: Reader): ShownFile => ({
  name: row.name,
  url: files.addressOf(row),
  content_type: row.content_type,
  size: row.size,
  ...(row.width === null ? {} : { width: row.width }),
  ...(row.height === null ? {} : { height: row.height }),
})

export const presentEvent = (row: EventRow, reader: Reader): Event => ({
  id: row.id,
  type: row.type,
  thread_id: row.thread_id,
  ...(row.author_id === null ? {} : { author_id: row.author_id }),
  created_at: time(row.created_at),
  seq: seqOf(row, reader.view),
  ...(showsCustomId(row, reader) ? { custom_id: row.custom_id as string } : {}),
  ...(row.text === null ? {} : { text: row.text }),
  ...(row.content === null ? {} : { content: row.content }),
  ...(row.file === null ? {} : presentFile(row.file, reader)),
  ...(row.properties === null ? {} : { properties: row.properties }),
  ...(row.edited_at === null ? {} : { edited_at: time(row.edited_at) }),
  ...(row.deleted_at === null ? {} : { deleted_at: time(row.deleted_at) }),
  ...(reader.view === 'agents' ? { visibility: row.audience } : {}),
})

export const presentThread = (row: ThreadRow, view: View): Thread => ({
  id: row.id,
  order: row.order,
  active: row.active,
  created_at: time(row.created_at),
  ...(row.closed_at === null ? {} : { closed_at: time(row.closed_at) }),
  user_ids: row.user_ids,
  total_events: row.events_public + (view === 'agents' ? row.events_agents : 0),
  properties: row.properties,
  ...(row.rating === null ? {} : { rating: row.rating }),
  ...(row.previous_thread_id === null ? {} : { previous_thread_id: row.previous_thread_id }),
  ...(row.next_thread_id === null ? {} : { next_thread_id: row.next_thread_id }),
})
