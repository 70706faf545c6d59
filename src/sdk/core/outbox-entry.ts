/** What waits in the outbox, as it is stored, and the changes to it: each may be made twice without harm. */
import type { RequestOf, ResponseOf } from '../../protocol/actions.ts'
import type { Chat } from '../../protocol/chats.ts'
import type { ErrorBody } from '../../protocol/errors.ts'
import type { Event, NewEvent } from '../../protocol/events.ts'
import type { LogPush } from '../../protocol/pushes.ts'

interface Kept {
  /** Its name, in all tabs. */
  readonly ref: string
  /** The chat's id, or the provisional one. */
  readonly chat: string
  /** When it was accepted, in Unix ms. */
  readonly at: number
  /** Why it failed for good. */
  readonly error?: ErrorBody
}

export interface KeptStart extends Kept {
  readonly action: 'start_chat'
  readonly payload: RequestOf<'start_chat'>
}

export interface KeptSend extends Kept {
  readonly action: 'send_event'
  readonly payload: NewEvent
}

export type OutboxEntry = KeptStart | KeptSend
export type OutboxAnswer = ResponseOf<'start_chat'> | ResponseOf<'send_event'>

export interface OutboxState {
  readonly entries: readonly OutboxEntry[]
  /** IDM7: the ids that provisional ones became, for what is sent to them later. */
  readonly ids: Readonly<Record<string, string>>
}

export type OutboxChange = (state: OutboxState) => OutboxState

export const EMPTY: OutboxState = { entries: [], ids: {} }

export const isProvisional = (chat: string): boolean => chat.startsWith('local_')

export const realId = ({ ids }: OutboxState, chat: string): string => ids[chat] ?? chat

export const eventsOf = (entry: OutboxEntry): readonly NewEvent[] =>
  entry.action === 'send_event' ? [entry.payload] : (entry.payload.chat?.thread?.events ?? [])

export const added =
  (entry: OutboxEntry): OutboxChange =>
  (state) =>
    state.entries.some(({ ref }) => ref === entry.ref) ? state : { ...state, entries: [...state.entries, entry] }

export const removed =
  ({ ref }: OutboxEntry): OutboxChange =>
  (state) => ({ ...state, entries: state.entries.filter((entry) => entry.ref !== ref) })

export const settled =
  (entry: OutboxEntry, id: string): OutboxChange =>
  (state) => ({
    entries: removed(entry)(state).entries,
    ids: entry.action === 'start_chat' ? { ...state.ids, [entry.chat]: id } : state.ids,
  })

/** With a start everything fails that waits for its chat; with the retry of any of them all are tried again. */
const fate = (entry: OutboxEntry, other: OutboxEntry, whole: boolean) => other.ref === entry.ref || (whole && other.chat === entry.chat)

export const failedFor =
  (entry: OutboxEntry, error: ErrorBody): OutboxChange =>
  (state) => ({
    ...state,
    entries: state.entries.map((other) => (fate(entry, other, entry.action === 'start_chat') ? { ...other, error } : other)),
  })

export const retried =
  (entry: OutboxEntry, at: number): OutboxChange =>
  (state) => {
    const whole = state.entries.some(({ action, chat }) => action === 'start_chat' && chat === entry.chat)
    return {
      ...state,
      entries: state.entries.map((other) => {
        if (!fate(entry, other, whole)) return other
        const { error: _, ...rest } = other
        return { ...rest, at } as OutboxEntry
      }),
    }
  }

/** A start without some of the events it was to bring. */
export const trimmed =
  (entry: KeptStart, events: readonly NewEvent[]): OutboxChange =>
  (state) => ({
    ...state,
    entries: state.entries.map((other) => {
      if (other.ref !== entry.ref) return other
      const { chat } = entry.payload
      return { ...entry, payload: { ...entry.payload, chat: { ...chat, thread: { ...chat?.thread, events: [...events] } } } }
    }),
  })

export const eventsIn = (answer: OutboxAnswer): readonly Event[] =>
  'event' in answer
    ? [answer.event as Event]
    : (answer.entries as LogPush[]).flatMap(({ action, payload }) => (action === 'incoming_event' ? [payload.event] : []))

/** What the log tells, in the form of the answer that was not heard. */
export function answerOf(entry: OutboxEntry, chat: Chat, event: Event): OutboxAnswer {
  if (entry.action === 'send_event') return { chat_id: chat.id, thread_id: event.thread_id, seq: event.seq, event }
  return { chat, entries: [{ action: 'incoming_event', payload: { chat_id: chat.id, seq: event.seq, event } }] }
}
