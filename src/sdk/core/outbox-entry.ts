/** What waits in the outbox, as it is stored, and the changes to it: each may be made twice without harm. */
import type { ResponseOf } from '../../protocol/actions.ts'
import type { Chat } from '../../protocol/chats.ts'
import type { ErrorBody } from '../../protocol/errors.ts'
import type { Event, NewEvent } from '../../protocol/events.ts'
import type { Properties } from '../../protocol/properties.ts'

export interface OutboxEntry {
  /** Its name, in all tabs. */
  readonly ref: string
  /** The chat's id, or the provisional one. */
  readonly chat: string
  /** Whose it is; empty as long as nobody on this device is known. */
  readonly by: string
  /** When it was accepted, in Unix ms. */
  readonly at: number
  /** One event; with the start of a chat any number of them. Each has a custom id. */
  readonly events: readonly NewEvent[]
  /** Only with the start of a chat. */
  readonly start?: { readonly custom_id: string; readonly chat?: { readonly properties: Properties | undefined } } | undefined
  /** A tab with a link has seen it: it may have gone out. */
  readonly out?: boolean
  /** Why it failed for good. */
  readonly error?: ErrorBody
}

export interface OutboxState {
  readonly entries: readonly OutboxEntry[]
  /** IDM7: the ids that provisional ones became, for what other tabs send to them later. */
  readonly ids: Readonly<Record<string, string>>
}

/** What became of an entry. */
export interface Outcome {
  readonly chat_id: string
  /** With the start of a chat. */
  readonly chat?: Chat | undefined
  /** What was sent, stored. */
  readonly event?: Event | undefined
  /** With a start its events are among these. */
  readonly entries?: readonly unknown[] | undefined
}

export type OutboxChange = (state: OutboxState) => OutboxState

/** Tabs remember for themselves; these are for what waits elsewhere, which goes out right after the start. */
const KEPT_IDS = 50

export const EMPTY: OutboxState = { entries: [], ids: {} }

export const isProvisional = (chat: string): boolean => chat.startsWith('local_')

export const added =
  (entry: OutboxEntry): OutboxChange =>
  (state) =>
    state.entries.some(({ ref }) => ref === entry.ref) ? state : { ...state, entries: [...state.entries, entry] }

/** Puts others in the place of entries; null takes one away. */
export const replaced =
  (change: (entry: OutboxEntry) => OutboxEntry | null): OutboxChange =>
  (state) => ({ ...state, entries: state.entries.flatMap((entry) => change(entry) ?? []) })

export const settled =
  ({ ref, chat, start }: OutboxEntry, id: string): OutboxChange =>
  ({ entries, ids }) => ({
    entries: entries.filter((entry) => entry.ref !== ref),
    ids: start ? Object.fromEntries([...Object.entries(ids), [chat, id]].slice(-KEPT_IDS)) : ids,
  })

type Answer = Partial<ResponseOf<'start_chat'> & ResponseOf<'send_event'>>

/** What the answer to a start or a send says became of the entry. */
export const outcomeOf = ({ chat, chat_id = '', event, entries }: Answer): Outcome => ({
  chat_id: chat?.id ?? chat_id,
  chat,
  event,
  entries,
})
