/** Namespaced key/value data on a chat, a thread or an event, and changing it. */
import { MAX_PROPERTIES_BYTES } from './limits.ts'
import { closed, Id, open, type Static, Type } from './schema.ts'

const Name = Type.String({ minLength: 1, maxLength: 64 })
const Value = Type.Union([Type.String({ maxLength: 4096 }), Type.Number(), Type.Boolean()])
const MAX_NAMESPACES = 20
const MAX_NAMES = 100

export const Properties = Type.Record(Name, Type.Record(Name, Value, { maxProperties: MAX_NAMES }), {
  maxProperties: MAX_NAMESPACES,
  description: `At most ${MAX_PROPERTIES_BYTES} bytes as JSON.`,
})
export type Properties = Static<typeof Properties>

/** Names of properties, by namespace. */
export const PropertyNames = Type.Record(Name, Type.Array(Name, { maxItems: MAX_NAMES }), { maxProperties: MAX_NAMESPACES })
export type PropertyNames = Static<typeof PropertyNames>

/** The entry that it became; none when everything was so already. */
const changed = open({ entries: Type.Array(Type.Unknown()) })

const chat = { id: Id }
const thread = { chat_id: Id, thread_id: Id }
const event = { ...thread, event_id: Id }

export const properties = {
  updateChat: { request: closed({ ...chat, properties: Properties }), response: changed },
  deleteChat: { request: closed({ ...chat, properties: PropertyNames }), response: changed },
  updateThread: { request: closed({ ...thread, properties: Properties }), response: changed },
  deleteThread: { request: closed({ ...thread, properties: PropertyNames }), response: changed },
  updateEvent: { request: closed({ ...event, properties: Properties }), response: changed },
  deleteEvent: { request: closed({ ...event, properties: PropertyNames }), response: changed },
}
