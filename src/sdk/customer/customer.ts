/** The customer SDK, put together: who the customer is, the client beneath, and the members by noun. */
import type { CustomerWelcome } from '../../protocol/session.ts'
import type { Client, ClientOptions } from '../core/client.ts'
import { browserEnvironment, scriptOrigin } from '../kit/browser.ts'
import { createEmitter } from '../kit/emitter.ts'
import type { Environment } from '../kit/environment.ts'
import { idbStorage } from '../kit/idb-storage.ts'
import { observable } from '../kit/observable.ts'
import { consentStorage } from '../kit/storage.ts'
import { destroyed } from '../wire/failure.ts'
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

export interface Customer<C extends Client> {
  readonly sdk: CustomerSDK & { readonly me: string | null; allowStorage(): Promise<void> }
  readonly client: C
  provisionalId(): string
}

const PAGE_CHATS = 25

/** `create` makes the client. With an environment of one's own, what it brings decides about storage. */
export function createCustomer<C extends Client>(
  { server = scriptOrigin, license, clientId, autoConnect = true, page, storage }: Config,
  create: (options: ClientOptions<CustomerWelcome>) => C,
  given?: Environment,
): Customer<C> {
  if (!server || !license || !clientId) throw invalid('server, license or clientId is missing')
  const kept = consentStorage(() => idbStorage('porchlight'))
  if (storage !== 'memory') kept.allow()
  const environment = given ?? browserEnvironment(kept)
  const base = server.replace(/\/$/, '')
  const query = `?license=${encodeURIComponent(license)}&client_id=${encodeURIComponent(clientId)}`
  const key = `${base} ${license} ${clientId}`
  const emitter = createEmitter<Events>()
  let me = ''
  let over = false

  const onCustomer = (id: string) => {
    if (id === me || over) return
    me = id
    emitter.emit('customer_id', id)
  }
  const auth = createAuth({
    environment,
    url: `${base}/v1/customer/token${query}`,
    key: `${key} identity`,
    license: `${license}`,
    onCustomer,
  })
  const client = create({
    environment,
    url: `${base.replace(/^http/, 'ws')}/v1/customer/rtm${query}`,
    key: `${key} outbox`,
    login: async (fresh) => ({ token: (await auth.token(fresh)).accessToken, ...(page && { customer_page: page }) }),
    me: () => me,
    onWelcome: ({ customer_id }) => onCustomer(customer_id),
    pageSize: PAGE_CHATS,
  })
  const stopRenewing = auth.renew(client)
  const provisionalId = () => `local_${environment.id()}`
  announce(client, emitter)

  const members = {
    ...createChats(client, provisionalId),
    ...createEvents(client),
    ...createThreads(client),
    ...createHistories(client, emitter.emit),
    ...createReceipts(client),
    ...createTyping(client, environment.clock),
    auth: { getToken: () => (over ? Promise.reject(destroyed()) : auth.token()) },
    on: emitter.on,
    off: emitter.off,
    connect: client.connection.connect,
    disconnect: client.connection.disconnect,
    destroy() {
      over = true
      stopRenewing()
      emitter.clear()
      client.destroy()
    },
    get me() {
      return me || null
    },
    allowStorage: kept.allow,
  }
  client.outbox.load()
  if (autoConnect) members.connect()
  const listen = (next: (item: [EventName, Events[EventName]]) => void) => emitter.on('*', (name, data) => next([name, data]))
  return { sdk: observable(members, listen), client, provisionalId }
}
