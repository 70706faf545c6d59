/** What a face is built on: the public API and, beneath it, conversations and their list as plain readable state. Not part of the package's door. */
import type { CustomerWelcome } from '../../protocol/session.ts'
import { createSession } from '../core/session.ts'
import type { ChatList, ConnectionView, Conversation } from '../core/views.ts'
import { browserEnvironment, scriptOrigin } from '../kit/browser.ts'
import { createEmitter } from '../kit/emitter.ts'
import type { Environment } from '../kit/environment.ts'
import { idbStorage } from '../kit/idb-storage.ts'
import { observable } from '../kit/observable.ts'
import { consentStorage } from '../kit/storage.ts'
import { failed } from '../wire/failure.ts'
import { announce } from './announce.ts'
import type { CustomerSDK } from './api.ts'
import { invalid } from './arguments.ts'
import { createAuth } from './auth.ts'
import { createChats } from './chats.ts'
import { createEvents } from './events.ts'
import { createHistories } from './history.ts'
import { createReceipts } from './receipts.ts'
import { createThreads } from './threads.ts'
import type { Config, EventName, Events } from './types.ts'
import { createTyping } from './typing.ts'

export type {
  ChatList,
  ChatListState,
  ConnectionStatus,
  ConnectionView,
  Conversation,
  ConversationState,
  Delivery,
  TimelineItem,
  Typing,
} from '../core/views.ts'

export interface FaceSDK extends CustomerSDK {
  /** One chat, by its id or provisional id; null for one that starts with the first `send`. */
  conversation(chat: string | null): Conversation
  /** Chats whose start has not reached the server yet are in it too, under their provisional ids. */
  readonly chats: ChatList
  readonly status: ConnectionView
  /** The customer's id, null until it is known. */
  readonly me: string | null
  /** The visitor agreed: what was kept in memory is stored from now on. */
  allowStorage(): Promise<void>
}

const PAGE_CHATS = 25

/** With an environment of one's own, what it brings decides about storage. */
export function createFace(config: Config, environment?: Environment): FaceSDK {
  const { server = scriptOrigin, license, clientId, autoConnect = true, page, storage } = config
  if (!server || !license || !clientId) throw invalid('server, license or clientId is missing')
  const kept = consentStorage(() => idbStorage('porchlight'))
  if (storage !== 'memory') kept.allow()
  const outside = environment ?? browserEnvironment(kept)
  const base = server.replace(/\/$/, '')
  const query = `?license=${encodeURIComponent(license)}&client_id=${encodeURIComponent(clientId)}`
  const key = `${base} ${license} ${clientId}`
  const emitter = createEmitter<Events>()
  let me = ''
  let over = false
  let stopRenewing = () => {}

  const known = (id: string) => {
    if (id === me || over) return
    me = id
    emitter.emit('customer_id', id)
  }
  const auth = createAuth({
    environment: outside,
    url: `${base}/v1/customer/token${query}`,
    key: `${key} identity`,
    license: `${license}`,
    onCustomer: known,
  })
  const session = createSession<CustomerWelcome>({
    environment: outside,
    url: `${base.replace(/^http/, 'ws')}/v1/customer/rtm${query}`,
    key: `${key} outbox`,
    login: async (fresh) => ({ token: (await auth.token(fresh)).accessToken, ...(page && { customer_page: page }) }),
    me: () => me,
    onWelcome(welcome) {
      known(welcome.customer_id)
      renewLater()
    },
    pageSize: PAGE_CHATS,
  })

  /** LIN6. What fails here ends the token, and with it the link, which then begins again with a new one. */
  function renewLater() {
    stopRenewing()
    stopRenewing = auth.beforeEnd(() => {
      const renew = async () => {
        const { accessToken } = await auth.token(true)
        if (session.connection.state !== 'live') return
        await session.ask('update_session', { token: accessToken })
        renewLater()
      }
      renew().catch(() => {})
    })
  }

  announce(session, emitter)
  const provisionalId = () => `local_${outside.id()}`
  const sdk = {
    ...createChats(session, provisionalId),
    ...createEvents(session),
    ...createThreads(session),
    ...createHistories(session, emitter.emit),
    ...createReceipts(session),
    ...createTyping(session, outside.clock),
    auth: {
      getToken: () =>
        over ? Promise.reject(failed('SDK_DESTROYED', 'unable to get a token; the SDK was destroyed', 'validation')) : auth.token(),
    },
    on: emitter.on,
    off: emitter.off,
    connect: session.connection.connect,
    disconnect: session.connection.disconnect,
    destroy() {
      over = true
      stopRenewing()
      emitter.clear()
      session.destroy()
    },
    conversation: (chat: string | null) => session.conversation(chat ?? provisionalId()),
    chats: session.chats,
    status: session.status,
    get me() {
      return me || null
    },
    allowStorage: kept.allow,
  }
  session.outbox.load()
  if (autoConnect) sdk.connect()
  return observable(sdk, (next: (item: [EventName, Events[EventName]]) => void) => emitter.on('*', (name, data) => next([name, data])))
}
