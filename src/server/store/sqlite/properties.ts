/** Properties where they stand: in the row of a chat, of a thread or of an event. */
import type { Holder } from '../change.ts'
import type { Audience, Properties, PropertyNames } from '../rows.ts'
import type { Draft } from './draft.ts'
import type { Tables } from './tables.ts'

export interface Held {
  readonly properties: Properties
  /** Who may know of them. */
  readonly audience: Audience
  readonly event_number: number | null
  set(properties: Properties): void
}

export function heldBy(tables: Tables, draft: Draft, { chat_id, thread_id, event_id }: Holder): Held | null {
  if (thread_id === null) return ofChat(tables, draft)
  return event_id === null ? ofThread(draft, thread_id) : ofEvent(tables, numberOf(tables, chat_id, thread_id, event_id))
}

const ofChat = (tables: Tables, { row }: Draft): Held => ({
  ...{ properties: row.properties, audience: 'all', event_number: null },
  set(properties) {
    row.properties = properties
    tables.chats.setProperties(row.id, properties)
  },
})

function ofThread(draft: Draft, thread_id: string): Held | null {
  const thread = draft.thread(thread_id)
  if (!thread) return null
  return {
    ...{ properties: thread.properties, audience: 'all', event_number: null },
    set(properties) {
      thread.properties = properties
    },
  }
}

function ofEvent(tables: Tables, number: number | null): Held | null {
  const event = number === null ? null : tables.events.byNumber(number)
  if (number === null || !event) return null
  const { audience, properties } = event
  return { audience, properties: properties ?? {}, event_number: number, set: (after) => tables.events.setProperties(number, after) }
}

/** An event's id counts those of its thread before it, so it lies that far behind the thread's opening at least. */
export function numberOf({ events, threads }: Tables, chat_id: string, thread_id: string, event_id: string): number | null {
  const stretch = threads.stretch(chat_id, thread_id)
  const count = Number(/_a?(\d+)$/.exec(event_id)?.[1])
  if (!stretch || !count) return null
  return events.numberOf(chat_id, { after: stretch.after + count - 1, before: stretch.before ?? Number.MAX_SAFE_INTEGER }, event_id)
}

/** Those that are still there, with their values. */
export const named = (properties: Properties, names: PropertyNames): Properties =>
  Object.fromEntries(
    Object.entries(names).flatMap(([namespace, wanted]) => {
      const found = Object.entries(properties[namespace] ?? {}).filter(([name]) => wanted.includes(name))
      return found.length > 0 ? [[namespace, Object.fromEntries(found)]] : []
    }),
  )
