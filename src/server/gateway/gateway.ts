/** The far end of the wire, whole: takes sockets and requests, and knows when to take no more. */
import type { DisconnectReason } from '../../protocol/disconnects.ts'
import type { Reach } from '../domain/addresses.ts'
import type { Context, FileAddresses, Identities, Online, PendingUpload, Principal } from '../domain/context.ts'
import { Refusal } from '../domain/refusal.ts'
import type { Store } from '../store/store.ts'
import { addressKey } from './address.ts'
import { AgentSessions } from './agent-sessions.ts'
import { Answers } from './answers.ts'
import { type Asker, Authenticator } from './authenticate.ts'
import { createAdmit } from './channels.ts'
import { CustomerTokens } from './customer-tokens.ts'
import { Dispatcher } from './dispatch.ts'
import { Fanout } from './fanout.ts'
import { createFileSigner, type FileSigner } from './file-addresses.ts'
import { Heartbeat } from './heartbeat.ts'
import { createIdentities } from './identity-tokens.ts'
import type { Counter } from './metrics.ts'
import type { Parts } from './parts.ts'
import { Session } from './session.ts'
import type { Receiver } from './sockets.ts'
import { createStrangers } from './strangers.ts'
import { Streams } from './streams.ts'
import { createAccessTokens } from './tokens.ts'
import { createUnreadTokens, type UnreadTokens } from './unread-tokens.ts'
import { createUploadAddresses, type UploadAddresses } from './upload-addresses.ts'
import { watchUploads } from './uploads.ts'
import type { Handshake, SocketSession, Wire } from './wire.ts'

/** Whoever asks, as domain code sees them. One for each socket, so it is kept small. */
class Speaker implements Context {
  readonly principal: Principal
  readonly files: FileAddresses
  readonly #gateway: Gateway
  /** The socket that they speak over. */
  readonly #receiver: Receiver | null

  constructor(principal: Principal, files: FileAddresses, gateway: Gateway, receiver: Receiver | null) {
    this.principal = principal
    this.files = files
    this.#gateway = gateway
    this.#receiver = receiver
  }

  get store(): Store {
    return this.#gateway.parts.store
  }

  get identities(): Identities {
    return this.#gateway.identities
  }

  get reach(): Reach {
    return this.#gateway.parts.reach
  }

  get streams(): Streams {
    return this.#gateway.streams
  }

  get answers(): Answers {
    return this.#gateway.answers
  }

  online(): readonly string[] {
    return this.#gateway.fanout.online(this.principal.organization_id)
  }

  presence(chat_id: string): Promise<readonly Online[]> {
    return this.#gateway.fanout.presence(this.principal.organization_id, chat_id, this.#receiver)
  }

  now(): number {
    return this.#gateway.parts.clock.now()
  }

  id(): string {
    return this.#gateway.parts.id()
  }

  uploadAddress(upload: PendingUpload): Promise<string> {
    return this.#gateway.uploadAddresses.of(upload, this.files.base)
  }
}

/** What sockets and requests count. */
export interface Counts {
  readonly frames: Counter
  readonly answers: Counter
  readonly logins: Counter
  readonly refusals: Counter
  readonly slow: Counter
  readonly served: Counter
}

/** How long answers that were promised may take while draining. */
const DRAIN_MS = 8_000
/** Clients come back spread over this long. */
const RETURN_WITHIN_MS = 5_000

export class Gateway {
  readonly parts: Parts
  readonly fanout: Fanout
  readonly dispatcher: Dispatcher
  readonly streams: Streams
  readonly answers: Answers
  readonly authenticator: Authenticator
  readonly customerTokens: CustomerTokens
  readonly agentSessions: AgentSessions
  readonly heartbeat: Heartbeat
  readonly fileSigner: FileSigner
  readonly uploadAddresses: UploadAddresses
  readonly watchUpload: ReturnType<typeof watchUploads>
  readonly identities: Identities
  readonly unreadTokens: UnreadTokens
  readonly counts: Counts
  readonly #publicUrl: string | null
  readonly #sessions = new Set<Session>()
  #draining = false
  /** Requests over HTTP that are being carried out. */
  #attended = 0

  constructor(parts: Parts, publicUrl: string | null) {
    this.parts = parts
    this.answers = new Answers(parts.rates)
    this.fanout = new Fanout(parts, {
      entries: (entries, from) => {
        this.streams.heard(entries)
        if (from) this.answers.met(from.user_id, from.address)
      },
      piece: (piece) => this.streams.overheard(piece),
    })
    this.dispatcher = new Dispatcher(parts, this.fanout)
    this.streams = new Streams(parts, this.dispatcher, this.fanout)
    const tokens = createAccessTokens(parts.store.secret, parts.clock)
    const { store, clock, log } = parts
    this.identities = createIdentities(store, clock)
    const admit = createAdmit(parts, this.dispatcher, this.fanout)
    this.authenticator = new Authenticator({
      ...{ store, clock, tokens, publicUrl, admit, identities: this.identities, id: () => parts.id() },
      noteStranger: createStrangers(log, clock),
    })
    const { authenticator, dispatcher, fanout, identities } = this
    this.customerTokens = new CustomerTokens(parts, { authenticator, tokens, dispatcher, fanout, identities, admit })
    this.agentSessions = new AgentSessions(parts, this.authenticator, this.dispatcher, this.fanout)
    this.heartbeat = new Heartbeat(parts.clock)
    this.fileSigner = createFileSigner(parts.store.secret, parts.clock)
    this.watchUpload = watchUploads(parts.metrics)
    this.uploadAddresses = createUploadAddresses(store, clock)
    this.unreadTokens = createUnreadTokens(parts.store, parts.clock)
    this.#publicUrl = publicUrl
    this.counts = this.#countsOf(parts)
  }

  get draining(): boolean {
    return this.#draining
  }

  /** Takes a socket, real or in memory. It speaks for nobody until it has logged in. */
  acceptSocket(wire: Wire, handshake: Handshake): SocketSession {
    const session = new Session(this, wire, handshake)
    this.#sessions.add(session)
    const crowded = this.parts.rates.take('connect', addressKey(handshake.address)) > 0
    if (this.#draining) session.end('service_temporarily_unavailable', this.#comeBack())
    else if (crowded) session.end('too_many_connections')
    return session
  }

  forget(session: Session): void {
    this.#sessions.delete(session)
  }

  /** `asker`: how they came, which is how files are reached. `receiver`: the socket, where it is one. */
  contextOf(principal: Principal, { host }: Pick<Asker, 'host'>, receiver: Receiver | null = null): Context {
    return new Speaker(principal, this.fileSigner.at(this.#publicUrl ?? `http://${host}`), this, receiver)
  }

  /** Carries out a request over HTTP. While draining none is begun, and those that were are waited for (CON12). */
  async attend<T>(purpose: string, carryOut: () => T | Promise<T>): Promise<T> {
    if (this.#draining) throw new Refusal('service_unavailable', `unable to ${purpose}; the server is about to restart`, this.#comeBack())
    this.#attended++
    try {
      return await carryOut()
    } finally {
      this.#attended--
    }
  }

  /** Ends the sockets of a user, wherever they are, that were let in by proofs from before now (LIN7). */
  revoke(organization_id: string, user_id: string, reason: DisconnectReason): void {
    this.fanout.revoke({ organization_id, user_id, not_before: this.parts.clock.now() + 1, reason })
  }

  /** What to tell of an error. Faults of ours go to the log, and to the client without their cause. */
  refusalFor(error: unknown, action: string, request_id: string | undefined): Refusal {
    if (error instanceof Refusal) return error
    this.parts.log.error({ err: error, action, request_id }, 'unable to carry out a request')
    return new Refusal('internal', `unable to ${action}; the server failed, which is in its log`)
  }

  /** CON12: no new requests, answers for those it took, a word to everyone, and the end of every socket. */
  async drain(): Promise<void> {
    this.#draining = true
    const until = this.parts.clock.now() + DRAIN_MS
    while (this.#pending() > 0 && this.parts.clock.now() < until) await this.#pause(20)
    await this.streams.close()
    for (const session of [...this.#sessions]) session.end('service_temporarily_unavailable', this.#comeBack())
    this.heartbeat.stop()
    this.fanout.close()
  }

  #pending(): number {
    let sum = this.#attended
    for (const session of this.#sessions) sum += session.requests.pending
    return sum
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => void this.parts.clock.after(ms, resolve))
  }

  #comeBack() {
    return { retry_after_ms: Math.ceil(this.parts.random() * RETURN_WITHIN_MS) }
  }

  #countsOf({ metrics, store }: Parts): Counts {
    metrics.gauge('porchlight_sockets', 'Open sockets.', () =>
      (['customer', 'agent'] as const).map((side) => [{ side }, [...this.#sessions].filter((session) => session.side === side).length]),
    )
    metrics.gauge('porchlight_pending_requests', 'Requests that await their answer.', () => this.#pending())
    metrics.gauge('porchlight_store_waiting', 'Changes that wait for their transaction.', () => store.stats().waiting)
    metrics.gauge('porchlight_store_transactions', 'Transactions since the start.', () => store.stats().commits)
    metrics.gauge('porchlight_store_changes', 'Changes carried out since the start.', () => store.stats().changes)
    return {
      frames: metrics.counter('porchlight_frames_total', 'Frames received.'),
      answers: metrics.counter('porchlight_answers_total', 'Requests answered with success over sockets.'),
      logins: metrics.counter('porchlight_logins_total', 'Successful logins.'),
      refusals: metrics.counter('porchlight_refusals_total', 'Requests refused, by type.'),
      served: metrics.counter('porchlight_file_bytes_served_total', 'Bytes of files that were asked for.'),
      slow: metrics.counter('porchlight_slow_readers_total', 'Sockets closed because their reader was too slow.'),
    }
  }
}
