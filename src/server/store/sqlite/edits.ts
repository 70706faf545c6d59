/** What is altered after it was said: events edited and deleted, chats renamed and deleted. Each makes an entry; text stands in the rows alone. */
import type { Described, EventRef, LogWrite } from '../change.ts'
import { type Draft, Stale } from './draft.ts'
import { numberOf } from './properties.ts'
import type { Tables } from './tables.ts'

type Of<W extends LogWrite['write']> = Extract<LogWrite, { write: W }>
export type EditWrite = Of<'edit_event' | 'stream_event' | 'delete_event' | 'react' | 'update_chat' | 'delete_chat'>

export function applyEdit(tables: Tables, draft: Draft, write: EditWrite): void {
  if (write.write === 'edit_event') editEvent(tables, draft, write)
  else if (write.write === 'stream_event') streamEvent(tables, draft, write)
  else if (write.write === 'delete_event') deleteEvent(tables, draft, write)
  else if (write.write === 'react') react(tables, draft, write)
  else if (write.write === 'update_chat') updateChat(tables, draft, write)
  else deleteChat(tables, draft, write)
}

function editEvent(tables: Tables, draft: Draft, write: Of<'edit_event'>): void {
  const { number, event } = standing(tables, write)
  const { created_at } = draft.append({ ...said(write, number, event.audience), kind: 'event_updated' })
  tables.events.edit(number, write.set, created_at)
  if (write.tells) draft.mention(write.tells, event, number)
}

/** Those who wait for more of it are told of a step, but it is no edit. */
function streamEvent(tables: Tables, draft: Draft, write: Of<'stream_event'>): void {
  const { number, event } = standing(tables, write)
  if (event.streaming_at === null) throw new Stale()
  const { text, quick_replies = event.quick_replies, streaming_at, by } = write
  const ends = streaming_at === null
  if (ends || text !== event.text) draft.append({ ...said(write, number, event.audience), kind: 'event_updated' })
  tables.events.stream(number, { text, quick_replies, streaming_at, cut_by: ends && by !== event.author_id ? by : null })
}

function deleteEvent(tables: Tables, draft: Draft, write: Of<'delete_event'>): void {
  const { number, event } = standing(tables, write)
  const { created_at } = draft.append({ ...said(write, number, event.audience), kind: 'event_deleted' })
  tables.events.blank(number, created_at)
  if (event.files.length > 0) tables.files.deleteOf(number)
  const reply_to = tables.events.replyTo(number)
  if (reply_to !== null) tables.events.sumUpReplies(reply_to, -1)
}

/** Each reacts once with an emoji. */
function react(tables: Tables, draft: Draft, { kind, emoji, user_id, ...ref }: Of<'react'>): void {
  const { number, event } = standing(tables, ref)
  const { [emoji]: users = [], ...others } = event.reactions ?? {}
  if (users.includes(user_id) === (kind === 'added')) return
  const left = users.filter((id) => id !== user_id)
  const now =
    kind === 'added'
      ? { ...event.reactions, [emoji]: [...users, user_id] }
      : left.length > 0
        ? { ...event.reactions, [emoji]: left }
        : others
  tables.events.setReactions(number, Object.keys(now).length > 0 ? now : null)
  const { thread_id } = ref
  draft.append({
    ...{ kind: `reaction_${kind}`, audience: event.audience, thread_id, event_number: number, user_id, actor_id: user_id, value: emoji },
  })
}

/** The event, as long as there is something of it. */
function standing(tables: Tables, { chat_id, thread_id, event_id }: EventRef & { chat_id: string }) {
  const number = numberOf(tables, chat_id, thread_id, event_id)
  const event = number === null ? null : tables.events.byNumber(number)
  if (number === null || !event || event.deleted_at !== null) throw new Stale()
  return { number, event }
}

const said = ({ thread_id, by }: Of<'edit_event' | 'stream_event' | 'delete_event'>, event_number: number, audience: 'all' | 'agents') => ({
  ...{ audience, thread_id, event_number, actor_id: by },
})

function updateChat({ chats }: Tables, draft: Draft, { set, by }: Of<'update_chat'>): void {
  const news = Object.entries(set).filter(([name, value]) => JSON.stringify(draft.row[name as keyof Described]) !== JSON.stringify(value))
  if (news.length === 0) return
  Object.assign(draft.row, set)
  chats.describe(draft.row)
  draft.append({ kind: 'chat_updated', audience: 'all', actor_id: by })
}

/** MEM7: the entry that says so is the last of every stay. */
function deleteChat({ chats, stays, userLog }: Tables, draft: Draft, { chat_id, by }: Of<'delete_chat'>): void {
  const { row, fold } = draft
  const { created_at } = draft.append({ kind: 'chat_deleted', audience: 'all', actor_id: by })
  for (const [user_id, user_type] of Object.entries(fold.members)) {
    stays.end(chat_id, user_id, draft.head())
    delete fold.members[user_id]
    draft.removed[user_id] = user_type
    draft.userEntries.push(userLog.append(user_id, 'chat_removed', chat_id, created_at))
  }
  if (fold.thread?.active) Object.assign(fold.thread, { active: false, closed_at: created_at })
  Object.assign(row, { active_thread_id: null, waiting_since: null, deleted_at: created_at })
  chats.setDeleted(chat_id, created_at)
}
