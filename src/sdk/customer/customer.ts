/** One customer and the client that speaks for them: what the SDK's members and a face both stand on. */
import type { CustomerWelcome } from '../../protocol/session.ts'
import type { Client } from '../core/client.ts'
import type { SessionOptions } from '../core/session.ts'
import { browserEnvironment, scriptOrigin } from '../kit/browser.ts'
import { createEmitter, type Emitter } from '../kit/emitter.ts'
import type { Environment } from '../kit/environment.ts'
import { idbStorage } from '../kit/idb-storage.ts'
import { consentStorage } from '../kit/storage.ts'
import { invalid } from './arguments.ts'
import { type Auth, createAuth } from './auth.ts'
import type { Config, Events } from './types.ts'

export interface Customer<C extends Client> {
  readonly client: C
  readonly environment: Environment
  readonly auth: Auth
  readonly emitter: Emitter<Events>
  /** Empty until it is known. */
  readonly me: string
  readonly over: boolean
  provisionalId(): string
  allowStorage(): Promise<void>
  /** Goes to work, once everyone who wants to hear of it listens. */
  begin(): void
  end(): void
}

const PAGE_CHATS = 25

/** `create` makes the client. With an environment of one's own, what it brings decides about storage. */
export function createCustomer<C extends Client>(
  { server = scriptOrigin, license, clientId, autoConnect = true, page, storage }: Config,
  create: (options: Omit<SessionOptions<CustomerWelcome>, 'peeks'>) => C,
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

  return {
    client,
    environment,
    auth,
    emitter,
    get me() {
      return me
    },
    get over() {
      return over
    },
    provisionalId,
    allowStorage: kept.allow,
    begin() {
      client.outbox.load()
      if (autoConnect) client.connection.connect()
    },
    end() {
      over = true
      stopRenewing()
      emitter.clear()
      client.destroy()
    },
  }
}
