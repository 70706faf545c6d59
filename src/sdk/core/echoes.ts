/** One's own events that the log has not told of yet, as lines of a conversation. */
import type { Event, NewEvent } from '../../protocol/events.ts'
import type { Outbox } from './outbox.ts'
import type { OutboxEntry } from './outbox-entry.ts'
import type { TimelineItem } from './views.ts'

export type EventLine = Extract<TimelineItem, { readonly kind: 'event' }>

export const echo = (key: string, event: Event, own: Pick<EventLine, 'seq' | 'delivery' | 'error'>): EventLine => ({
  kind: 'event',
  key,
  event,
  own: true,
  ...own,
})

/** Of what waits in the outbox. */
export function echoOf(
  { current }: Pick<Outbox, 'current'>,
  { ref, at, error }: OutboxEntry,
  { custom_id = '', ...content }: NewEvent,
  author_id: string,
): EventLine {
  const delivery = error ? 'failed' : current === ref ? 'sending' : 'waiting'
  const created_at = new Date(at).toISOString()
  const event: Event = { ...content, id: custom_id, custom_id, thread_id: '', author_id, created_at, seq: 0 }
  return echo(custom_id, event, { seq: null, delivery, error: error ?? null })
}
