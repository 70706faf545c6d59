/** Whole chats as a reader sees them: their summary rows joined with the people who are named in them. */
import type { Chat, Described } from '../../protocol/chats.ts'
import type { ChatUser, User } from '../../protocol/users.ts'
import type { ChatRow } from '../store/rows.ts'
import type { ChatSummary } from '../store/store.ts'
import type { Reader, Reads } from './context.ts'
import { presentAgent, presentChatUser, presentCustomer, presentEvent, presentThread, previewOf, time } from './present.ts'

/** People by id, read for several chats at once. */
export type People = ReadonlyMap<string, User>

export async function peopleOf(store: Reads, organization_id: string, ids: Iterable<string>, reader: Reader): Promise<People> {
  const { customers, agents } = await store.users(organization_id, [...new Set(ids)])
  return new Map<string, User>([
    ...customers.map(
      (row) => [row.id, presentCustomer(row, reader.view === 'agents' || row.id === reader.user_id ? reader.view : 'peers')] as const,
    ),
    ...agents.map((row) => [row.id, presentAgent(row, reader.view)] as const),
  ])
}

export async function presentChats(store: Reads, summaries: readonly ChatSummary[], reader: Reader): Promise<Chat[]> {
  const organization = summaries[0]?.chat.organization_id
  if (organization === undefined) return []
  const people = await peopleOf(store, organization, summaries.flatMap(named), reader)
  return summaries.map((summary) => presentChat(summary, people, reader))
}

export async function readChat(store: Reads, chat: ChatRow, reader: Reader): Promise<Chat> {
  const summary = await store.summary(chat, reader)
  return presentChat(summary, await peopleOf(store, chat.organization_id, named(summary), reader), reader)
}

/** Users of the chat, and whoever left a read mark without being one. */
const named = ({ stays, marks }: ChatSummary): string[] => [...stays, ...marks].map((row) => row.user_id)

function presentChat(whole: ChatSummary, people: People, asked: Reader): Chat {
  const summary = withinStay(whole, asked)
  const reader = { ...asked, from: stayOf(summary, asked)?.from_agents ?? 1 }
  const { chat, last_thread, last_events, unread } = summary
  const agents = reader.view === 'agents'
  const events = last_events.map((row) => presentEvent(row, reader))
  const [last_event] = events
  const preview = last_events[0] && previewOf(last_events[0])
  return {
    id: chat.id,
    kind: chat.kind,
    ...saidOf(chat),
    active: chat.active_thread_id !== null,
    created_at: time(chat.created_at),
    seq: agents ? chat.seq_agents : chat.seq_public,
    from_seq: firstReadable(summary, reader),
    users: usersOf(summary, people, reader),
    properties: chat.properties,
    ...(last_thread ? { thread: presentThread(last_thread, reader.view) } : {}),
    ...(last_event ? { last_event } : {}),
    ...(preview === undefined ? {} : { last_event_preview: preview }),
    last_event_per_type: Object.fromEntries(events.map((event) => [event.type, event])),
    last_activity_at: time(agents ? chat.activity_agents_at : chat.activity_public_at),
    unread_count: unread,
    ...(agents && chat.waiting_since !== null ? { waiting_since: time(chat.waiting_since) } : {}),
  }
}

/** What is said of a chat as a whole, where it is said. */
export const saidOf = ({ name, avatar, joinable, user_limit, settings }: ChatRow): Described => ({
  ...(name === null ? {} : { name }),
  ...(avatar === null ? {} : { avatar }),
  ...(joinable ? { joinable: true } : {}),
  ...(user_limit === null ? {} : { user_limit }),
  ...(settings === null ? {} : { settings }),
})

/** Of a reader who does not read the whole chat. */
const stayOf = ({ chat, stays }: ChatSummary, { user_id }: Reader) =>
  chat.kind === 'support' ? undefined : stays.find((row) => row.user_id === user_id)

/** MEM4, MEM5: who has left sees the chat as it was when they did, and nobody sees an event from before they came. */
function withinStay(summary: ChatSummary, reader: Reader): ChatSummary {
  const stay = summary.stays.find((row) => row.user_id === reader.user_id)
  const { chat } = summary
  if (!stay || (chat.kind === 'support' && reader.view === 'agents')) return summary
  const from = chat.kind === 'support' ? 1 : stay.from_agents
  const left = stay.to_agents
  const last_events = summary.last_events.filter(({ seq_agents: seq }) => seq >= from && (left === null || seq <= left))
  if (left === null) return { ...summary, last_events }
  const at = last_events[0]?.created_at ?? chat.created_at
  const then = { seq_agents: left, seq_public: stay.to_public ?? 0, activity_agents_at: at, activity_public_at: at }
  return { ...summary, chat: { ...chat, ...then, active_thread_id: null }, last_events, last_thread: null, unread: 0 }
}

function firstReadable(summary: ChatSummary, reader: Reader): number {
  const stay = stayOf(summary, reader)
  return stay ? (reader.view === 'agents' ? stay.from_agents : stay.from_public) : 1
}

function usersOf(summary: ChatSummary, people: People, reader: Reader): ChatUser[] {
  const stays = new Map(summary.stays.map((stay) => [stay.user_id, stay]))
  const marks = new Map(summary.marks.map((mark) => [mark.user_id, mark]))
  return [...new Set(named(summary))].flatMap((id) => {
    const user = people.get(id)
    const stay = stays.get(id)
    return user ? [presentChatUser(user, stay?.role ?? null, stay?.to_agents === null, marks.get(id), reader.view)] : []
  })
}
