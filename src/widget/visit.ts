/** Whoever is at the page: what may be stored of them, and the session of the customer they are; it begins anew when that becomes another one. */
import type { Given } from '../sdk/customer/auth.ts'
import type { Channel } from '../sdk/kit/environment.ts'
import type { TrackData } from './api.ts'
import { createSession, type Session } from './app/session.ts'
import { createDevice, type Device } from './connect.ts'
import { type Later, later } from './later.ts'
import { whenIdle } from './page.ts'
import { type BeforeSend, complain, type Settings } from './settings.ts'
import { visitorOf } from './visitor.ts'

export type Tracked = [name: string, data?: TrackData | undefined]

type Late = Awaited<ReturnType<Later['verbs']>>
/** What is loaded when it is called. */
type Verb = 'identify' | 'logout' | 'track' | 'withdraw'
type Rest<All> = All extends [unknown, ...infer Given] ? Given : never

export interface Visit {
  readonly settings: Settings
  readonly device: Device
  /** What they did before there was anybody to tell. */
  readonly tracked: Tracked[]
  /** Until the one before has left. */
  readonly leaving: Promise<unknown> | undefined
  /** Connects, where that waits for nobody's act. */
  begin(): void
  /** The customer's, begun when it is first asked for; not connected by that. */
  session(): Session
  /** They use the chat; where no other consent is asked for, that is their yes to being remembered. */
  act(): void
  /** Whether they may be remembered, if anything is said of it. */
  consent(given: boolean | undefined): unknown
  /** Remembers nothing from now on. */
  forbid(): void
  /** To the other tabs. */
  post(message: unknown): void
  call<V extends Verb>(verb: V, ...given: Rest<Parameters<Late[V]>>): Promise<unknown>
  track(event: Tracked): unknown
  keep(event: Tracked): void
  /** With `storage` it takes until all that is stored is gone. */
  end(storage?: boolean): unknown
}

export interface Heard {
  /** The site's own say in what is sent, where it has one. */
  beforeSend(): BeforeSend | undefined
  /** Somebody's session has begun. */
  begun(session: Session): void
  /** Another customer has taken over. */
  replaced(): void
}

/** What visitors do before they use the chat: the last of it says most. */
const MAX_TRACKED = 20

export function createVisit(settings: Settings, on: Heard): Visit {
  const device = createDevice(settings)
  const visitor = visitorOf(settings)
  const tracked: Tracked[] = []
  const stops: (() => void)[] = []
  let { consent } = settings
  let mayStore = false
  let channel: Channel | undefined
  let isConnected = false
  let isOver = false
  let now: Session | undefined
  let leaving: Promise<unknown> | undefined

  const verbs = () => later('verbs', settings.server)
  /** What nobody waits for may fail. */
  const quietly = (act: (verbs: Late) => unknown) =>
    verbs()
      .then(act)
      .catch(() => {})

  /** Whether they chatted here before. Ahead of their session, and not before it must be: a page waits while another process looks up what it keeps. */
  function recall() {
    const wasHere = consent !== 'required' && visitor.lastChat !== null
    if (consent === 'granted' || wasHere) store()
    return wasHere
  }

  function begin(token?: Given): Session {
    recall()
    const sdk = device.face({ token, replaced: (by) => session === now && replace(by) })
    const session = createSession({ sdk, storage: device.drafts, visitor, beforeSend: on.beforeSend })
    channel ??= sdk.ground.environment.openChannel(sdk.ground.auth.url, hear)
    now = session
    on.begun(session)
    sdk.onRefusal((reason) => complain(`${reason}; check data-license or data-client-id, and that the client allows ${origin}`))
    return session
  }

  const hear = (message: unknown) => void quietly((late) => isOver || late.hear(visit, message))

  /** From here on nothing of the old one is shown; what is still on its way may arrive for a while. */
  function replace(by?: Given) {
    const old = now as Session
    old.quiet()
    visitor.forget()
    const next = begin(by)
    if (isConnected) next.sdk.connect()
    leaving = quietly((late) => {
      if (isConnected) attend(late)
      return late.leave(old)
    }).then(old.destroy)
    stops.push(old.destroy)
    on.replaced()
  }

  function store() {
    mayStore = true
    Promise.all([device.kept.allow(), device.drafts.allow()]).then(() => now?.remember())
  }

  function allow() {
    if (mayStore) return
    consent = 'granted'
    store()
    if (!now && visitor.lastChat !== null) connect()
  }

  function connect() {
    visit.session().sdk.connect()
    if (!isConnected) whenIdle(() => !isOver && quietly(attend))
    isConnected = true
  }

  function attend(late: Late) {
    if (!isOver) stops.push(late.attend(visit))
  }

  const visit: Visit = {
    settings,
    device,
    tracked,
    get leaving() {
      return leaving
    },
    begin() {
      if (settings.load === 'eager') connect()
      else whenIdle(() => !isOver && (recall() || settings.load === 'idle') && connect())
    },
    session: () => now ?? begin(),
    act() {
      if (consent === 'none') allow()
      connect()
    },
    consent(given) {
      if (given) allow()
      if (given !== false) return
      visit.forbid()
      return visit.call('withdraw', true)
    },
    forbid() {
      mayStore = false
      consent = 'required'
      visitor.forget()
    },
    post: (message) => channel?.post(message),
    call: async (verb, ...given) => {
      const late: Record<Verb, (visit: Visit, ...given: never[]) => unknown> = await verbs()
      return late[verb](visit, ...(given as never[]))
    },
    track: (event) => (isConnected ? visit.call('track', event) : visit.keep(event)),
    keep: (event) => void tracked.splice(0, tracked.push(event) - MAX_TRACKED),
    end(storage) {
      isOver = true
      for (const stop of stops) stop()
      const session = storage ? visit.session() : now
      session?.destroy()
      const close = () => {
        channel?.close()
        device.close()
      }
      return storage
        ? verbs()
            .then((late) => late.wipe(visit))
            .finally(close)
        : close()
    },
  }
  return visit
}
