/** Listings for back ends: onward by a cursor, or page by page with the total. */
import { DEFAULT_PAGE, MAX_PAGE } from './limits.ts'
import { closed, limit, open, optional, orNull, type TSchema, Type } from './schema.ts'

/** Pages are for people who leaf; whoever wants everything takes the cursor, which costs the same however far it is. */
const MAX_PAGE_NUMBER = 10_000

/** What a request for a part of a list takes beside its own fields. */
const part = {
  /** From the answer before; cannot go with `page`. */
  cursor: optional(Type.String({ minLength: 1, maxLength: 512 })),
  /** 1, 2, 3, …; the answer tells the total. */
  page: optional(Type.Integer({ minimum: 1, maximum: MAX_PAGE_NUMBER })),
  limit: optional(limit(MAX_PAGE, DEFAULT_PAGE)),
}

export const listing = <F extends Record<string, TSchema>, I extends TSchema>(fields: F, item: I) => ({
  request: closed({ ...fields, ...part }),
  response: open({
    data: Type.Array(item),
    /** Null behind the last part. */
    next_cursor: orNull(Type.String()),
    has_more: Type.Boolean(),
    /** When `page` was asked for. */
    page: optional(Type.Integer()),
    total: optional(Type.Integer()),
    total_pages: optional(Type.Integer()),
  }),
})
