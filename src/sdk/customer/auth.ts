/** Who the customer is: a key that the device makes first, a long-lived token it is given, the host's word, and access tokens kept in memory. */
import type { TokenResponse } from '../../protocol/tokens.ts'
import type { Client } from '../core/client.ts'
import type { Environment } from '../kit/environment.ts'
import { asFailure, type Failure, identityChanged } from '../wire/failure.ts'
import { ask } from '../wire/http.ts'

/** What the device keeps, for all of its tabs. */
export interface Identity {
  readonly visitor_key: string
  readonly refresh_token?: string
  readonly customer_id?: string
  /** The host has vouched for them. */
  readonly known?: boolean
}

/** What the server gave. */
export interface Given extends Omit<TokenResponse, 'refresh_token'> {
  /** When it was asked for, by the clock here. */
  readonly at: number
}

/** Gets a token by a grant, or by what the device keeps. */
export type Trade = (found: Identity, grant?: object) => Promise<Given>

export interface AuthOptions {
  readonly environment: Environment
  /** Where tokens come from, and the name under which the identity is stored. */
  readonly url: string
  /** Who it is, where that was found out before. */
  readonly token?: Given | undefined
  /** Where it is not for the device to say who the customer is. */
  readonly host?: ((found: Identity, trade: Trade, fresh?: boolean) => Promise<Given>) | undefined
  /** Somebody else has taken over, with this token where there is one already. This one's part ends. */
  replaced?(by?: Given): void
}

export interface Auth {
  readonly url: string
  /** The customer's id; empty until it is known, and never another's after. */
  me(): string
  /** The same, or what they go by until it is known: a name of this device's for whoever it has at the time. */
  name(): string
  /** Whether they go by the name, or did. */
  goesBy(name: string): boolean
  /** `fresh`: the last one was refused. Calls at the same time share one request. */
  token(fresh?: boolean): Promise<Given>
  /** Another one, by a grant of its own where there is one. */
  exchange(fresh?: boolean, grant?: object): Promise<Given>
  /** How long the token may be used yet, in ms. */
  left(): number
  /** Looks who the device says it is. */
  read(): Promise<Identity>
  /** Says who the device is from now on. */
  change(to: (old: Identity) => Identity): Promise<Identity>
  /** Somebody else has taken over. */
  away(): Failure
  /** LIN6: keeps a live link's token from ending. */
  renew(client: Client): void
}

/** Of the visitor key, so that it is no key. */
const NAME_CHARS = 8
/** A token that ends within this is not used any more. */
const MARGIN_MS = 30_000

export function createAuth({ environment, url, token, host, replaced = () => {} }: AuthOptions): Auth {
  const { clock, storage, id } = environment
  let me = token?.customer_id ?? ''
  // What is sent before the host has said who sent it is nobody else's.
  let guest = host ? id() : ''
  let asking: Promise<Given> | undefined
  let end: AbortController | undefined

  const left = () => (token ? token.at + token.expires_in * 1000 - MARGIN_MS - clock.now() : 0)

  /** IDN8: whom a tab has met stays the only one it speaks for. */
  const away = (by?: Given) => {
    replaced(by)
    return identityChanged()
  }

  /** LIN5: stored before it is used, so that a lost answer or a second tab makes no second customer. */
  async function change(to: (old: Identity) => Identity): Promise<Identity> {
    let identity: Identity = { visitor_key: id() }
    await storage.update<Identity>(url, (old = identity) => {
      identity = to(old)
      return identity
    })
    return identity
  }

  async function read(): Promise<Identity> {
    const found = await change((old) => old)
    if (host) return found
    const name = found.visitor_key.slice(0, NAME_CHARS)
    // Another has taken over from somebody of whom nothing is known but that.
    if (!me && guest && guest !== name) throw away()
    guest ||= name
    me ||= found.customer_id ?? ''
    return found
  }

  /** A token that is refused gives way to the key, a key that is refused to a new customer. */
  async function trade({ visitor_key, refresh_token, customer_id: last }: Identity, grant?: object): Promise<Given> {
    const own = refresh_token ? { grant_type: 'refresh', refresh_token } : { grant_type: 'anonymous', visitor_key }
    const at = clock.now()
    end = new AbortController()
    try {
      const given = await ask<TokenResponse>(environment, 'POST', url, grant ?? own, end)
      const { customer_id, refresh_token: token } = given
      // Who is another goes by another name, and the one before is behind no key of this device any more.
      const next = { visitor_key: last && last !== customer_id ? id() : visitor_key, customer_id, refresh_token: token, known: !!grant }
      // Another tab may have been faster: a late refresh puts nothing back that was replaced meanwhile.
      const isStill = (old: Identity) => old.visitor_key === visitor_key && (grant || old.refresh_token === refresh_token)
      if ((await change((old) => (isStill(old) ? next : old))).customer_id !== customer_id) throw away()
      return { ...given, at }
    } catch (error) {
      if (grant || asFailure(error).body.type !== 'authentication') throw error
      const next = await change((old) => (old.refresh_token === refresh_token ? { visitor_key: refresh_token ? visitor_key : id() } : old))
      if (refresh_token) return trade(next)
      throw error
    }
  }

  async function exchange(fresh?: boolean, grant?: object): Promise<Given> {
    const found = await read()
    const next = await (host && !grant ? host(found, trade, fresh) : trade(found, grant))
    if (me && me !== next.customer_id) throw away(next)
    me = next.customer_id
    token = next
    return next
  }

  async function getToken(fresh?: boolean): Promise<Given> {
    if (left() > 0 && !fresh) return token as Given
    asking ??= exchange(fresh).finally(() => {
      asking = undefined
    })
    return asking
  }

  return {
    url,
    me: () => me,
    name: () => me || guest,
    goesBy: (name) => name === me || name === guest,
    token: getToken,
    exchange,
    left,
    read,
    change,
    away,
    renew({ ask, connection, events }) {
      let stop = () => {}
      const renewed = () =>
        getToken(true)
          .then(({ access_token }) => ask('update_session', { token: access_token }))
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
