/** Who the customer is: a key that the device makes first, a long-lived token it is given, and access tokens kept in memory. */
import type { TokenResponse } from '../../protocol/tokens.ts'
import type { Client } from '../core/client.ts'
import type { Environment } from '../kit/environment.ts'
import { asFailure } from '../wire/failure.ts'
import { ask } from '../wire/http.ts'
import type { Token } from './types.ts'

/** What the device keeps. */
interface Identity {
  readonly visitor_key: string
  readonly refresh_token?: string
}

export interface Auth {
  /** The customer's id; empty until it is known. */
  me(): string
  /** `fresh`: the last one was refused. Calls at the same time share one request. */
  token(fresh?: boolean): Promise<Token>
  /** LIN6: keeps a live link's token from ending. */
  renew(client: Client): void
}

/** A token that ends within this is not used any more. */
const MARGIN_MS = 60_000

/** `url` is where tokens come from, and the name under which the identity is stored. */
export function createAuth(environment: Environment, url: string): Auth {
  const { clock, storage, id } = environment
  let token: Token | null = null
  let asking: Promise<Token> | null = null
  let end: AbortController | undefined

  const left = () => (token ? token.creationDate + token.expiresIn - MARGIN_MS - clock.now() : 0)

  /** LIN5: stored before it is used, so that a lost answer or a second tab makes no second customer. */
  async function identify(change: (old: Identity) => Identity): Promise<Identity> {
    let identity: Identity = { visitor_key: id() }
    await storage.update<Identity>(url, (old) => {
      identity = change(old ?? identity)
      return identity
    })
    return identity
  }

  async function exchange(): Promise<Token> {
    const { visitor_key, refresh_token } = await identify((old) => old)
    const grant = refresh_token ? { grant_type: 'refresh', refresh_token } : { grant_type: 'anonymous', visitor_key }
    const creationDate = clock.now()
    end = new AbortController()
    try {
      const given = await ask<TokenResponse>(environment, 'POST', url, grant, end)
      await identify((old) => ({ ...old, refresh_token: given.refresh_token }))
      token = {
        accessToken: given.access_token,
        tokenType: given.token_type,
        expiresIn: given.expires_in * 1000,
        creationDate,
        entityId: given.customer_id,
      }
      return token
    } catch (error) {
      if (asFailure(error).body.type !== 'authentication') throw error
      // A token that is refused gives way to the key, a key that is refused to a new customer.
      await identify((old) => (old.refresh_token !== refresh_token ? old : { visitor_key: refresh_token ? visitor_key : id() }))
      if (refresh_token) return exchange()
      throw error
    }
  }

  async function getToken(fresh = false): Promise<Token> {
    if (left() > 0 && !fresh) return token as Token
    asking ??= exchange().finally(() => {
      asking = null
    })
    return asking
  }

  return {
    me: () => token?.entityId ?? '',
    token: getToken,
    renew({ ask, connection, events }) {
      let stop = () => {}
      const renewed = () =>
        getToken(true)
          .then(({ accessToken }) => ask('update_session', { token: accessToken }))
          .then(wait, () => {})
      /** What fails ends the token, and with it the link, which then begins again with a new one. */
      const wait = () => {
        stop()
        if (connection.state === 'live') stop = clock.after(Math.max(left(), MARGIN_MS / 2), renewed)
      }
      events.on('state', (state) => {
        wait()
        // Whoever wants no connection waits for no token.
        if (state === 'closed' || state === 'destroyed') end?.abort()
      })
    },
  }
}
