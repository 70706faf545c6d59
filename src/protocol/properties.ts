/** Namespaced key/value data on a chat, a thread or an event. */
import { MAX_PROPERTIES_BYTES } from './limits.ts'
import { type Static, Type } from './schema.ts'

const Value = Type.Union([Type.String({ maxLength: 4096 }), Type.Number(), Type.Boolean()])

export const Properties = Type.Record(
  Type.String({ minLength: 1, maxLength: 64 }),
  Type.Record(Type.String({ minLength: 1, maxLength: 64 }), Value, { maxProperties: 100 }),
  { maxProperties: 20, description: `At most ${MAX_PROPERTIES_BYTES} bytes as JSON.` },
)
export type Properties = Static<typeof Properties>
