/** Who is in: signing in and out, connecting, and giving each agent a seat of their own. */

import type { AgentPolicies } from '../../protocol/session.ts'
import type { ConnectionStatus } from '../core/views.ts'
import type { Environment } from '../kit/environment.ts'
import { failed } from '../wire/failure.ts'
import { type Account, createAccount, type House } from './account.ts'
import { createPromises } from './promises.ts'
import { createSeat, type Seat } from './seat.ts'
import type { Agent } from './types.ts'

export interface ReceptionEvents {
  /** Another seat, or none. */
  seat(seat: Seat | null): void
  status(status: ConnectionStatus): void
  disconnected(reason: string): void
  signedOut(): void
}

export interface Reception {
  /** Null until the server has said so. */
  readonly me: Agent | null
  readonly policies: AgentPolicies
  readonly status: ConnectionStatus
  /** The seat, once it is taken; rejects when nobody wants in. */
  here(): Promise<Seat>
  connect(): Promise<Agent>
  disconnect(): void
  signIn(request: Parameters<Account['signIn']>[0]): Promise<Agent>
  signOut(): Promise<void>
  /** Somewhere else, or in by another proof: whoever was here leaves, and comes in there. */
  move(to: Partial<House>): Promise<Agent>
  /** Whom the proof is of, as the server says now. */
  verify(): Promise<string>
  destroy(): void
}

/** Why there is no session, or no longer. */
const SIGNED_OUT_REASONS = ['authentication', 'logged_out_remotely']
/** The names under which callers wait. */
const IN = 'in'
const SEAT = 'seat'

const STRICT: AgentPolicies = { agents_edit: 'own', agents_delete: 'own' }

const gone = () => failed('SDK_DESTROYED', 'unable to go on; the SDK was destroyed', 'validation')
const nobody = () => failed('NO_CONNECTION', 'unable to go on; connect or sign in first', 'service_unavailable')
const signedOutYet = () => failed('AUTHENTICATION', 'unable to connect; nobody is signed in', 'authentication')

export function createReception(environment: Environment, house: House, events: ReceptionEvents): Reception {
  const account = createAccount(environment, house)
  const arrivals = createPromises<Agent>()
  const seats = createPromises<Seat>()
  let seat: Seat | null = null
  let me: Agent | null = null
  let policies = STRICT
  let stop = () => {}
  /** When what was not sent has been read: before that nothing must go out. */
  let prepared: Promise<unknown> = Promise.resolve()
  /** The look that goes on; another takes its place when the house moves. */
  let looking: symbol | undefined
  /** From `connect` or `signIn` to `disconnect`. */
  let wanted = false
  let destroyed = false

  /** Whatever the agent before had is let go; what they have not sent waits in storage until they are back. */
  function leave() {
    stop()
    seat?.session.destroy()
    seat = null
    me = null
    events.seat(null)
  }

  async function enter(agent: string) {
    leave()
    const taken = createSeat({ environment, house, agent, onWelcome, onOther })
    const { session } = taken
    seat = taken
    stop = session.status.subscribe(events.status)
    session.events.on('reason', onReason)
    events.seat(taken)
    seats.resolve(SEAT, taken)
    prepared = Promise.all([session.outbox.load(), account.remember(agent)])
    await prepared
    if (wanted) session.connection.connect()
  }

  /** Without a seat: who is this? */
  async function look() {
    if (looking) return
    const own = Symbol('look')
    looking = own
    events.status('connecting')
    try {
      const agent = (house.getToken ? undefined : await account.remembered()) ?? (await account.current())
      if (looking !== own || destroyed || seat) return
      if (agent) await enter(agent)
      else refuse(signedOutYet())
    } catch (error) {
      if (looking === own) refuse(error as Error)
    } finally {
      if (looking === own) looking = undefined
    }
  }

  /** An older server tells no policies. */
  function onWelcome(profile: Agent, told = STRICT) {
    me = profile
    policies = told
    arrivals.resolve(IN, profile)
  }

  function onOther(agent: string) {
    if (!destroyed) enter(agent)
  }

  function refuse(error: Error) {
    looking = undefined
    events.status(seat?.session.status.state ?? 'idle')
    arrivals.reject(IN, error)
    seats.reject(SEAT, error)
  }

  function onReason(reason: string) {
    const closed = seat?.session.connection.state === 'closed'
    // Somebody else is signed in: with them it goes on, and there is nothing to tell.
    if (closed && reason === 'other_agent') return
    events.disconnected(reason)
    if (!closed) return
    if (SIGNED_OUT_REASONS.includes(reason)) signedOut()
    refuse(failed(reason.toUpperCase(), `unable to connect; ${reason}`, 'authentication'))
  }

  function signedOut() {
    account.forget()
    if (!seat) return
    leave()
    events.signedOut()
  }

  async function connect() {
    if (destroyed) throw gone()
    if (me && seat?.session.connection.state === 'live') return me
    wanted = true
    const arrival = arrivals.of(IN)
    if (seat) prepared.then(() => wanted && seat?.session.connection.connect())
    else look()
    return arrival
  }

  return {
    get me() {
      return me
    },
    get policies() {
      return policies
    },
    get status() {
      if (destroyed) return 'destroyed'
      return seat?.session.status.state ?? (looking ? 'connecting' : 'idle')
    },
    async here() {
      if (destroyed) throw gone()
      if (seat) return seat
      if (!looking) throw nobody()
      return seats.of(SEAT)
    },
    connect,
    async move(to) {
      if (destroyed) throw gone()
      Object.assign(house, to)
      // Who is in elsewhere, or by another word, need not be the same.
      await account.forget()
      leave()
      looking = undefined
      return connect()
    },
    async verify() {
      if (destroyed) throw gone()
      const agent = await account.current()
      if (!agent) throw signedOutYet()
      return agent
    },
    disconnect() {
      wanted = false
      seat?.session.connection.disconnect()
      refuse(nobody())
    },
    async signIn(request) {
      if (destroyed) throw gone()
      const agent = await account.signIn(request)
      wanted = true
      // Together, so that whatever ends the one on the way is heard.
      const [arrived] = await Promise.all([arrivals.of(IN), enter(agent)])
      return arrived
    },
    async signOut() {
      if (destroyed) throw gone()
      await account.signOut()
      signedOut()
    },
    destroy() {
      destroyed = true
      leave()
      arrivals.reject(IN, gone())
      seats.reject(SEAT, gone())
    },
  }
}
