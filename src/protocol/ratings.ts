/** Ratings: what a customer thinks of a thread, which can be changed and withdrawn. */
import { MAX_COMMENT_CHARS } from './limits.ts'
import { closed, Id, open, optional, type Static, Type, text } from './schema.ts'

const value = Type.Union([Type.Literal('good'), Type.Literal('bad')])

export const Rating = open({ value, comment: optional(Type.String()) })
export type Rating = Static<typeof Rating>

export const ratings = {
  /** Of the last thread unless another is named; null withdraws it. */
  rate: {
    request: closed({
      chat_id: Id,
      thread_id: optional(Id),
      rating: Type.Union([closed({ value, comment: optional(text(MAX_COMMENT_CHARS)) }), Type.Null()]),
    }),
    response: open({
      thread_id: Id,
      rating: Type.Union([Rating, Type.Null()]),
      /** The entry that it became; none when the thread was rated so already. */
      entries: Type.Array(Type.Unknown()),
    }),
  },
}
