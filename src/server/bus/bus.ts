/** The interface to what is passed on between server processes. It is a hint: it may drop, delay, repeat and reorder. */
import type { DisconnectReason } from '../../protocol/disconnects.ts'
import type { ChatAudience, LogEntry } from '../store/change.ts'
import type { UserEntryRow } from '../store/rows.ts'

/** The customer who made a change, and the network address that they came from. */
export interface From {
  readonly user_id: string
  readonly address: string
}

/** Everything that one server process tells the others of one organization. All of it survives JSON. */
export type BusMessage =
  /** Entries of one chat, in order and without a hole. */
  | { readonly kind: 'entries'; readonly audience: ChatAudience; readonly entries: readonly LogEntry[]; readonly from?: From }
  | { readonly kind: 'user_entries'; readonly organization_id: string; readonly entries: readonly UserEntryRow[] }
  /** Something that is gone when it is said: typing, sneak peek, pieces of what a bot writes. About no chat it is for all agents of the organization. */
  | {
      readonly kind: 'signal'
      readonly audience: ChatAudience | null
      readonly to: 'agents' | 'all'
      readonly author_id: string
      readonly push: { readonly action: string; readonly payload: unknown }
    }
  /** The agents who have a socket in this process. With `asks` the others are to say theirs. */
  | { readonly kind: 'presence'; readonly process: string; readonly agents: readonly string[]; readonly asks: boolean }
  /** A process wants to know of these users: besides those it asked about before, or from now on only of them, and with none of nobody. */
  | {
      readonly kind: 'presence_asked'
      readonly process: string
      readonly question: number
      readonly users: readonly string[]
      readonly more: boolean
    }
  /** Who is here of the users that processes asked about, and who is no more. Of all whom a question names it answers, those who are not named here are not here. */
  | {
      readonly kind: 'presence_told'
      readonly process: string
      /** Grows with everything that the process tells. */
      readonly number: number
      readonly answers: { readonly process: string; readonly question: number } | null
      readonly here: readonly { readonly user_id: string; readonly since: number }[]
      readonly gone: readonly string[]
      /** It hears no more, and has nobody. */
      readonly ends: boolean
    }
  /** Sockets of this user that were authenticated before `not_before` are to end; with `session_hash` those of that agent session only. */
  | {
      readonly kind: 'revoked'
      readonly organization_id: string
      readonly user_id: string
      readonly not_before: number
      readonly reason: DisconnectReason
      readonly session_hash?: string
    }

export interface Bus {
  /** Tells all subscribers of the organization, in this process too. Never rejects: a loss is repaired from the store. */
  publish(organization_id: string, message: BusMessage): void
  /** Resolves once messages published from now on will arrive. Returns the way to stop. */
  subscribe(organization_id: string, receive: (message: BusMessage) => void): Promise<() => void>
  close(): Promise<void>
}
