/** The customer SDK's public members, put together noun by noun: those that chatting needs at once, and those that are loaded for. */
import { createClient } from '../core/client.ts'
import { foldBriefly } from '../core/fold.ts'
import { createEmitter } from '../kit/emitter.ts'
import type { Environment } from '../kit/environment.ts'
import { observable } from '../kit/observable.ts'
import { destroyed, type Failure, stopped } from '../wire/failure.ts'
import { announce } from './announce.ts'
import type { CustomerSDK } from './api.ts'
import { createChats } from './chats.ts'
import { createCustomer } from './customer.ts'
import { createEvents } from './events.ts'
import type { loadMore } from './later.ts'
import type { Config, EventName, Events, History } from './types.ts'
import { createTyping } from './typing.ts'

/** Members of the other module: each answers with a promise. */
const LATER = [
  'getChatsSummary',
  'updateLastSeenTimestamp',
  'closeThread',
  'getChat',
  'getChatThreads',
  'getChatThreadsSummary',
  'resumeChat',
  'updateChatProperties',
  'deleteChatProperties',
  'updateChatThreadProperties',
  'deleteChatThreadProperties',
  'updateEventProperties',
  'deleteEventProperties',
  'sendRating',
  'cancelRate',
  'updateCustomer',
  'getCustomer',
  'setCustomerSessionFields',
  'updateCustomerPage',
] as const
export type Later = (typeof LATER)[number]

/** Members of the other module whose promise can be cancelled. */
const SENDING = ['sendFile', 'uploadFile'] as const
export type Sending = (typeof SENDING)[number]

const LOAD_AGAIN_MS = 2_000

export function createMembers(config: Config, environment: Environment, load: typeof loadMore): CustomerSDK {
  const settings = { ...config }
  const { wsUrl, referrer, maxRetries, customerDataProvider: provide } = settings
  const customer = createCustomer(settings, environment, (options) =>
    createClient({
      ...settings,
      ...options,
      fold: foldBriefly,
      url: options.url.replace(/^[^?]+/, wsUrl ?? '$&'),
      login: async (fresh) => ({
        ...(await options.login(fresh)),
        referrer,
        customer: provide && (await more()).detailsOf(await provide()),
      }),
    }),
  )
  const { client, auth } = customer
  const { connection } = client
  const { on, off, emit, clear } = createEmitter<Events>()
  announce(client, auth.me, emit)
  const parts = { ...customer, environment, emit, settings }

  let failures = 0
  client.events.on('state', (state) => {
    if (state === 'live' || state === 'closed') failures = 0
    if (state !== 'waiting' || failures++ !== maxRetries) return
    connection.disconnect()
    emit('disconnected', 'connection_lost')
  })

  const check = () => {
    if (connection.state === 'destroyed') throw destroyed()
  }

  let loading: ReturnType<typeof load> | undefined
  /** The other module, loaded once; after a failure the next call tries again. */
  const more = async () => {
    check()
    loading ??= load().catch(() => {
      loading = undefined
      throw stopped('LOAD_FAILED', 'go on', true)
    })
    return loading
  }

  const later = (name: Later) => [name, async (...given: unknown[]) => (await more()).call(parts, name, given)]

  /** Being offline fails no file: the other module is waited for as the link is. */
  const atLast = (): ReturnType<typeof more> =>
    more().catch((error: Failure) => {
      if (!error.retryable) throw error
      return new Promise((resolve) => environment.clock.after(LOAD_AGAIN_MS, () => resolve(atLast())))
    })

  const sending = (name: Sending) => [
    name,
    (...given: unknown[]) => {
      let cancel = () => {}
      const cancelled = new Promise<never>((_, reject) => {
        cancel = () => reject(stopped('CANCELLED', 'send the file'))
      })
      const sent = Promise.race([atLast(), cancelled]).then((module) => {
        const begun = module.send(parts, name, given)
        cancel = begun.cancel
        return begun.done
      })
      return Object.assign(sent, { cancel: () => cancel() })
    },
  ]

  const members = {
    ...createChats(client, customer.provisionalId),
    ...createEvents(client, environment.id),
    ...(Object.fromEntries(LATER.map(later)) as Pick<CustomerSDK, Later>),
    ...(Object.fromEntries(SENDING.map(sending)) as unknown as Pick<CustomerSDK, Sending>),
    ...createTyping(client, environment.clock),
    retry: client.outbox.retry,
    discard: client.outbox.discard,
    getChatHistory(...given: Parameters<CustomerSDK['getChatHistory']>): History {
      return {
        next: async () => (await more()).historyOf(parts, given).next(),
        async *[Symbol.asyncIterator]() {
          yield* (await more()).historyOf(parts, given)
        },
      }
    },
    auth: {
      async getToken() {
        check()
        return auth.token()
      },
    },
    on,
    off,
    once: ((name: never, listener: (...heard: unknown[]) => void) => {
      const stop = on(name, (...heard: unknown[]) => {
        stop()
        listener(...heard)
      })
      return stop
    }) as CustomerSDK['once'],
    ...observable((listener: (name: EventName, data: Events[EventName]) => void) => on('*', listener)),
    connect: connection.connect,
    disconnect: connection.disconnect,
    destroy() {
      clear()
      client.destroy()
    },
  }
  customer.begin()
  return members
}
