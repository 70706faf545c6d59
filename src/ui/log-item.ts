/** What the log shows: one line of a conversation, in the shape in which the SDK's timeline has it. */
import type { ErrorBody } from '../protocol/errors.ts'
import type { Event } from '../protocol/events.ts'

export interface EventItem {
  readonly kind: 'event'
  /** Stays the same when an echo becomes a stored event. */
  readonly key: string
  /** Null until stored. */
  readonly seq: number | null
  readonly event: Event
  readonly own: boolean
  readonly delivery: 'waiting' | 'sending' | 'sent' | 'failed'
  readonly error: ErrorBody | null
}

/** Whose replies are looked at, and whether it is to reply. */
export interface Replied {
  readonly item: EventItem
  readonly writes: boolean
}

export type LineItem =
  | { readonly kind: 'thread_closed'; readonly key: string; readonly seq: number; readonly at: string; readonly user_id: string | null }
  | {
      readonly kind: 'user_added' | 'user_removed'
      readonly key: string
      readonly seq: number
      readonly at: string
      readonly user_id: string
    }
  | {
      readonly kind: 'rated'
      readonly key: string
      readonly seq: number
      readonly at: string
      readonly user_id: string
      /** Null when the rating was withdrawn. */
      readonly value: 'good' | 'bad' | null
    }

export type LogItem = EventItem | LineItem

/** As it is by now. */
export const itemIn = (items: readonly LogItem[], id: string): EventItem | undefined =>
  items.find((item): item is EventItem => item.kind === 'event' && item.event.id === id)

export const eventIn = (items: readonly LogItem[], id: string): Event | undefined => itemIn(items, id)?.event
