/** One customer and the client that speaks for them: what the SDK's members and a face both stand on. */
import type { CustomerDetails } from '../../protocol/users.ts'
import type { Client } from '../core/client.ts'
import type { SessionOptions } from '../core/session.ts'
import type { Environment } from '../kit/environment.ts'
import { type Auth, type AuthOptions, createAuth } from './auth.ts'
import type { Config } from './types.ts'

export interface Customer<C extends Client> {
  readonly client: C
  readonly auth: Auth
  /** Of what lies under the customer's own part of the server, with the query that every request has. */
  address(path: string): string
  newChatId(): string
  /** Looks up what is kept, once; nothing is, and nothing stored, before something needs it. */
  load(): Promise<void>
}

interface Identification extends Pick<AuthOptions, 'token' | 'host' | 'replaced'> {
  /** What the page says of the customer with each login. */
  readonly introduce?: (() => Promise<CustomerDetails | undefined>) | undefined
}

const PAGE_CHATS = 25

/** `create` makes the client. The settings' page is told as it is at each login. */
export function createCustomer<C extends Client>(
  settings: Config,
  environment: Environment,
  create: (options: Omit<SessionOptions, 'typists' | 'fold' | 'amend'>) => C,
  { introduce, ...identity }: Identification = {},
): Customer<C> {
  const { server = '', license, clientId } = settings
  const query = `?license=${license}&client_id=${encodeURIComponent(clientId)}`
  const base = `${server.replace(/\/$/, '')}/v1/customer/`
  const address = (path: string) => base + path + query
  const auth = createAuth({ environment, url: address('token'), ...identity })
  const url = (settings.wsUrl ?? `${base.replace('http', 'ws')}rtm`) + query
  let looked: Promise<void> | undefined
  const load = () => {
    looked ??= auth.read().then(client.outbox.load)
    return looked
  }
  const client = create({
    ...settings,
    environment,
    url,
    key: url,
    async login(fresh) {
      load()
      const { access_token } = await auth.token(fresh)
      return { token: access_token, customer_page: settings.page, referrer: settings.referrer, customer: await introduce?.() }
    },
    me: auth.name,
    goesBy: auth.goesBy,
    pageSize: PAGE_CHATS,
  })
  client.events.on('accepted', load)
  auth.renew(client)
  return {
    client,
    auth,
    address,
    newChatId: () => `local_${environment.id()}`,
    load,
  }
}
