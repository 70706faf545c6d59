/** One socket from its first frame to its end: who speaks, what they are told, and why it is over. */
import type { DisconnectReason } from '../../protocol/disconnects.ts'
import { LOGIN_TIMEOUT_MS, MAX_SOCKET_BACKLOG_BYTES } from '../../protocol/limits.ts'
import { type Context, type Reader, readerOf } from '../domain/context.ts'
import { CatchUp } from './catch-up.ts'
import type { FaceSide } from './dispatch.ts'
import { writePush } from './frames.ts'
import type { Gateway } from './gateway.ts'
import type { Identity } from './identity.ts'
import { Requests } from './requests.ts'
import type { Receiver } from './sockets.ts'
import type { Handshake, SocketSession, Wire } from './wire.ts'

/** `joining`: the login is being answered, and what happens meanwhile is caught up with right after. */
type State = 'new' | 'joining' | 'live' | 'ended'

/** CON8: rounds of the heartbeat without a sign of life. */
const MAX_SILENT_ROUNDS = 2
/** Close codes of RFC 6455 and its registry. */
const POLICY_VIOLATION = 1008
const SERVICE_RESTART = 1012
const TRY_AGAIN_LATER = 1013

const CODES: Partial<Record<DisconnectReason, number>> = {
  service_temporarily_unavailable: SERVICE_RESTART,
  too_many_connections: TRY_AGAIN_LATER,
}

/** A socket that has not logged in. */
const NOBODY: Reader = { user_id: '', view: 'public', files: { base: '', addressOf: () => '' }, from: 1 }

export class Session implements SocketSession, Receiver {
  readonly side: FaceSide
  readonly handshake: Handshake
  readonly catchUp: CatchUp
  readonly requests: Requests
  readonly #gateway: Gateway
  readonly #wire: Wire
  readonly #stopBeat: () => void
  #stopWaiting: (() => void) | null
  #state: State = 'new'
  #identity: Identity | null = null
  #ctx: Context | null = null
  #reader: Reader = NOBODY
  #silentRounds = 0
  /** Bytes of answers that wait for the reader: it asked for them, so they do not count against it (RES5). */
  #asked = 0

  constructor(gateway: Gateway, wire: Wire, handshake: Handshake) {
    this.#gateway = gateway
    this.#wire = wire
    this.handshake = handshake
    this.side = handshake.side
    this.catchUp = new CatchUp(gateway, this)
    this.requests = new Requests(gateway, this)
    this.#stopBeat = gateway.heartbeat.add(this)
    this.#stopWaiting = gateway.parts.clock.after(LOGIN_TIMEOUT_MS, () => this.end('connection_timeout'))
  }

  get state(): State {
    return this.#state
  }

  get ended(): boolean {
    return this.#state === 'ended'
  }

  get live(): boolean {
    return this.#state === 'live'
  }

  get reader(): Reader {
    return this.#reader
  }

  get issued_at(): number {
    return this.#identity?.issued_at ?? 0
  }

  get session_hash(): string | null {
    return this.#identity?.session_hash ?? null
  }

  /** Who speaks. Asked only of a socket that has said so. */
  get ctx(): Context {
    if (!this.#ctx) throw new Error('unable to name the user; the socket has not logged in')
    return this.#ctx
  }

  /** LIN6 */
  get expired(): boolean {
    return this.#identity !== null && this.#identity.expires_at <= this.#gateway.parts.clock.now()
  }

  /** Whether earlier answers pile up because nobody reads them. */
  get clogged(): boolean {
    return this.#wire.backlog() > MAX_SOCKET_BACKLOG_BYTES
  }

  receive(frame: string): void {
    if (this.ended) return
    this.#silentRounds = 0
    this.requests.receive(frame)
  }

  pong(): void {
    this.#silentRounds = 0
  }

  closed(): void {
    if (this.ended) return
    this.#state = 'ended'
    this.#stopBeat()
    this.#stopWaiting?.()
    this.#leave()
    this.#gateway.forget(this)
  }

  beat(): void {
    if (this.expired) this.end('access_token_expired')
    else if (this.#silentRounds >= MAX_SILENT_ROUNDS) this.#abandon()
    else {
      this.#silentRounds++
      this.#wire.ping()
    }
  }

  beginLogin(): void {
    this.#state = 'joining'
  }

  /** The proof is good: from here on the socket speaks for this user. */
  identify(identity: Identity): void {
    this.#identity = identity
    this.#ctx = this.#gateway.contextOf(identity.principal, this.handshake, this)
    this.#reader = readerOf(this.#ctx)
  }

  /** The login came to nothing; another may be tried. */
  abortLogin(): void {
    if (this.ended) return
    this.#leave()
    this.#state = 'new'
    this.#identity = null
    this.#ctx = null
  }

  /** The login is answered: pushes flow. */
  goLive(): void {
    this.#state = 'live'
    this.#stopWaiting?.()
    this.#stopWaiting = null
    this.#gateway.counts.logins.add({ side: this.side })
    this.#gateway.fanout.arrive(this.ctx.principal.organization_id, this)
  }

  pushEntry(chat_id: string, seq: number, frame: string): void {
    if (this.#state === 'joining') this.catchUp.missed(chat_id)
    else if (this.#state === 'live' && this.catchUp.admits(chat_id, seq)) this.send(frame)
  }

  pushUserEntry(user_seq: number, frame: string): void {
    if (this.#state === 'joining') this.catchUp.missedOwn()
    else if (this.#state === 'live' && this.catchUp.admitsOwn(user_seq)) this.send(frame)
  }

  pushSignal(frame: string): void {
    if (this.#state === 'live') this.send(frame)
  }

  /** `asked`: an answer, or part of a catch-up, for which the client waits. */
  send(frame: string, asked = false): void {
    if (this.ended) return
    this.#wire.send(frame)
    const backlog = this.#wire.backlog()
    this.#asked = Math.min(this.#asked + (asked && backlog > 0 ? Buffer.byteLength(frame) : 0), backlog)
    if (backlog - this.#asked <= MAX_SOCKET_BACKLOG_BYTES) return
    // CON9: the client resumes when it reads again. A farewell would only wait behind the rest.
    this.#gateway.counts.slow.add()
    this.#wire.close(TRY_AGAIN_LATER, 'slow reader')
    this.closed()
  }

  /** CON10: says why, then closes. */
  end(reason: DisconnectReason, data?: object): void {
    if (this.ended) return
    const action = this.side === 'agent' ? 'agent_disconnected' : 'customer_disconnected'
    this.#wire.send(writePush({ action, payload: data ? { reason, data } : { reason } }))
    this.#wire.close(CODES[reason] ?? POLICY_VIOLATION, reason)
    this.closed()
  }

  #abandon(): void {
    this.#wire.terminate()
    this.closed()
  }

  #leave(): void {
    if (this.#ctx) this.#gateway.fanout.leave(this.#ctx.principal.organization_id, this)
  }
}
