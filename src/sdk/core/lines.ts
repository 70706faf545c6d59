/** Lines of a conversation: what of a log's entries a reader sees as something that happened. */
import type { Event } from '../../protocol/events.ts'
import type { LogPush } from '../../protocol/pushes.ts'
import { type Amending, amended } from './events.ts'
import type { TimelineItem } from './views.ts'

/** A line that stands in the log, and so has a number. */
export type LogItem = TimelineItem & { readonly seq: number }

/** One's own event keeps the key that its echo had. */
export const keyOf = (event: { readonly id: string; readonly custom_id?: string }, own: boolean): string =>
  (own && event.custom_id) || event.id

/** Null for entries that change state only. */
export function lineOf({ action, payload }: LogPush, me: string): LogItem | null {
  const { seq, created_at: at } = payload
  switch (action) {
    case 'incoming_event': {
      const { event } = payload
      // Replies have a feed of their own.
      if (event.reply_to_id) return null
      const own = event.author_id === me
      return { kind: 'event', key: keyOf(event, own), seq, event, own, delivery: 'sent', error: null }
    }
    case 'chat_deactivated':
      return {
        kind: 'thread_closed',
        key: `closed ${payload.thread_id}`,
        seq,
        at,
        user_id: payload.user_id ?? null,
        thread_id: payload.thread_id,
      }
    case 'user_added_to_chat':
      return { kind: 'user_added', key: `added ${seq}`, seq, at, user_id: payload.user.id }
    case 'user_removed_from_chat':
      return { kind: 'user_removed', key: `removed ${seq}`, seq, at, user_id: payload.user_id }
    case 'chat_rated':
      return { kind: 'rated', key: `rated ${seq}`, seq, at, user_id: payload.user_id ?? '', value: payload.rating?.value ?? null }
    default:
      return null
  }
}

/** An event as the push leaves it. */
export type Amend = (event: Event, push: Told) => Event

/** An entry of the log, or a piece of what a bot writes. */
export type Told = { readonly action: string; readonly payload: object }

export const amendedBy: Amend = (event, { payload }) => amended(event, payload as Amending)

/** Lines as the push leaves them; each that it is not about stays the same object, and so do all where it is about none. */
export function amendedLines(lines: readonly LogItem[], push: Told, amend: Amend): readonly LogItem[] {
  let isAmended = false
  const next = lines.map((line) => {
    const event = line.kind === 'event' && amend(line.event, push)
    if (!event || event === line.event) return line
    isAmended = true
    return { ...line, event }
  })
  return isAmended ? next : lines
}
