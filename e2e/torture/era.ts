/** All that a page was told while it was one customer's. */
import type { CustomerSDK } from '../../src/sdk/customer/api.ts'
import type { ChatEvent, ChatsSummary } from '../../src/sdk/customer/types.ts'
import type { RichSDK } from '../../src/sdk/rich/index.ts'
import type { EventChanges } from '../../src/sdk/rich/types.ts'
import { Folded } from './folded.ts'
import type { Stretch } from './saying.ts'

export interface Era extends Stretch {
  owner: string | null
  over: boolean
  /** Events by their names, answers by what was asked, oldest first. */
  readonly told: [name: string, data: unknown][]
  /** Chats it knows of, by their ids or provisional ones, each with the events of it that were told or answered. */
  readonly chats: Map<string, ChatEvent[]>
  readonly folded: Folded
  /** Ids of events that came as an answer. */
  readonly answered: Set<string>
  /** Ids of events of which it was told that they name the customer. */
  readonly mentioned: Set<string>
}

/** What a page finds when it reads everything anew. */
export interface Found {
  readonly summary: ChatsSummary
  readonly histories: ReadonlyMap<string, readonly ChatEvent[]>
}

export type RichPage = RichSDK<CustomerSDK, ChatEvent>

export const newEra = (): Era => ({
  ...{ owner: null, over: false, told: [], chats: new Map(), folded: new Folded(), answered: new Set(), mentioned: new Set() },
})

/** A chat that is not listed is theirs no more. */
export function listed({ chats, folded }: Era, { chatsSummary }: ChatsSummary): void {
  for (const { id } of chatsSummary) chats.set(id, chats.get(id) ?? [])
  for (const id of chats.keys()) {
    if (id.startsWith('local_') || chatsSummary.some((chat) => chat.id === id)) continue
    chats.delete(id)
    folded.chats.delete(id)
  }
}

interface Asked extends EventChanges {
  readonly chat_id: string
  readonly event_id: string
  readonly emoji: string
}

/** What the extension has for an action. */
export const MEMBERS: Readonly<Record<string, (rich: RichPage, asked: Asked) => Promise<unknown>>> = {
  add_reaction: (rich, { chat_id, event_id, emoji }) => rich.addReaction(chat_id, event_id, emoji),
  remove_reaction: (rich, { chat_id, event_id, emoji }) => rich.removeReaction(chat_id, event_id, emoji),
  edit_event: (rich, { chat_id, event_id, ...changes }) => rich.editEvent(chat_id, event_id, changes),
  delete_event: (rich, { chat_id, event_id }) => rich.deleteEvent(chat_id, event_id),
  get_presence: (rich, { chat_id }) => rich.getPresence(chat_id),
}
