/** Replies to an event: a feed of their own beside the chat's, and what the event says of them. */
import { MAX_LAST_REPLIERS } from './limits.ts'
import { Id, open, orNull, type Static, Time, Type } from './schema.ts'

/** What the replies to an event come to. */
export const Replies = open({
  count: Type.Integer(),
  last_at: Time,
  /** The last who replied, the latest first. */
  last_user_ids: Type.Array(Id, { maxItems: MAX_LAST_REPLIERS }),
})
export type Replies = Static<typeof Replies>

/** The event that a reply belongs to: its replies as they are now, null where none is left. */
export const Parent = open({ id: Id, replies: orNull(Replies) })
export type Parent = Static<typeof Parent>
