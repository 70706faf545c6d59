/** The requests of one socket: what it may ask in which state, how many at once, and in which order they are carried out. */
import type { ActionSpec, RequestOf } from '../../protocol/actions.ts'
import type { RequestFrame } from '../../protocol/envelope.ts'
import type { ErrorType } from '../../protocol/errors.ts'
import { MAX_PENDING_REQUESTS } from '../../protocol/limits.ts'
import { presenceAnswer } from '../domain/presence.ts'
import { Refusal } from '../domain/refusal.ts'
import { readFrame, writeAnswer, writeFailure } from './frames.ts'
import type { Gateway } from './gateway.ts'
import { logIn, renew } from './login.ts'
import { bears } from './nonsense.ts'
import { Pending } from './pending.ts'
import type { Session } from './session.ts'

const MAX_LOGIN_ATTEMPTS = 5
/** What a socket that has not written waits for. */
const NOTHING = Promise.resolve()

export class Requests {
  readonly #gateway: Gateway
  readonly #session: Session
  #logins = 0
  #pending = 0
  /** A login that is being answered. What is refused meanwhile, such as its repetition by the network, is refused behind it. */
  #joining: Promise<void> = Promise.resolve()
  /** By what its nonsense is counted, once there is any. */
  #name = ''
  /** Writes are carried out in the order they were sent. */
  #writes: Promise<void> = NOTHING

  constructor(gateway: Gateway, session: Session) {
    this.#gateway = gateway
    this.#session = session
  }

  get pending(): number {
    return this.#pending
  }

  receive(frame: string): void {
    this.#gateway.counts.frames.add()
    const request = readFrame(frame)
    const refusal = 'refusal' in request ? request.refusal : this.#refusalOf(request)
    if (refusal && this.#session.state === 'joining') void this.#joining.then(() => this.#refuse(request, refusal))
    else if (refusal) this.#refuse(request, refusal)
    else if (this.#session.expired && request.action !== 'update_session') this.#session.end('access_token_expired')
    else this.#take(request as RequestFrame)
  }

  answer(request: RequestFrame, payload: unknown): void {
    this.#pending--
    this.#gateway.counts.answers.add()
    this.#session.send(writeAnswer(request, payload), true)
  }

  /** A request that came to nothing. What is no refusal is a fault of ours: logged, and told without a word about its cause. */
  fail(request: RequestFrame, error: unknown): void {
    this.#pending--
    if (!this.#session.ended) this.#refuse(request, this.#gateway.refusalFor(error, request.action, request.request_id))
  }

  #refusalOf({ action }: RequestFrame): Refusal | null {
    const unable = (type: ErrorType, why: string, data?: object) => new Refusal(type, `unable to ${action}; ${why}`, { ...data })
    const { state, clogged } = this.#session
    if (this.#gateway.draining) return unable('service_unavailable', 'the server is about to restart')
    if (this.#pending >= MAX_PENDING_REQUESTS) {
      return unable('pending_requests_limit_reached', `${MAX_PENDING_REQUESTS} requests await their answer`)
    }
    if (action === 'login') return state === 'new' ? null : unable('validation', 'the socket has logged in already', { path: 'action' })
    if (state !== 'live') return unable('authentication', 'the socket has not logged in')
    // A reader that does not take its answers gets no more of them to pile up.
    return clogged ? unable('too_many_requests', 'earlier answers wait to be read', { retry_after_ms: 1000 }) : null
  }

  #refuse(request: Pick<RequestFrame, 'action' | 'request_id'>, refusal: Refusal): void {
    this.#gateway.counts.refusals.add({ type: refusal.type })
    // Not counted as asked for: whoever sends what is refused and reads nothing is a slow reader like any other (CON9).
    this.#session.send(writeFailure(request, refusal.body()))
    const { id, rates } = this.#gateway.parts
    this.#name ||= id()
    if (!bears(rates, this.#name, refusal)) this.#session.end('connection_evicted')
  }

  #take(request: RequestFrame): void {
    this.#pending++
    try {
      const payload = request.payload ?? {}
      const spec = this.#gateway.dispatcher.specOf(this.#session.side, 'socket', request.action, payload)
      if (request.action === 'login') this.#joining = this.#logIn(request, payload)
      else this.#start(spec, request, payload)
    } catch (error) {
      this.fail(request, error)
    }
  }

  #start(spec: ActionSpec, request: RequestFrame, payload: unknown): void {
    this.#gateway.dispatcher.count(spec.rate, request.action, this.#session.ctx.principal)
    if (spec.write) this.#writes = this.#writes.then(() => this.#carryOut(request, payload))
    else void this.#carryOut(request, payload)
  }

  async #logIn(request: RequestFrame, payload: unknown): Promise<void> {
    this.#session.beginLogin()
    try {
      await logIn(this.#gateway, this.#session, request, payload)
    } catch (error) {
      this.#session.abortLogin()
      this.fail(request, error)
      if (++this.#logins >= MAX_LOGIN_ATTEMPTS) this.#session.end('too_many_connections')
    }
  }

  /** Never rejects. Resolves when a write is on disk, which may be before its turn to be answered. */
  async #carryOut(request: RequestFrame, payload: unknown): Promise<void> {
    if (this.#session.ended) return
    try {
      if (request.action === 'ping') this.answer(request, {})
      else if (request.action === 'update_session') this.answer(request, await renew(this.#gateway, this.#session, payload))
      else await this.#dispatch(request, payload)
    } catch (error) {
      this.fail(request, error)
      if (request.action === 'sync') this.#session.catchUp.refused(payload, error)
    }
  }

  async #dispatch(request: RequestFrame, payload: unknown): Promise<void> {
    const result = await this.#gateway.dispatcher.run({
      ctx: this.#session.ctx,
      action: request.action,
      payload,
      key: null,
      address: this.#session.handshake.address,
      origin: (plan, committed) => new Pending(this.#session, request, plan, committed),
    })
    if (!('reply' in result)) return
    const { answer } = result.reply
    if (request.action === 'sync') this.#session.catchUp.answered(request, payload, answer)
    else if (request.action === 'get_presence') this.answer(request, this.#watching(payload) ?? answer)
    else this.answer(request, answer)
  }

  /** PRE4: between what is answered and what is told from then on nothing may change. */
  #watching(payload: unknown): object | null {
    const { chat_id } = payload as RequestOf<'get_presence'>
    const online = this.#gateway.fanout.watch(this.#session.ctx.principal.organization_id, chat_id, this.#session)
    return online && presenceAnswer(online)
  }
}
