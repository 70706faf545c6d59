/** Threads, the stretches that a chat is made of: open or closed, at most one open, and it is the last. */
import { MAX_PAGE_THREADS } from './limits.ts'
import { Properties } from './properties.ts'
import { Rating } from './ratings.ts'
import { closed, Id, limit, Offset, open, optional, type Static, Time, Type } from './schema.ts'

export const Thread = open({
  id: Id,
  /** 1 for the chat's first thread, 2 for the next, … */
  order: Type.Integer(),
  active: Type.Boolean(),
  created_at: Time,
  closed_at: optional(Time),
  user_ids: Type.Array(Id),
  total_events: Type.Integer(),
  properties: optional(Properties),
  /** The customer's; null or absent when there is none. */
  rating: optional(Type.Union([Rating, Type.Null()])),
  previous_thread_id: optional(Id),
  next_thread_id: optional(Id),
})
export type Thread = Static<typeof Thread>

export const threads = {
  /** Threads without their events, newest first unless asked otherwise; `list_events` has the events. */
  list: {
    request: closed({
      chat_id: Id,
      thread_ids: optional(Type.Array(Id, { maxItems: 100 })),
      offset: optional(Offset),
      limit: optional(limit(MAX_PAGE_THREADS, 25)),
      sort_order: optional(Type.Union([Type.Literal('asc'), Type.Literal('desc')])),
    }),
    response: open({ threads: Type.Array(Thread), found_threads: Type.Integer() }),
  },
}
