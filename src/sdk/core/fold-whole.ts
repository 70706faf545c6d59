/** The fold with nothing left out, for clients whose chats are shown to programs: properties of all kinds, the last event of each type, and the preview. */
import type { Chat } from '../../protocol/chats.ts'
import type { Event } from '../../protocol/events.ts'
import { MAX_PREVIEW_CHARS } from '../../protocol/limits.ts'
import type { Properties, PropertyNames } from '../../protocol/properties.ts'
import type { LogPush } from '../../protocol/pushes.ts'
import type { ChatUser } from '../../protocol/users.ts'
import { type Amending, amended } from './events.ts'
import { fold } from './fold.ts'
import type { Amend, Told } from './lines.ts'
import type { Fold } from './replica.ts'

export const foldWhole: Fold = (before, entry, me) => {
  const chat = waiting(before, takingPart(fold(before, entry, me), entry), entry)
  const { thread, last_event } = chat
  const next: Chat = {
    ...chat,
    ...propertiesOf('chat', chat, entry),
    ...(thread && { thread: isOf(thread.id, 'thread', entry) ? { ...thread, ...propertiesOf('thread', thread, entry) } : thread }),
    ...(last_event && { last_event: withProperties(last_event, entry) }),
    last_event_per_type: lastPerType(before, entry),
  }
  return previewed(next)
}

function lastPerType(before: Chat, entry: LogPush): Chat['last_event_per_type'] {
  const { action, payload } = entry
  const { last_event_per_type } = action === 'incoming_chat' ? payload.chat : before
  const held = Object.entries(last_event_per_type).map(([type, event]) => [type, amendedWhole(event, entry)])
  return { ...Object.fromEntries(held), ...(action === 'incoming_event' && { [payload.event.type]: payload.event }) }
}

/** The same for an event that is held. */
export const amendedWhole: Amend = (held, push) => withProperties(amended(held, push.payload as Amending), push)

/** Whoever says something in a thread, or comes while it is open, is one of its users. */
function takingPart(chat: Chat, { action, payload }: LogPush): Chat {
  const { thread } = chat
  const said = action === 'incoming_event' && payload.event.visibility !== 'agents' && payload.thread_id === thread?.id
  const id = said ? payload.event.author_id : action === 'user_added_to_chat' && thread?.active ? payload.user.id : undefined
  if (!thread || !id || thread.user_ids.includes(id)) return chat
  return { ...chat, thread: { ...thread, user_ids: [...thread.user_ids, id] } }
}

/** Agents see since when a customer waits: a message of the customer starts it, and a bot that goes; an answer ends it, a note changes nothing. */
function waiting(before: Chat, chat: Chat, { action, payload }: LogPush): Chat {
  if (action === 'user_removed_from_chat') {
    const isBot = before.users.some(({ id, type, present }) => id === payload.user_id && type === 'bot' && present)
    return isBot && chat.active && chat.kind === 'support' ? { waiting_since: payload.created_at, ...chat } : chat
  }
  if (action !== 'incoming_event') return chat
  const { author_id, visibility, created_at } = payload.event
  if (visibility === 'agents') return { ...chat, users: chat.users.map((user) => (user.id === author_id ? timed(before, user) : user)) }
  if (visibility !== 'all' || author_id === undefined) return chat
  const { waiting_since = created_at, ...rest } = chat
  const byCustomer = chat.users.some(({ id, type }) => id === author_id && type === 'customer')
  return byCustomer ? { ...rest, waiting_since } : rest
}

/** SEE5: the time of a mark is that of an event for all. */
function timed({ users }: Chat, { events_seen_up_to: _, ...user }: ChatUser): ChatUser {
  const at = users.find(({ id }) => id === user.id)?.events_seen_up_to
  return { ...user, ...(at !== undefined && { events_seen_up_to: at }) }
}

type Holder = 'chat' | 'thread' | 'event'

const isOf = (id: string, holder: 'thread' | 'event', { action, payload }: Told): boolean =>
  action.startsWith(`${holder}_properties`) && (payload as Partial<Record<string, unknown>>)[`${holder}_id`] === id

const withProperties = (event: Event, push: Told): Event =>
  isOf(event.id, 'event', push) ? { ...event, ...propertiesOf('event', event, push) } : event

function propertiesOf(
  holder: Holder,
  { properties = {} }: { properties?: Properties },
  { action, payload }: Told,
): { properties?: Properties } {
  const said = payload as { readonly properties: unknown }
  if (action === `${holder}_properties_updated`) return { properties: merged(properties, said.properties as Properties) }
  return action === `${holder}_properties_deleted` ? { properties: without(properties, said.properties as PropertyNames) } : {}
}

const merged = (old: Properties, said: Properties): Properties => ({
  ...old,
  ...Object.fromEntries(Object.entries(said).map(([namespace, fields]) => [namespace, { ...old[namespace], ...fields }])),
})

const without = (old: Properties, names: PropertyNames): Properties =>
  Object.fromEntries(
    Object.entries(old).flatMap(([namespace, fields]) => {
      const left = Object.entries(fields).filter(([name]) => !names[namespace]?.includes(name))
      return left.length > 0 ? [[namespace, Object.fromEntries(left)]] : []
    }),
  )

function previewed({ last_event_preview: _, ...chat }: Chat): Chat {
  const { text, name, attachments } = chat.last_event ?? {}
  const preview = text ? [...text.slice(0, 2 * MAX_PREVIEW_CHARS)].slice(0, MAX_PREVIEW_CHARS).join('') : (name ?? attachments?.[0]?.name)
  return preview === undefined ? chat : { ...chat, last_event_preview: preview }
}
