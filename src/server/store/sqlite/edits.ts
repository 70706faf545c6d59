/** What is altered after it was said: events edited and deleted, chats renamed and deleted. Each makes an entry; text stands in the rows alone. */
import type { LogWrite } from '../change.ts'
import { type Draft, Stale } from './draft.ts'
import { numberOf } from './properties.ts'
import type { Tables } from './tables.ts'

type Of<W extends LogWrite['write']> = Extract<LogWrite, { write: W }>
export type EditWrite = Of<'edit_event' | 'delete_event' | 'update_chat' | 'delete_chat'>

export function applyEdit(tables: Tables, draft: Draft, write: EditWrite): void {
  if (write.write === 'edit_event') editEvent(tables, draft, write)
  else if (write.write === 'delete_event') deleteEvent(tables, draft, write)
  else if (write.write === 'update_chat') updateChat(tables, draft, write)
  else deleteChat(tables, draft, write)
}

function editEvent(tables: Tables, draft: Draft, write: Of<'edit_event'>): void {
  const { number, audience } = standing(tables, write)
  const { created_at } = draft.append({ ...said(write, number, audience), kind: 'event_updated' })
  tables.events.edit(number, write.set, created_at)
}

function deleteEvent(tables: Tables, draft: Draft, write: Of<'delete_event'>): void {
  const { number, audience, file } = standing(tables, write)
  const { created_at } = draft.append({ ...said(write, number, audience), kind: 'event_deleted' })
  tables.events.blank(number, created_at)
  if (file) tables.plain({ write: 'delete', table: 'files', key: { id: file.id } })
}

/** The event, as long as there is something of it. */
function standing(tables: Tables, { chat_id, thread_id, event_id }: Of<'edit_event' | 'delete_event'>) {
  const number = numberOf(tables, chat_id, thread_id, event_id)
  const event = number === null ? null : tables.events.byNumber(number)
  if (number === null || !event || event.deleted_at !== null) throw new Stale()
  return { ...event, number }
}

const said = ({ thread_id, by }: Of<'edit_event' | 'delete_event'>, event_number: number, audience: 'all' | 'agents') => ({
  ...{ audience, thread_id, event_number, actor_id: by },
})

function updateChat({ chats }: Tables, draft: Draft, { set, by }: Of<'update_chat'>): void {
  const { name, joinable, history } = draft.row
  const now = { name, joinable, history, ...set }
  if (now.name === name && now.joinable === joinable && now.history === history) return
  Object.assign(draft.row, now)
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
