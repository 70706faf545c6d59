/** Who the customer is: a key that the device makes first, a long-lived token it is given, and access tokens kept in memory. */
import type { TokenResponse } from '../../protocol/tokens.ts'
import type { Client } from '../core/client.ts'
import type { Environment } from '../kit/environment.ts'
import { asFailure } from '../wire/failure.ts'
import { ask as post } from '../wire/http.ts'
import type { Token } from './types.ts'

/** What the device keeps. */
interface Identity {
  readonly visitor_key: string
  readonly refresh_token?: string
}

export interface Auth {
  /** `fresh`: the last one was refused. Calls at the same time share one request. */
  token(fresh?: boolean): Promise<Token>
  /** LIN6: keeps a live link's token from ending. Returns the way to stop. */
  renew(client: Client): () => void
}

export interface AuthOptions {
  readonly environment: Environment
  readonly url: string
  /** Where the identity is stored. */
  readonly key: string
  readonly license: string
  onCustomer(id: string): void
}

/** A token that ends within this is not used any more. */
const MARGIN_MS = 60_000

export function createAuth({ environment, url, key, license, onCustomer }: AuthOptions): Auth {
  const { clock, storage } = environment
  let token: Token | null = null
  let asking: Promise<Token> | null = null

  const left = () => (token ? token.creationDate + token.expiresIn - MARGIN_MS - clock.now() : 0)

  /** LIN5: stored before it is used, so that a lost answer or a second tab makes no second customer. */
  async function identify(change: (old: Identity) => Identity = (old) => old): Promise<Identity> {
    let identity: Identity = { visitor_key: environment.id() }
    await storage.update<Identity>(key, (old) => {
      identity = change(old ?? identity)
      return identity
    })
    return identity
  }

  async function exchange(): Promise<Token> {
    const { visitor_key, refresh_token } = await identify()
    const grant = refresh_token ? { grant_type: 'refresh', refresh_token } : { grant_type: 'anonymous', visitor_key }
    try {
      return await granted(await post<TokenResponse>(environment, 'POST', url, grant))
    } catch (error) {
      if (asFailure(error).code !== 'AUTHENTICATION') throw error
      // A token that is refused gives way to the key, a key that is refused to a new customer.
      await identify((old) => (old.refresh_token !== refresh_token ? old : { visitor_key: refresh_token ? visitor_key : environment.id() }))
      if (refresh_token) return exchange()
      throw error
    }
  }

  async function granted({ access_token, expires_in, customer_id, refresh_token }: TokenResponse): Promise<Token> {
    const creationDate = clock.now()
    await identify((old) => ({ ...old, refresh_token }))
    token = {
      accessToken: access_token,
      tokenType: 'Bearer',
      expiresIn: expires_in * 1000,
      creationDate,
      entityId: customer_id,
      licenseId: license,
    }
    onCustomer(customer_id)
    return token
  }

  async function getToken(fresh = false): Promise<Token> {
    if (token && !fresh && left() > 0) return token
    asking ??= exchange().finally(() => {
      asking = null
    })
    return asking
  }

  return {
    token: getToken,
    renew({ ask, connection, events }) {
      let stop = () => {}
      /** What fails here ends the token, and with it the link, which then begins again with a new one. */
      const renewed = async () => {
        const { accessToken } = await getToken(true)
        await ask('update_session', { token: accessToken })
        wait()
      }
      const wait = () => {
        stop()
        if (connection.state === 'live') stop = clock.after(Math.max(left(), MARGIN_MS / 2), () => void renewed().catch(() => {}))
      }
      events.on('state', wait)
      return () => stop()
    },
  }
}
