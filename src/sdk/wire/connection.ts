/**
 * The one connection of a client, as one state machine: it logs in, notices when the link is dead, comes back, and
 * carries requests.
 *
 *   idle ─ connect → opening ─ socket open → logging_in ─ welcome → live
 *                      ↑                          │                  │
 *                      └──────── waiting ←────────┴── link lost ─────┘
 *
 * From everywhere `disconnect`, or a reason that is final, leads to `closed`, and `destroy` to `destroyed`.
 */
import { FINAL_DISCONNECT } from '../../protocol/disconnects.ts'
import type { PushFrame, ServerFrame } from '../../protocol/envelope.ts'
import { CLIENT_PING_AFTER_MS, CLIENT_PONG_WITHIN_MS, CLIENT_WAKE_WITHIN_MS, REQUEST_TIMEOUT_MS } from '../../protocol/limits.ts'
import type { Environment } from '../kit/environment.ts'
import { backoff } from './backoff.ts'
import { asFailure, destroyed, type Failure, stopped } from './failure.ts'
import { createRequests, type Hold } from './requests.ts'
import type { Link } from './transport.ts'

export type ConnectionState = 'idle' | 'opening' | 'logging_in' | 'live' | 'waiting' | 'closed' | 'destroyed'

/** What every login answers. */
export interface Welcome {
  readonly features: readonly string[]
}

/** How long the wait for the next try may be, and how often in a row it may fail. */
export interface Patience {
  readonly maxRetries?: number
  readonly baseBackoffMs?: number
  readonly maxBackoffMs?: number
}

export interface ConnectionOptions<W extends Welcome> extends Patience {
  readonly environment: Environment
  readonly url: string
  /** The payload of `login`, asked for anew with each socket; `fresh` when the last one's token was refused. */
  login(fresh: boolean): Promise<object>
  /** These hear each frame in its turn. */
  onWelcome(welcome: W): void
  onPush(push: PushFrame<never>): void
  onState(state: ConnectionState): void
  /** The server said why it ends the link, or the client is not let in for good. */
  onReason(reason: string): void
}

export interface Connection {
  readonly state: ConnectionState
  /** The server will not have this client, or there is no way to it. Until `connect` every request is rejected with the reason. */
  readonly refused: boolean
  /** While it waits for its next try: tries now. */
  connect(): void
  disconnect(): void
  destroy(failure?: Failure): void
  /** Waits for the link where there is hope of one. */
  request(action: string, payload: unknown, take?: (answer: never) => void, hold?: Hold): Promise<unknown>
}

/** A link that held for less counts as another failure, so that a server which drops everyone is not stormed. */
const STEADY_MS = 10_000

export function createConnection<W extends Welcome>(options: ConnectionOptions<W>): Connection {
  const { environment, url, login, baseBackoffMs, maxBackoffMs, maxRetries, ...on } = options
  const { clock } = environment
  let state: ConnectionState = 'idle'
  let link: Link | null = null
  /** Counts links: what an old one still says is not heard. */
  let era = 0
  let since = 0
  let failures = 0
  let fresh = false
  let features: readonly string[] = []
  let cancel = () => {}
  /** Why nothing can be asked for. */
  let over: Failure | null = offline()

  const requests = createRequests(
    clock,
    (action) => state === 'live' || action === 'login',
    (frame) => link?.send(frame),
  )

  const enter = (next: ConnectionState) => {
    state = next
    since = clock.now()
    on.onState(next)
  }

  /** The one timer: what it stands for depends on the state. */
  const arm = (ms: number, then: () => void) => {
    cancel()
    cancel = clock.after(ms, then, true)
  }

  function leave() {
    cancel()
    era++
    link?.close()
    link = null
    requests.drop()
  }

  function open() {
    leave()
    over = null
    arm(REQUEST_TIMEOUT_MS, lost)
    const mine = era
    const opened = new Promise<void>((resolve) => {
      link = environment.openLink(url, {
        open() {
          if (mine !== era) return
          enter('logging_in')
          resolve()
        },
        frame: (text) => mine === era && receive(text),
        closed: () => mine === era && lost(),
      })
      if (!link) throw stopped('UNSUPPORTED', 'connect')
    })
    Promise.all([login(fresh), opened])
      .then(([payload]) => mine === era && requests.ask('login', payload, welcomed))
      .catch((error: unknown) => mine === era && turnedAway(error))
    // Last: whoever hears it may disconnect at once.
    enter('opening')
  }

  function welcomed(welcome: W) {
    features = welcome.features
    fresh = false
    // First: whoever hears the next may disconnect at once.
    listen()
    enter('live')
    on.onWelcome(welcome)
    requests.flush()
  }

  /** A refused token is worth one fresh one; what else cannot be retried is final. */
  function turnedAway(error: unknown) {
    const failure = asFailure(error)
    const { retryable, body } = failure
    const renew = body.type === 'authentication' && !fresh
    fresh ||= renew
    if (retryable || renew) lost(body.data)
    else stop(failure)
  }

  function stop(why: Failure) {
    close('closed', why)
    on.onReason(why.code.toLowerCase())
  }

  function close(next: 'closed' | 'destroyed', why: Failure) {
    leave()
    over = why
    enter(next)
    requests.drop(why)
  }

  function lost(data?: Delay) {
    if (state === 'live' && clock.now() - since > STEADY_MS) failures = 0
    if (failures === maxRetries) {
      failures = 0
      return stop(stopped('CONNECTION_LOST', 'connect', true))
    }
    leave()
    arm((data?.retry_after_ms ?? 0) + backoff(failures++, environment.random(), baseBackoffMs, maxBackoffMs), open)
    enter('waiting')
  }

  /** CON7: any frame is a sign of life. */
  function listen() {
    arm(CLIENT_PING_AFTER_MS, () => probe(CLIENT_PONG_WITHIN_MS))
  }

  function probe(within: number) {
    link?.send('{"action":"ping"}')
    arm(within, lost)
  }

  function receive(text: string) {
    if (state === 'live') listen()
    const frame = JSON.parse(text) as ServerFrame
    if (frame.type === 'response') requests.answer(frame)
    else if (frame.action.endsWith('_disconnected')) sentAway((frame as PushFrame<Farewell>).payload)
    else on.onPush(frame as PushFrame<never>)
  }

  function sentAway({ reason, data }: Farewell) {
    if (FINAL_DISCONNECT.test(reason)) return stop(stopped(reason.toUpperCase(), 'connect'))
    fresh = reason.startsWith('access_token_')
    const mine = era
    on.onReason(reason)
    // Whoever heard it may have disconnected.
    if (mine === era) lost(data)
  }

  const sleep = environment.onWake(
    () => {
      if (state === 'live') probe(CLIENT_WAKE_WITHIN_MS)
      else if (state === 'waiting' || (link && clock.now() - since > CLIENT_WAKE_WITHIN_MS)) open()
    },
    () => link && lost(),
  )

  return {
    get state() {
      return state
    },
    get refused() {
      return state === 'closed' && !over?.retryable
    },
    connect() {
      if (!link && state !== 'destroyed') open()
    },
    disconnect: () => state !== 'destroyed' && close('closed', offline()),
    destroy(failure = destroyed()) {
      sleep()
      close('destroyed', failure)
    },
    async request(action, payload, take, hold) {
      if (over) throw over
      if (state === 'live' && !features.includes(action)) {
        throw stopped('UNSUPPORTED', action)
      }
      return requests.ask(action, payload, take, hold)
    },
  }
}

const offline = () => stopped('NO_CONNECTION', 'ask', true)

interface Delay {
  readonly retry_after_ms?: number
}

interface Farewell {
  readonly reason: string
  readonly data?: Delay
}
