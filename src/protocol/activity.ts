/** What a customer did on the site: the pages they saw, and what the site found worth telling. Shown to agents only. */
import { MAX_ACTIVITIES, MAX_TRACKED_CHARS, MAX_TRACKED_FIELDS } from './limits.ts'
import { closed, Id, open, optional, type Static, Time, Type, text } from './schema.ts'

const Name = text(64, 1)

/** Flat, so that agents can read it at a glance. */
export const TrackedData = Type.Record(Name, Type.Union([text(MAX_TRACKED_CHARS), Type.Number(), Type.Boolean()]), {
  maxProperties: MAX_TRACKED_FIELDS,
})
export type TrackedData = Static<typeof TrackedData>

export const Activity = Type.Union([
  open({ type: Type.Literal('page'), url: Type.String(), title: optional(Type.String()), created_at: Time }),
  open({ type: Type.Literal('event'), name: Type.String(), data: optional(TrackedData), created_at: Time }),
])
export type Activity = Static<typeof Activity>

export const activity = {
  /** Something that happened on the page, in the site's own words, such as `added_to_cart`. */
  track: { request: closed({ name: Name, data: optional(TrackedData) }), response: open({}) },
  /** The newest first; of pages and of events the last that are kept. */
  list: { request: closed({ id: Id }), response: open({ activity: Type.Array(Activity, { maxItems: 2 * MAX_ACTIVITIES }) }) },
}
