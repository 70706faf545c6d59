/** Passes on what was committed and what was signalled: to this process's sockets at once and in order, to other processes over the bus. */
import type { PushPayload } from '../../protocol/pushes.ts'
import type { BusMessage, From } from '../bus/bus.ts'
import type { Online } from '../domain/context.ts'
import type { Committed, LogEntry } from '../store/change.ts'
import { Organization } from './organization.ts'
import type { Parts } from './parts.ts'
import type { Origin, Receiver } from './sockets.ts'

/** Who hears what this process makes or is told of before anybody else does. */
export interface Ears {
  /** With the customer who made them, and the address that they came from. */
  entries(entries: readonly LogEntry[], from: From | null): void
  /** Of what a bot writes. */
  piece(piece: PushPayload<'incoming_event_piece'>): void
}

type Revocation = Extract<BusMessage, { kind: 'revoked' }>

export class Fanout {
  readonly #parts: Parts
  readonly #ears: Ears
  readonly #organizations = new Map<string, Organization>()

  constructor(parts: Parts, ears: Ears) {
    this.#parts = parts
    this.#ears = ears
  }

  /** Resolves once the socket will be told of everything that is committed from now on. */
  async join(organization_id: string, receiver: Receiver): Promise<void> {
    const organization = this.#opened(organization_id)
    organization.join(receiver)
    await organization.subscribed
  }

  leave(organization_id: string, receiver: Receiver): void {
    const organization = this.#organizations.get(organization_id)
    organization?.leave(receiver)
    this.#closeUnused(organization_id)
  }

  /** The socket's login is answered. */
  arrive(organization_id: string, receiver: Receiver): void {
    this.#organizations.get(organization_id)?.arrive(receiver)
  }

  socketsOf(organization_id: string, user_id: string): ReadonlySet<Receiver> {
    return this.#organizations.get(organization_id)?.sockets.of(user_id) ?? new Set()
  }

  /** PRE1: agents with a socket. A process without sockets of the organization has not heard of those of others. */
  online(organization_id: string): readonly string[] {
    return this.#organizations.get(organization_id)?.presence.agents ?? []
  }

  /** PRE3. A process without sockets of the organization listens for as long as it takes. */
  async presence(organization_id: string, chat_id: string, receiver: Receiver | null): Promise<readonly Online[]> {
    const organization = this.#opened(organization_id)
    organization.guests++
    try {
      await organization.subscribed
      return await organization.watches.look(chat_id, receiver)
    } finally {
      organization.guests--
      this.#closeUnused(organization_id)
    }
  }

  /** PRE4: the socket that asked is told from here on. Null when it is not to be. */
  watch(organization_id: string, chat_id: string, receiver: Receiver): readonly Online[] | null {
    return this.#organizations.get(organization_id)?.watches.begin(chat_id, receiver) ?? null
  }

  /**
   * Tells of a change in the order of the calls, which is the order of commits. This process does not wait for the bus:
   * what comes back from there is recognised as a repetition.
   */
  committed(organization_id: string, committed: Committed, origin: Origin | null, from: From | null = null): void {
    const { audience, entries, user_entries } = committed
    const here = this.#organizations.get(organization_id)
    const whence = from ? { from } : {}
    const chat = audience !== null && entries.length > 0 ? ({ kind: 'entries', audience, entries, ...whence } as const) : null
    this.#ears.entries(entries, from)
    const own = user_entries.length > 0 ? ({ kind: 'user_entries', organization_id, entries: user_entries } as const) : null
    const tellOwn = (asked: Origin | null) => {
      if (!own) return
      here?.deliverUser(own.entries, asked)
      this.#parts.bus.publish(organization_id, own)
    }
    // Whoever gains a chat hears of the chat first, and then finds nothing new in their own log.
    if (here && chat) here.deliverChat(chat.audience, chat.entries, origin, () => tellOwn(null))
    else tellOwn(origin)
    if (!here || (!chat && !own)) void origin?.answer()
    if (chat) this.#parts.bus.publish(organization_id, chat)
  }

  /** A repetition is told to nobody again; its answer stands behind what it names (LOG6). */
  answerInOrder(organization_id: string, { chat }: Committed, origin: Origin): void {
    if (chat) this.inChatOrder(organization_id, chat.id, () => origin.answer())
    else void origin.answer()
  }

  signal(organization_id: string, message: BusMessage): void {
    this.#parts.bus.publish(organization_id, message)
  }

  revoke(revocation: Omit<Revocation, 'kind'>): void {
    this.#parts.bus.publish(revocation.organization_id, { kind: 'revoked', ...revocation })
  }

  /** Runs a task in its place among the deliveries of a chat; it is told whether anything was handed out since the process knows the chat. */
  inChatOrder(organization_id: string, chat_id: string, task: (seen: boolean) => Promise<void>): void {
    const lane = this.#organizations.get(organization_id)?.chatLane(chat_id)
    lane?.turn(() => task(lane.last !== null))
  }

  inUserOrder(organization_id: string, user_id: string, task: () => Promise<void>): void {
    this.#organizations.get(organization_id)?.userLane(user_id).turn(task)
  }

  close(): void {
    for (const organization of this.#organizations.values()) organization.close()
    this.#organizations.clear()
  }

  #opened(organization_id: string): Organization {
    const organization = this.#organizations.get(organization_id) ?? new Organization(organization_id, this.#parts, this.#ears)
    this.#organizations.set(organization_id, organization)
    return organization
  }

  #closeUnused(organization_id: string): void {
    const organization = this.#organizations.get(organization_id)
    if (!organization?.unused) return
    this.#organizations.delete(organization_id)
    organization.close()
  }
}
