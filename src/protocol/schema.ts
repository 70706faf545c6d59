/** The one door to TypeBox, and the few building blocks that every schema of the wire is made of. */
import Type, { type Static, type TProperties, type TSchema } from 'typebox'

export type { Static, TSchema }
export { Type }

/** An object of a request: fields it does not name are refused. */
export const closed = <P extends TProperties>(properties: P) => Type.Object(properties, { additionalProperties: false })

/** An object of an answer or a push: readers ignore fields they do not know, so it may grow. */
export const open = <P extends TProperties>(properties: P) => Type.Object(properties)

export const optional = Type.Optional

export const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** An opaque name. Nothing is ever authorised by knowing one. */
export const Id = Type.String({ minLength: 1, maxLength: 64 })

/** A client's own name for what it sends, unique per chat and author. One that begins with `~` is shown to its author only. */
export const CustomId = Type.String({ minLength: 1, maxLength: 128 })

/** RFC 3339 in UTC with milliseconds, as `Date#toISOString` writes it. */
export const Time = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?Z$' })

/** A place in a log: 1, 2, 3, …; 0 is before the first entry. */
export const Seq = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })

/** How many to pass over in a listing. */
export const Offset = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })

/** A random name for the unbroken history that sequence numbers count. */
export const Epoch = Type.String({ minLength: 1, maxLength: 64 })

export const limit = (max: number, otherwise: number) => Type.Integer({ minimum: 1, maximum: max, default: otherwise })

/** Text of the given number of characters at most; bytes are counted apart, where they matter. */
export const text = (max: number, min = 0) => Type.String({ minLength: min, maxLength: max })
