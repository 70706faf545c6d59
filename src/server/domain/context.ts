/** What domain code is given and what it gives back: who asks, what can be read, and a change as data instead of a write. */
import type { BusMessage } from '../bus/bus.ts'
import type { CustomerRow } from '../store/account-rows.ts'
import type { Change, Committed } from '../store/change.ts'
import type { ChatRow, EventRow, FileRow, UserType } from '../store/rows.ts'
import { NOBODY, type Store, type View } from '../store/store.ts'
import type { Reach } from './addresses.ts'

/** Whoever asks. Each belongs to one organization, and every query names it. */
export interface Principal {
  readonly type: 'customer' | 'agent' | 'backend'
  readonly id: string
  readonly organization_id: string
  /** A program, which people may interrupt and whose answers are counted. */
  readonly bot?: true
  /** A back end speaks in the user's name, and may use what it has uploaded itself. */
  readonly throughBackend?: true
}

/** The store as domain code sees it: nothing can be written through it. */
export type Reads = Omit<Store, 'commit' | 'close' | 'ping' | 'stats' | 'purge'>

/** How files are reached by those who reach the server in one way. */
export interface FileAddresses {
  /** Where the addresses begin. */
  readonly base: string
  /** FIL6: a fresh one. */
  addressOf(file: FileRow): string
}

/** A file that somebody was let upload. */
export interface PendingUpload {
  readonly file_id: string
  /** Whose the file is to be, and who it counts for; of a back end that is the organization. */
  readonly uploader: Pick<Principal, 'type' | 'id' | 'organization_id'>
  readonly name: string
  readonly custom_id: string | null
  readonly issued_at: number
  readonly expires_at: number
}

/** Tokens that say who a user of the organization is. */
export interface Identities {
  sign(organization_id: string, vouched: Vouched): Promise<string>
  /** Whom it is about. Refuses what nobody of the organization signed. */
  read(organization_id: string, token: string, reading: Reading): Promise<Vouched>
}

/** What a token is read for. */
export interface Reading {
  readonly action: string
  /** Where the token stood. */
  readonly field: string
  /** How long after its end, in ms, it is still read. */
  readonly late?: number
  /** Whose it must be. */
  readonly role?: Vouched['role']
}

/** What is said of a user by whom the organization trusts. */
export interface Vouched {
  /** The host's own id, or of a user whom the host does not know ours. */
  readonly subject: { readonly external_id: string } | { readonly user_id: string }
  readonly role: 'customer' | 'agent'
  readonly said: Said
  readonly channels: readonly string[]
  readonly issued_at: number
  readonly expires_at: number
}

/** Somebody who is connected, and since when. */
export interface Online {
  readonly user_id: string
  readonly since: number
}

/** A message that a bot is writing. */
export interface Stream {
  /** As it was when this process began to take its pieces. */
  readonly event: EventRow
  /** All that there is of it. */
  readonly text: string
  /** The last step that was stored. */
  readonly at: number
}

/** The messages that bots are writing by way of this process. */
export interface Streams {
  /** Null of one whose pieces come to another process, or to none. */
  of(event_id: string): Stream | null
  /** All that is known here of what a bot has written, by whatever process; null where that is nothing. */
  textOf(event_id: string): string | null
  /** Its pieces come here from now on. */
  carry(chat: ChatRow, event: EventRow): void
  /** It is longer now: readers are told, and steps of it stored. */
  grow(event_id: string, text: string): void
}

/** How often bots answer. */
export interface Answers {
  /** In how many milliseconds the next may be; 0 now. */
  wait(organization_id: string, customers: readonly string[]): number
  /** There is one more. */
  count(organization_id: string, customers: readonly string[]): void
}

/** Fields of a customer that the host speaks of. */
export type Said = Partial<Pick<CustomerRow, 'name' | 'email' | 'avatar' | 'nickname' | 'badge' | 'custom'>>

export interface Context {
  readonly principal: Principal
  readonly store: Reads
  readonly files: FileAddresses
  readonly identities: Identities
  /** Where the server may send anything by itself. */
  readonly reach: Reach
  readonly streams: Streams
  readonly answers: Answers
  /** Where bytes can be sent to for a while, to become a file. */
  uploadAddress(upload: PendingUpload): Promise<string>
  /** The agents of the organization who are connected, by their ids, as far as it is known here. */
  online(): readonly string[]
  /** The users of a chat who are connected. Whoever asks over a socket is told of changes once they are answered. */
  presence(chat_id: string): Promise<readonly Online[]>
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
  /** Hears that it was made, and not for a repetition; before anybody is told. */
  made?(committed: Committed): void
  /** What is to be told, once it is made, to those whom no entry of it reaches. */
  signals?(): Promise<readonly BusMessage[]>
  answer(committed: Committed): Promise<object>
}

/** Carries a change out and tells of it, and of what no entry of it says; null where a precondition was lost, and nothing is done. */
export type Commit = (change: Change, tell?: readonly BusMessage[]) => Promise<Committed | null>

/** What takes several changes, each about one chat. Whoever repeats it goes on where it was left. */
export interface Course {
  /** Its first change is the one that is known by the request's key, whether or not it writes anything. */
  run(commit: Commit): Promise<object>
}

export type Outcome = Reply | Plan | Course

export const isCourse = (outcome: Outcome): outcome is Course => 'run' in outcome

export const isPlan = (outcome: Outcome): outcome is Plan => 'change' in outcome

/** What the principal is in a chat. */
export const userTypeOf = ({ type, bot }: Principal): UserType => (bot ? 'bot' : type === 'agent' ? 'agent' : 'customer')

/** Which of the two sequences the principal counts in. */
export const viewOf = (principal: Principal): View => (principal.type === 'customer' ? 'public' : 'agents')

/** A back end is no reader: to it nothing is unread. */
export const readerOf = ({ principal, files, streams }: Context, from = 1): Reader => ({
  ...{ user_id: principal.type === 'backend' ? NOBODY : principal.id, view: viewOf(principal), files, streams, from },
})

/** For whom something is shaped. */
export interface Reader {
  readonly user_id: string
  readonly view: View
  readonly files: FileAddresses
  /** Where there may be more of a message than was stored. */
  readonly streams?: Pick<Streams, 'textOf'>
  /** Where their stay in the chat begins, in the agents' sequence: of what is before it they are told nothing. */
  readonly from: number
}
