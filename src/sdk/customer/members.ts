/** The customer SDK's public members, put together noun by noun: those that chatting needs at once, and those that are loaded for. */
import { createClient } from '../core/client.ts'
import { foldBriefly } from '../core/fold.ts'
import { createEmitter, type Emitter } from '../kit/emitter.ts'
import type { Environment } from '../kit/environment.ts'
import { observable } from '../kit/observable.ts'
import { destroyed, stopped } from '../wire/failure.ts'
import { announce } from './announce.ts'
import type { CustomerSDK } from './api.ts'
import { check, isFunction } from './arguments.ts'
import type { Given } from './auth.ts'
import { createChats } from './chats.ts'
import { createCustomer } from './customer.ts'
import { createEvents } from './events.ts'
import type { LoadMore } from './later.ts'
import type { Part } from './part.ts'
import type { Config, EventName, Events, History } from './types.ts'

/** Members of the other module: each answers with a promise. In the order that packs lightest. */
const LATER = [
  'getChatsSummary',
  'getChat',
  'resumeChat',
  'retry',
  'getChatThreadsSummary',
  'request',
  'deleteChatThreadProperties',
  'updateChatThreadProperties',
  'updateEventProperties',
  'updateChatProperties',
  'updateCustomer',
  'leaveChat',
  'setTyping',
  'joinChat',
  'setBaseUrl',
  'sendRating',
  'verify',
  'cancelRate',
  'deleteChatProperties',
  'updateCustomerPage',
  'closeThread',
  'getChatThreads',
  'identify',
  'deleteEventProperties',
  'updateLastSeenTimestamp',
  'getCustomer',
  'setCustomerSessionFields',
  'logout',
  'setToken',
] as const
/** The same among those of `auth`. */
const LATER_AUTH = ['getToken', 'getFreshToken', 'hasToken', 'invalidate'] as const
export type Later = Pick<CustomerSDK, (typeof LATER)[number]> & Pick<CustomerSDK['auth'], (typeof LATER_AUTH)[number]>

/** Members of the other module whose promise can be cancelled. */
const SENDING = ['sendFile', 'uploadFile'] as const
export type Sending = (typeof SENDING)[number]

const LOAD_AGAIN_MS = 2_000

/** With what chatting needs at once. */
interface OwnPart extends Part {
  readonly members: Calls
}

type Calls = Readonly<Record<string, (...given: unknown[]) => unknown>>

/** Members whose calls are passed on by name. */
const passing = (names: readonly string[], on: (name: string, given: unknown[]) => unknown): Calls =>
  Object.fromEntries(names.map((name) => [name, (...given: unknown[]) => on(name, given)]))

export function createMembers(config: Config, environment: Environment, load: LoadMore): CustomerSDK {
  const settings = { ...config }
  const { autoConnect = true } = settings
  const host = settings.getToken ?? settings.identityProvider
  const { on: listen, off, emit, clear } = createEmitter<Events>()
  const hears = (isOnce: boolean) => (name: EventName, listener: (...heard: unknown[]) => void) => {
    check(isFunction(listener), 'listener')
    const once = (...heard: unknown[]) => {
      stop()
      listener(...heard)
    }
    const stop = listen(name, isOnce ? once : listener)
    return stop
  }
  const on = hears(false) as typeof listen

  function create(token?: Given): OwnPart {
    const customer = createCustomer(settings, environment, (options) => createClient({ ...options, fold: foldBriefly }), {
      token,
      introduce: settings.customerDataProvider && (async () => (await more()).askDetails(part)),
      host: host && (async (...given) => (await more()).askHost(part, ...given)),
      replaced: (by) => part === now && replace(by),
    })
    const { client, auth } = customer
    const { connection, events, outbox } = client
    const tell: Emitter<Events>['emit'] = (name, data) => void (part === now && emit(name, data))
    announce(client, auth.me, tell)
    events.on('accepted', () => void part.turn++)
    const part: OwnPart = {
      ...customer,
      environment,
      settings,
      emit: tell,
      turn: 0,
      now: alive,
      tellTabs: () => channel.post(0),
      members: {
        ...createChats(client, customer.newChatId),
        ...createEvents(client),
        discard: outbox.discard,
        connect: connection.connect,
        disconnect: connection.disconnect,
      } as unknown as Calls,
    }
    return part
  }

  /** IDN7: from here on nothing of the old one is told, and whatever is called is the new one's. */
  function replace(by?: Given) {
    const old = now
    const { state } = old.client.connection
    now = create(by)
    emit('disconnected', 'identity_changed')
    if (state !== 'idle' && state !== 'closed') now.client.connection.connect()
    now.leaving = more(true).then(({ leave }) => leave(old))
  }

  function alive() {
    if (now.client.connection.state === 'destroyed') throw destroyed()
    return now
  }

  let loading: ReturnType<LoadMore> | undefined
  /**
   * The other module, loaded once; after a failure the next call tries again. Who is `patient` waits for it as for the link:
   * being offline fails no file, and who has left is not shown for it.
   */
  const more = async (patient?: boolean): ReturnType<LoadMore> => {
    for (;;) {
      alive()
      try {
        loading ??= load()
        return await loading
      } catch {
        loading = undefined
      }
      if (!patient) throw stopped('LOAD_FAILED', 'go on', true)
      await new Promise<void>((resolve) => environment.clock.after(LOAD_AGAIN_MS, resolve))
    }
  }

  const later = async (name: string, given: unknown[]) => {
    const part = now
    return (await more()).call(part, name as keyof Later, given)
  }

  const send = (name: string, given: unknown[]) => {
    const part = now
    let cancel = () => {}
    const sent = new Promise((resolve, reject) => {
      let gone = false
      cancel = () => {
        gone = true
        reject(stopped('CANCELLED', 'send'))
      }
      more(true).then((module) => {
        if (gone) return
        const begun = module.send(part, name as Sending, given)
        cancel = begun.cancel
        resolve(begun.done)
      }, reject)
    })
    return Object.assign(sent, { cancel: () => cancel() })
  }

  environment.storage.onLost = () => emit('storage_unavailable', undefined)
  let now = create()
  const channel = environment.openChannel(
    now.auth.url,
    () =>
      void more(true)
        .then(({ look }) => look(now))
        .catch(() => {}),
  )
  if (autoConnect) now.client.connection.connect()
  return {
    get state() {
      return now.client.connection.state
    },
    ...passing(Object.keys(now.members), (name, given) => now.members[name]?.(...given)),
    ...passing(LATER, later),
    ...passing(SENDING, send),
    getChatHistory(...given: unknown[]) {
      const part = now
      let history: History | undefined
      return {
        async next() {
          const { historyOf } = await more()
          history ??= historyOf(part, given)
          return history.next()
        },
        async *[Symbol.asyncIterator]() {
          yield* (await more()).historyOf(part, given)
        },
      }
    },
    setSneakPeek(...typed: Parameters<CustomerSDK['setSneakPeek']>) {
      const part = now
      const { turn } = part
      more().then(
        ({ peek }) => peek(part, turn, ...typed),
        () => {},
      )
    },
    auth: passing(LATER_AUTH, later),
    on,
    off,
    once: hears(true),
    ...observable((listener: (name: EventName, data: Events[EventName]) => void) => on('*', listener)),
    destroy() {
      clear()
      channel.close()
      now.client.destroy()
    },
  } as unknown as CustomerSDK
}
