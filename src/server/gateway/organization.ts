/** One organization in this process: its sockets, what the bus brings for them, and a lane for each of its logs that moves. */

import { MAX_CATCH_UP } from '../../protocol/limits.ts'
import type { PushPayload } from '../../protocol/pushes.ts'
import type { BusMessage } from '../bus/bus.ts'
import { isOfEarlier, readerAt, shapeEntry, shapeKey, shapeUserEntry } from '../domain/entries.ts'
import { seqOf } from '../domain/present.ts'
import { Refusal } from '../domain/refusal.ts'
import type { ChatAudience, LogEntry } from '../store/change.ts'
import type { UserEntryRow } from '../store/rows.ts'
import type { Ears } from './fanout.ts'
import { writePush } from './frames.ts'
import { Lane } from './lane.ts'
import type { Parts } from './parts.ts'
import { Presence } from './presence.ts'
import { getsEntry, type Origin, type Receiver, Sockets } from './sockets.ts'
import { Watches } from './watches.ts'

/** Lanes of chats that are remembered. A forgotten chat starts anew with its next entry, and readers see a hole themselves. */
const MAX_LANES = 20_000

type Signal = Extract<BusMessage, { kind: 'signal' }>
type Revocation = Extract<BusMessage, { kind: 'revoked' }>

export class Organization {
  readonly sockets = new Sockets()
  readonly presence: Presence
  readonly watches: Watches
  readonly subscribed: Promise<void>
  /** Requests over HTTP that need it. */
  guests = 0
  readonly #id: string
  readonly #parts: Parts
  readonly #ears: Ears
  readonly #chats = new Map<string, Lane<LogEntry>>()
  readonly #users = new Map<string, Lane<UserEntryRow>>()
  #stop: (() => void) | null = null
  #closed = false

  constructor(id: string, parts: Parts, ears: Ears) {
    this.#id = id
    this.#parts = parts
    this.#ears = ears
    // By what the other processes know this one.
    const process = parts.id()
    this.presence = new Presence(id, process, this.sockets, parts)
    this.watches = new Watches(id, process, this.sockets, parts)
    this.subscribed = this.#subscribe()
  }

  /** Nobody here needs it. */
  get unused(): boolean {
    return this.sockets.empty && this.guests === 0
  }

  close(): void {
    this.#closed = true
    this.#stop?.()
    this.presence.close()
    this.watches.close()
  }

  join(receiver: Receiver): void {
    this.sockets.add(receiver)
    this.presence.changed()
  }

  /** A login is answered. */
  arrive(receiver: Receiver): void {
    if (this.sockets.arrive(receiver, this.#parts.clock.now())) this.watches.changed(receiver.reader.user_id)
  }

  /** Who has no socket left needs no lane: there may be as many users as there ever were visitors. */
  leave(receiver: Receiver): void {
    const { user_id } = receiver.reader
    const isGone = this.sockets.remove(receiver)
    this.presence.changed()
    this.watches.forget(receiver)
    if (isGone) this.watches.changed(user_id)
    if (this.sockets.of(user_id).size === 0) this.#users.delete(user_id)
  }

  /** Entries of a chat; `after` comes when they are told and their origin is answered. */
  deliverChat(audience: ChatAudience, entries: readonly LogEntry[], origin: Origin | null, after?: () => void): void {
    const hand = (fresh: readonly LogEntry[], missed: number) => this.#handChat(audience, fresh, missed, origin)
    const finish = async () => {
      await origin?.answer()
      after?.()
    }
    this.chatLane(audience.chat_id).deliver(entries, hand, origin || after ? finish : undefined)
  }

  deliverUser(entries: readonly UserEntryRow[], origin: Origin | null): void {
    for (const user_id of new Set(entries.map((entry) => entry.user_id))) {
      const own = entries.filter((entry) => entry.user_id === user_id)
      const asked = origin?.receiver.reader.user_id === user_id ? origin : null
      if (this.sockets.of(user_id).size === 0) this.#users.delete(user_id)
      else
        this.userLane(user_id).deliver(
          own,
          (fresh, missed) => this.#handUser(fresh, missed, asked),
          asked ? () => asked.answer() : undefined,
        )
    }
  }

  chatLane(chat_id: string): Lane<LogEntry> {
    const known = this.#chats.get(chat_id)
    if (known) return known
    if (this.#chats.size >= MAX_LANES) this.#forgetIdle()
    const { store } = this.#parts
    const lane = new Lane<LogEntry>({
      numberOf: (entry) => entry.seq_agents,
      read: async (after, to) => (await store.entries(chat_id, 'agents', after, MAX_CATCH_UP, to)).entries,
      failed: (error) => this.#failed(error, { chat_id }),
    })
    this.#chats.set(chat_id, lane)
    return lane
  }

  userLane(user_id: string): Lane<UserEntryRow> {
    const known = this.#users.get(user_id)
    if (known) return known
    const { store } = this.#parts
    const lane = new Lane<UserEntryRow>({
      numberOf: (entry) => entry.seq,
      read: async (after, to) => (await store.userEntries(user_id, after, to - after)).entries,
      failed: (error) => this.#failed(error, { user_id }),
    })
    this.#users.set(user_id, lane)
    return lane
  }

  async #subscribe(): Promise<void> {
    this.#stop = await this.#parts.bus.subscribe(this.#id, (message) => this.#receive(message))
    if (this.#closed) this.#stop()
    else this.presence.ask()
  }

  #receive(message: BusMessage): void {
    if (message.kind === 'entries') this.#receiveChat(message)
    else if (message.kind === 'user_entries') this.deliverUser(message.entries, null)
    else if (message.kind === 'signal') this.#handSignal(message)
    else if (message.kind === 'presence') this.#hearOfAgents(message)
    else if (message.kind === 'presence_asked' || message.kind === 'presence_told') this.watches.hear(message)
    else this.#revoke(message)
  }

  #receiveChat({ audience, entries, from }: Extract<BusMessage, { kind: 'entries' }>): void {
    this.#ears.entries(entries, from ?? null)
    this.deliverChat(audience, entries, null)
  }

  /** Whoever begins to ask for agents was not there before, and has heard nothing. */
  #hearOfAgents(message: Extract<BusMessage, { kind: 'presence' }>): void {
    this.presence.hear(message)
    if (message.asks) this.watches.askAgain()
  }

  /** The origin is answered instead, but for what was missed before its own entries. */
  async #handChat(audience: ChatAudience, entries: readonly LogEntry[], missed: number, origin: Origin | null): Promise<void> {
    const receivers = this.sockets.reading(audience, entries.slice(0, missed))
    for (const [at, entry] of entries.entries()) {
      const told = receivers.filter((one) => (at < missed || one !== origin?.receiver) && getsEntry(audience, entries, at, one.reader))
      await this.#tell(entry, told)
    }
    this.watches.moved(audience.chat_id, entries)
  }

  /** Shapes and serialises once for all who see the same. */
  async #tell(entry: LogEntry, receivers: readonly Receiver[]): Promise<void> {
    const frames = new Map<string, string | null>()
    for (const receiver of receivers) {
      const reader = isOfEarlier(entry) ? await readerAt(this.#parts.store, entry, receiver.reader) : receiver.reader
      const key = shapeKey(entry, reader)
      let frame = frames.get(key)
      if (frame === undefined) {
        frame = await shapeEntry(this.#parts.store, this.#id, entry, reader).then(writePush, (error) =>
          this.#failed(error, { chat_id: entry.chat_id }),
        )
        frames.set(key, frame)
      }
      if (frame !== null) receiver.pushEntry(entry.chat_id, seqOf(entry, reader.view), frame)
    }
  }

  async #handUser(entries: readonly UserEntryRow[], missed: number, origin: Origin | null): Promise<void> {
    for (const [at, entry] of entries.entries()) {
      const [first, ...others] = [...this.sockets.of(entry.user_id)].filter((one) => at < missed || one !== origin?.receiver)
      const push = first && (await shapeUserEntry(this.#parts.store, this.#id, entry, first.reader))
      if (!push) continue
      const frame = writePush(push)
      for (const receiver of [first, ...others]) receiver.pushUserEntry(entry.seq, frame)
    }
  }

  /** TYP3: its author's own sockets hear nothing of it. */
  #handSignal({ audience, to, author_id, push }: Signal): void {
    if (push.action === 'incoming_event_piece') this.#ears.piece(push.payload as PushPayload<'incoming_event_piece'>)
    const frame = writePush(push)
    for (const receiver of audience ? this.sockets.reading(audience) : this.sockets.agents) {
      const { user_id, view } = receiver.reader
      if (user_id !== author_id && (to === 'all' || view === 'agents')) receiver.pushSignal(frame)
    }
  }

  #revoke({ user_id, not_before, reason, session_hash }: Revocation): void {
    for (const receiver of [...this.sockets.of(user_id)]) {
      const meant = session_hash === undefined || receiver.session_hash === session_hash
      if (meant && receiver.issued_at < not_before) receiver.end(reason)
    }
  }

  #forgetIdle(): void {
    for (const [chat_id, lane] of this.#chats) {
      if (this.#chats.size < MAX_LANES * 0.9) return
      if (lane.idle) this.#chats.delete(chat_id)
    }
  }

  #failed(error: unknown, about: object): null {
    // What was deleted meanwhile is told of no more.
    if (!(error instanceof Refusal)) this.#parts.log.error({ err: error, ...about }, 'unable to hand out entries')
    return null
  }
}
