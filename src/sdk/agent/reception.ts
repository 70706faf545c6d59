/** Who is in: signing in and out, connecting, and giving each agent a seat of their own. */
import { createPromises } from '../core/promises.ts'
import type { Emitter } from '../kit/emitter.ts'
import type { Environment } from '../kit/environment.ts'
import { failed } from '../wire/failure.ts'
import { createAccount } from './account.ts'
import { announce } from './announce.ts'
import type { AgentEvents } from './api.ts'
import { createSeat, type Seat } from './seat.ts'
import type { Agent } from './types.ts'

export interface Reception {
  /** Null while nobody is in. */
  readonly seat: Seat | null
  /** Null until the server has said so. */
  readonly me: Agent | null
  readonly destroyed: boolean
  /** The seat, or a refusal that says what to do first. */
  here(): Seat
  connect(): Promise<Agent>
  signIn(request: Parameters<ReturnType<typeof createAccount>['signIn']>[0]): Promise<Agent>
  signOut(): Promise<void>
  destroy(): void
}

/** Why there is no session, or no longer. */
const SIGNED_OUT_REASONS = ['authentication', 'logged_out_remotely']
/** The one name under which callers wait for the agent to be in. */
const IN = 'in'

const gone = () => failed('SDK_DESTROYED', 'unable to go on; the SDK was destroyed', 'validation')
const nobody = () => failed('NO_CONNECTION', 'unable to go on; connect or sign in first', 'service_unavailable')

export function createReception(environment: Environment, server: string, { emit }: Emitter<AgentEvents>): Reception {
  const account = createAccount(environment, server)
  const arrivals = createPromises<Agent>()
  let seat: Seat | null = null
  let me: Agent | null = null
  let stopFollowing = () => {}
  let destroyed = false

  /** Whatever the agent before had is let go; what they have not sent waits in storage until they are back. */
  function leave() {
    stopFollowing()
    seat?.session.destroy()
    seat = null
    me = null
  }

  async function enter(agent: string) {
    leave()
    const taken = createSeat({ environment, server, agent, onWelcome, onOther })
    seat = taken
    stopFollowing = follow(taken)
    await taken.session.outbox.load()
    taken.session.connection.connect()
  }

  function onWelcome(profile: Agent) {
    me = profile
    arrivals.resolve(IN, profile)
  }

  async function onOther(agent: string) {
    if (destroyed) return
    await account.remember(agent)
    await enter(agent)
  }

  function follow({ session }: Seat): () => void {
    let times = 0
    announce(session, emit)
    session.events.on('ready', () => {
      if (me) emit(times++ ? 'connection_restored' : 'connected', me)
    })
    session.events.on('state', (state) => {
      if (state === 'waiting' && times) emit('connection_lost', undefined)
    })
    session.events.on('reason', onReason)
    return session.status.subscribe((status) => emit('status', status))
  }

  function onReason(reason: string) {
    const closed = seat?.session.connection.state === 'closed'
    // Somebody else is signed in: with them it goes on, and there is nothing to tell.
    if (closed && reason === 'conflict') return
    emit('disconnected', reason)
    if (!closed) return
    if (SIGNED_OUT_REASONS.includes(reason)) signedOut()
    arrivals.reject(IN, failed(reason.toUpperCase(), `unable to connect; ${reason}`, 'authentication'))
  }

  function signedOut() {
    leave()
    emit('signed_out', undefined)
  }

  return {
    get seat() {
      return seat
    },
    get me() {
      return me
    },
    get destroyed() {
      return destroyed
    },
    here() {
      if (destroyed) throw gone()
      if (!seat) throw nobody()
      return seat
    },
    async connect() {
      if (destroyed) throw gone()
      if (me && seat?.session.connection.state === 'live') return me
      const arrival = arrivals.of(IN)
      if (seat) seat.session.connection.connect()
      else await enter((await account.known()) ?? '')
      return arrival
    },
    async signIn(request) {
      if (destroyed) throw gone()
      const agent = await account.signIn(request)
      const arrival = arrivals.of(IN)
      await enter(agent)
      return arrival
    },
    async signOut() {
      if (destroyed) throw gone()
      await account.signOut()
      signedOut()
    },
    destroy() {
      destroyed = true
      leave()
      arrivals.rejectAll(gone())
    },
  }
}
