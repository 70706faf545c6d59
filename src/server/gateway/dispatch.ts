/** The road of every request, over a socket or HTTP alike: known, checked, counted, decided by the domain, committed, passed on. */
import { type ActionName, type ActionSpec, AGENT_ACTIONS, CUSTOMER_ACTIONS, SERVER_ACTIONS } from '../../protocol/actions.ts'
import type { RateName } from '../../protocol/limits.ts'
import type { Scope } from '../../protocol/scopes.ts'
import { firstProblem } from '../../protocol/validate.ts'
import type { From } from '../bus/bus.ts'
import { type Context, type Course, isCourse, isPlan, type Plan, type Principal, type Reply } from '../domain/context.ts'
import { againOf, handlerOf } from '../domain/handlers.ts'
import { ruleFor } from '../domain/policies.ts'
import { invalid, Refusal } from '../domain/refusal.ts'
import type { Change, Committed, Idempotency, Outcome, Precondition, Write } from '../store/change.ts'
import type { Fanout } from './fanout.ts'
import type { Histogram } from './metrics.ts'
import type { Parts } from './parts.ts'
import type { Origin } from './sockets.ts'

export type Side = Principal['type']
/** Of those who have a face, and sockets. */
export type FaceSide = Exclude<Side, 'backend'>

/** A map, so that no name that JavaScript objects bring along is an action. */
const ACTIONS: Readonly<Record<Side, ReadonlyMap<string, ActionSpec>>> = {
  customer: new Map(Object.entries(CUSTOMER_ACTIONS)),
  agent: new Map(Object.entries(AGENT_ACTIONS)),
  backend: new Map(Object.entries(SERVER_ACTIONS)),
}

/** FEA1 */
export const featuresOf = (side: Side): string[] => [...ACTIONS[side].keys()]

/** A change whose preconditions are lost this often in a row meets more traffic than a chat can have. */
const MAX_ATTEMPTS = 20

/** An answer at once, or a change that is on disk. `noted`: what was to be written with a change was. */
export type Result = { readonly reply: Reply; readonly noted?: boolean } | { readonly plan: Plan; readonly committed: Committed }

const NEVER: Precondition = { holds: 'exists', table: 'sign_in_links', hash: '' }

export interface Call {
  readonly ctx: Context
  readonly action: string
  readonly payload: unknown
  /** An `Idempotency-Key`; sockets have none. */
  readonly key: Idempotency | null
  /** The network address that it comes from, where that may matter. */
  readonly address?: string
  /** What is to be written with the change, if one is made. */
  readonly also?: readonly Write[]
  /** Who is to be answered in the place of the change's push; null when nobody on a socket. */
  origin(plan: Plan, committed: Committed): Origin | null
}

export class Dispatcher {
  readonly #parts: Parts
  readonly #fanout: Fanout
  readonly #commitTime: Histogram

  constructor(parts: Parts, fanout: Fanout) {
    this.#parts = parts
    this.#fanout = fanout
    this.#commitTime = parts.metrics.histogram('porchlight_commit_seconds', 'From handing a change to the store until it is on disk.')
  }

  /** What an API key needs for the action. */
  scopeOf(action: string): Scope | undefined {
    return ACTIONS.backend.get(action)?.scope
  }

  /** By what a back end's request is counted before anything else of it is looked at: one for nothing, too. */
  rateOf(action: string): RateName {
    return ACTIONS.backend.get(action)?.rate ?? 'backend_read'
  }

  /** Finds the action and checks what came with it, over this transport. */
  specOf(side: Side, over: 'socket' | 'http', action: string, payload: unknown): ActionSpec {
    const spec = ACTIONS[side].get(action)
    if (!spec) throw new Refusal('unsupported_action', `unable to carry out the request; a ${side} has no such action`)
    if (spec.only !== undefined && spec.only !== over) {
      throw new Refusal('unsupported_action', `unable to ${action}; it makes sense over ${spec.only === 'http' ? 'HTTP' : 'a socket'} only`)
    }
    const problem = firstProblem(spec.request, payload)
    if (problem) throw invalid(action, problem.path || 'payload', problem.why)
    return spec
  }

  /** CON14 */
  count(rate: RateName, action: string, principal: Principal): void {
    const retry_after_ms = this.#parts.rates.take(rate, principal.id)
    if (retry_after_ms > 0) throw new Refusal('too_many_requests', `unable to ${action}; too many requests`, { retry_after_ms })
  }

  async run(call: Call): Promise<Result> {
    const { ctx, action } = call
    const { type } = ctx.principal
    if (type !== 'backend' && ruleFor(ctx.principal, action as ActionName) === 'never') {
      throw new Refusal('authorization', `unable to ${action}; a ${type} may not`)
    }
    const handler = handlerOf(type, action)
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const outcome = await handler(ctx, call.payload).catch((refusal: unknown) => this.#again(call, refusal))
      if (isCourse(outcome)) return this.#course(call, outcome)
      if (!isPlan(outcome)) return this.#replied(ctx, outcome)
      const done = await this.commit(complete(outcome.change, call))
      if (done.ok) return this.#committed(call, outcome, done.committed)
      if (done.why !== 'stale') throw refusalOf(done.why, action)
    }
    throw new Refusal('service_unavailable', `unable to ${action}; too much happens in this chat at once`)
  }

  async #course(call: Call, course: Course): Promise<Result> {
    const { organization_id } = call.ctx.principal
    let first: Committed | null = null
    const answer = await course.run(async (change, tell = []) => {
      const done = await this.commit(first ? change : complete(change, call))
      if (!done.ok && done.why !== 'stale') throw refusalOf(done.why, call.action)
      if (!done.ok) return null
      const { committed } = done
      first ??= committed
      if (committed.replayed) return committed
      this.#fanout.committed(organization_id, committed, null)
      for (const message of tell) this.#fanout.signal(organization_id, message)
      return committed
    })
    return { reply: { answer }, noted: first !== null && !(first as Committed).replayed }
  }

  /** Resolves in the order of the calls. */
  async commit(change: Change): Promise<Outcome> {
    const started = performance.now()
    try {
      return await this.#parts.store.commit(change)
    } finally {
      this.#commitTime.observe((performance.now() - started) / 1000)
    }
  }

  /**
   * IDM1, IDM5: what was carried out before under the same id is answered as it was then, though it would be refused now.
   * Stores know a repetition before they look at preconditions, so one that never holds lets nothing pass but a repetition.
   */
  async #again({ ctx, key, payload, action }: Call, refusal: unknown): Promise<Reply> {
    const again = againOf(ctx.principal.type, action)
    const idempotency = [...(key ? [key] : []), ...((await again?.knownAs?.(ctx, payload)) ?? [])]
    if (!again || idempotency.length === 0 || !(refusal instanceof Refusal)) throw refusal
    const done = await this.commit({ at: ctx.now(), expect: [NEVER], writes: [], idempotency })
    if (!done.ok) throw done.why === 'mismatch' ? refusalOf(done.why, action) : refusal
    return { answer: await again.answer(ctx, done.committed, payload) }
  }

  #replied({ principal }: Context, reply: Reply): Result {
    if (reply.signal) this.#fanout.signal(principal.organization_id, reply.signal)
    return { reply }
  }

  /** Nothing may be awaited between the commit and here: the order of the calls is the order of the commits. */
  #committed(call: Call, plan: Plan, committed: Committed): Result {
    const origin = call.origin(plan, committed)
    const { organization_id } = call.ctx.principal
    if (!committed.replayed) {
      plan.made?.(committed)
      this.#fanout.committed(organization_id, committed, origin, fromOf(call))
      void this.#signal(call, plan)
    } else if (origin) this.#fanout.answerInOrder(organization_id, committed, origin)
    return { plan, committed }
  }

  /** Whoever asked does not wait for it, and a loss of it is borne. */
  async #signal({ ctx, action }: Call, plan: Plan): Promise<void> {
    try {
      for (const signal of (await plan.signals?.()) ?? []) this.#fanout.signal(ctx.principal.organization_id, signal)
    } catch (error) {
      this.#parts.log.error({ err: error, action }, 'unable to tell of a change')
    }
  }
}

function fromOf({ ctx: { principal }, address }: Call): From | null {
  return principal.type === 'customer' && address !== undefined ? { user_id: principal.id, address } : null
}

/** Why nothing at all can be written just now. */
type Unwritable = 'full' | 'busy'

export const isUnwritable = (why: string): why is Unwritable => why === 'full' || why === 'busy'

const complete = (change: Change, { key, also = [] }: Call): Change => ({
  ...change,
  writes: also.length > 0 ? [...change.writes, ...also] : change.writes,
  idempotency: key ? [...change.idempotency, key] : change.idempotency,
})

/** What to tell of a change that the store did not take. */
export function refusalOf(why: 'conflict' | 'mismatch' | Unwritable, action: string): Refusal {
  switch (why) {
    case 'conflict':
      return new Refusal('conflict', `unable to ${action}; something of this name exists already`)
    case 'mismatch':
      return new Refusal('idempotency_mismatch', `unable to ${action}; the same id was used before with other content`)
    case 'full':
      return new Refusal('service_unavailable', `unable to ${action}; the server is out of disk`)
    case 'busy':
      return new Refusal('service_unavailable', `unable to ${action}; another program holds the server's database`)
  }
}
