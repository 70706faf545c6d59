/** What domain code is given and what it gives back: who asks, what can be read, and a change as data instead of a write. */
import type { BusMessage } from '../bus/bus.ts'
import type { Change, Committed } from '../store/change.ts'
import type { FileRow } from '../store/rows.ts'
import type { Store, View } from '../store/store.ts'

/** Whoever asks. Each belongs to one organization, and every query names it. */
export interface Principal {
  readonly type: 'customer' | 'agent'
  readonly id: string
  readonly organization_id: string
}

/** The store as domain code sees it: nothing can be written through it. */
export type Reads = Omit<Store, 'commit' | 'close' | 'ping' | 'stats'>

/** How files are reached by those who reach the server in one way. */
export interface FileAddresses {
  /** Where the addresses begin. */
  readonly base: string
  /** FIL6: a fresh one. */
  addressOf(file: FileRow): string
}

export interface Context {
  readonly principal: Principal
  readonly store: Reads
  readonly files: FileAddresses
  /** The agents of the organization who are connected, by their ids, as far as it is known here. */
  online(): readonly string[]
  now(): number
  /** A new opaque id of at least 100 random bits. */
  id(): string
}

/** An answer that changes nothing durable; a signal is told to others and forgotten. */
export interface Reply {
  readonly answer: object
  readonly signal?: BusMessage
}

/** An answer that waits for its change: shaped from what was committed. */
export interface Plan {
  readonly change: Change
  /** What is to be told, once it is made, to those whom no entry of it reaches. */
  signals?(): Promise<readonly BusMessage[]>
  answer(committed: Committed): Promise<object>
}

export type Outcome = Reply | Plan

export const isPlan = (outcome: Outcome): outcome is Plan => 'change' in outcome

/** Which of the two sequences the principal counts in. */
export const viewOf = (principal: Principal): View => (principal.type === 'agent' ? 'agents' : 'public')

export const readerOf = ({ principal, files }: Context): Reader => ({ user_id: principal.id, view: viewOf(principal), files })

/** For whom something is shaped. */
export interface Reader {
  readonly user_id: string
  readonly view: View
  readonly files: FileAddresses
}
