/** The sockets of one organization in this process, and which of them are to be told what. */
import type { DisconnectReason } from '../../protocol/disconnects.ts'
import type { Reader } from '../domain/context.ts'
import { isVisible } from '../domain/entries.ts'
import type { ChatAudience, LogEntry } from '../store/change.ts'

/** A socket as those see it who have something to tell it. */
export interface Receiver {
  readonly reader: Reader
  /** Whether its login is answered, and its end has not come. */
  readonly live: boolean
  /** When its user proved who they are, in ms. */
  readonly issued_at: number
  /** The agent session that it belongs to. */
  readonly session_hash: string | null
  pushEntry(chat_id: string, seq: number, frame: string): void
  pushUserEntry(user_seq: number, frame: string): void
  pushSignal(frame: string): void
  /** Ends the socket for good, telling it why. */
  end(reason: DisconnectReason): void
}

/** A request whose answer stands where its push would stand (LOG6). */
export interface Origin {
  readonly receiver: Receiver
  /** Never rejects. */
  answer(): Promise<void>
}

const NOBODY: ReadonlySet<Receiver> = new Set()

interface OfUser {
  readonly receivers: Set<Receiver>
  /** Since when one of them is live; null when none is. */
  since: number | null
}

export class Sockets {
  readonly #agents = new Set<Receiver>()
  readonly #users = new Map<string, OfUser>()

  get empty(): boolean {
    return this.#users.size === 0
  }

  of(user_id: string): ReadonlySet<Receiver> {
    return this.#users.get(user_id)?.receivers ?? NOBODY
  }

  /** Since when the user is there; null when they are not. */
  since(user_id: string): number | null {
    return this.#users.get(user_id)?.since ?? null
  }

  get agents(): ReadonlySet<Receiver> {
    return this.#agents
  }

  add(receiver: Receiver): void {
    const { user_id, view } = receiver.reader
    if (view === 'agents') this.#agents.add(receiver)
    const known = this.#users.get(user_id)
    if (known) known.receivers.add(receiver)
    else this.#users.set(user_id, { receivers: new Set([receiver]), since: null })
  }

  /** It is live from now on. Tells whether its user was not there before. */
  arrive(receiver: Receiver, now: number): boolean {
    const known = this.#users.get(receiver.reader.user_id)
    if (!known?.receivers.has(receiver) || known.since !== null) return false
    known.since = now
    return true
  }

  /** Tells whether its user was there, and is no more. */
  remove(receiver: Receiver): boolean {
    const { user_id } = receiver.reader
    this.#agents.delete(receiver)
    const known = this.#users.get(user_id)
    if (!known?.receivers.delete(receiver)) return false
    if (known.receivers.size === 0) this.#users.delete(user_id)
    if (known.since === null || [...known.receivers].some((one) => one.live)) return false
    known.since = null
    return true
  }

  /** MEM2: agents are told of every support chat, all others of the chats they are in, or were until one of the entries missed. */
  reading({ kind, members }: ChatAudience, missed: readonly LogEntry[] = []): Receiver[] {
    const found = kind === 'support' ? [...this.#agents] : []
    const left = missed.flatMap((entry) => (entry.kind === 'user_removed' && entry.user_id !== null ? [entry.user_id] : []))
    for (const user_id of new Set([...members.map((member) => member.user_id), ...left])) {
      for (const receiver of this.of(user_id)) {
        if (kind !== 'support' || receiver.reader.view !== 'agents') found.push(receiver)
      }
    }
    return found
  }
}

/**
 * Whether a reader of a chat gets the entry at this place of a batch. Who joins in the batch gets it from there on, who
 * leaves up to there (MEM5); agents read support chats whether they are in them or not.
 */
export function getsEntry(audience: ChatAudience, entries: readonly LogEntry[], at: number, reader: Reader): boolean {
  if (!isVisible(entries[at] as LogEntry, reader)) return false
  if (audience.kind === 'support' && reader.view === 'agents') return true
  const moves = ({ kind, user_id }: LogEntry) => user_id === reader.user_id && (kind === 'user_added' || kind === 'user_removed')
  let inside = entries.find(moves)?.kind !== 'user_added'
  for (const entry of entries.slice(0, at + 1)) {
    // The entry of one's own leaving is the last that one is told.
    if (moves(entry)) inside = entry.kind === 'user_added' || entry === entries[at]
  }
  return inside
}
