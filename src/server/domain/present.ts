/** Shaping on the way out: rows become what the wire shows, for one reader. Pure, so that one shape may serve many readers. */
import type { Amends, Event, QuotedEvent } from '../../protocol/events.ts'
import type { ShownFile, UploadedFile } from '../../protocol/files.ts'
import { MAX_PREVIEW_CHARS, MAX_QUOTE_CHARS } from '../../protocol/limits.ts'
import type { Reaction } from '../../protocol/reactions.ts'
import type { Thread } from '../../protocol/threads.ts'
import type { Agent, ChatUser, Customer, User } from '../../protocol/users.ts'
import type { AgentRow, CustomerRow } from '../store/account-rows.ts'
import type { ChatRow, EventRow, FileRow, MarkRow, Quoted, Replies, Role, ThreadRow } from '../store/rows.ts'
import type { View } from '../store/store.ts'
import type { Reader } from './context.ts'

export const time = (at: number): string => new Date(at).toISOString()

/** To agents, to the customer themselves (`public`), or to those who share a chat with them. */
export const presentCustomer = (row: CustomerRow, to: View | 'peers'): Customer => ({
  id: row.id,
  type: 'customer',
  ...(row.name === null ? {} : { name: row.name }),
  ...(to === 'peers' || row.email === null ? {} : { email: row.email }),
  ...(row.avatar === null ? {} : { avatar: row.avatar }),
  session_fields: to === 'peers' ? [] : row.session_fields,
  ...(row.username === null ? {} : { username: row.username }),
  ...(row.nickname === null ? {} : { nickname: row.nickname }),
  ...(row.badge === null ? {} : { badge: row.badge }),
  created_at: time(row.created_at),
  ...(row.external_id === null ? {} : { external_id: row.external_id }),
  ...(to === 'agents' && row.page !== null ? { page: row.page } : {}),
  ...(to === 'agents' && row.referrer !== null ? { referrer: row.referrer } : {}),
})

export const presentAgent = (row: AgentRow, view: View): Agent => ({
  id: row.id,
  type: row.kind,
  name: row.name,
  ...(row.avatar === null ? {} : { avatar: row.avatar }),
  ...(row.job_title === null ? {} : { job_title: row.job_title }),
  ...(view === 'agents' && row.email !== null ? { email: row.email } : {}),
})

export const presentChatUser = (user: User, role: Role | null, present: boolean, mark: MarkRow | undefined, view: View): ChatUser => ({
  ...user,
  present,
  seen_seq: mark ? (view === 'agents' ? mark.seq_agents : mark.seq_public) : 0,
  ...(mark?.seen_up_to ? { events_seen_up_to: time(mark.seen_up_to) } : {}),
  ...(role === null ? {} : { role }),
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

export const presentUploaded = (row: FileRow, reader: Reader): UploadedFile => ({ file_id: row.id, ...presentFile(row, reader) })

export const presentReactions = ({ reactions }: Pick<EventRow, 'reactions'>): Reaction[] =>
  Object.entries(reactions ?? {}).map(([emoji, user_ids]) => ({ emoji, user_ids }))

export const presentReplies = ({ count, last_at, last_user_ids }: Replies) => ({ count, last_at: time(last_at), last_user_ids })

/** What a reply, coming or going, changes of the event that it replies to. */
export const amendsParent = ({ parent }: EventRow): { amends?: Amends } =>
  parent === null ? {} : { amends: { id: parent.id, replies: parent.replies && presentReplies(parent.replies) } }

const beginningOf = (text: string, chars: number): string => [...text.slice(0, 2 * chars)].slice(0, chars).join('')

/** RPL4: of what lies before the reader's stay nothing but that it is there. */
export function presentQuoted(row: Quoted, { from }: Reader): QuotedEvent {
  const [file] = row.files
  if (row.seq_agents < from) return { id: row.id }
  return {
    id: row.id,
    type: row.type,
    ...(row.author_id === null ? {} : { author_id: row.author_id }),
    created_at: time(row.created_at),
    ...(row.text === null ? {} : { text: beginningOf(row.text, MAX_QUOTE_CHARS) }),
    ...(file ? { name: file.name, content_type: file.content_type } : {}),
    ...(row.edited_at === null ? {} : { edited_at: time(row.edited_at) }),
    ...(row.deleted_at === null ? {} : { deleted_at: time(row.deleted_at) }),
  }
}

/** In a line of a list. */
export function previewOf({ text, files }: EventRow): string | undefined {
  const words = text || files[0]?.name
  return words && beginningOf(words, MAX_PREVIEW_CHARS)
}

/** What a `file` is, and what a message brings along. */
function presentFiles({ type, files }: EventRow, reader: Reader): Partial<Event> {
  const [file] = files
  if (type === 'file') return file ? presentFile(file, reader) : {}
  return file ? { attachments: files.map((one) => presentUploaded(one, reader)) } : {}
}

/** BOT3: of a message that is being written all that there is. */
export function textOf({ id, text, streaming_at }: EventRow, { streams }: Pick<Reader, 'streams'>): string | null {
  const live = streaming_at === null ? null : (streams?.textOf(id) ?? null)
  return live !== null && live.length > (text?.length ?? 0) ? live : text
}

const presentText = (text: string | null): Pick<Event, 'text'> => (text === null ? {} : { text })

export const presentEvent = (row: EventRow, reader: Reader): Event => ({
  id: row.id,
  type: row.type,
  thread_id: row.thread_id,
  ...(row.author_id === null ? {} : { author_id: row.author_id }),
  created_at: time(row.created_at),
  seq: seqOf(row, reader.view),
  ...(showsCustomId(row, reader) ? { custom_id: row.custom_id as string } : {}),
  ...presentText(textOf(row, reader)),
  ...(row.content === null ? {} : { content: row.content }),
  ...presentFiles(row, reader),
  ...(row.quick_replies === null ? {} : { quick_replies: [...row.quick_replies] }),
  ...(row.streaming_at === null ? {} : { streaming: true }),
  ...(row.properties === null ? {} : { properties: row.properties }),
  ...(row.parent === null ? {} : { reply_to_id: row.parent.id }),
  ...(row.replies === null ? {} : { replies: presentReplies(row.replies) }),
  ...(row.quoted === null ? {} : { quoted_event: presentQuoted(row.quoted, reader) }),
  ...(row.mentions === null ? {} : { mentions: [...row.mentions] }),
  ...(row.reactions === null ? {} : { reactions: presentReactions(row) }),
  ...(row.original !== null && reader.view === 'agents' ? { original_text: row.original } : {}),
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
