/** Who the customer is by the host's word, and what becomes of the one who was there before. */

import { REQUEST_TIMEOUT_MS } from '../../protocol/limits.ts'
import { arrived } from '../core/outbox-arrived.ts'
import type { Environment } from '../kit/environment.ts'
import { asFailure, failed, identityChanged, stopped } from '../wire/failure.ts'
import { ask } from '../wire/http.ts'
import type { CustomerSDK } from './api.ts'
import { check } from './arguments.ts'
import type { Given, Identity, Trade } from './auth.ts'
import type { Later } from './members.ts'
import type { Part } from './part.ts'
import { tokenOf, userOf } from './shapes.ts'
import type { Config, IdentityProvider, Token } from './types.ts'

/** IDN7 */
const LEAVES_WITHIN_MS = 5_000

const providers = new WeakMap<Config, IdentityProvider>()

/** A token by the host's word or by the page's own provider, in the place of what the device keeps. */
export async function askHost(part: Part, found: Identity, trade: Trade, fresh?: boolean): Promise<Given> {
  const { settings } = part
  // Code that is not typed may hand over anything.
  check(typeof (settings.getToken ?? settings.identityProvider) === 'function', 'getToken or identityProvider')
  if (settings.getToken) return vouched(part, found, trade)
  const provider = providers.get(settings) ?? (settings.identityProvider?.() as IdentityProvider)
  providers.set(settings, provider)
  return givenOf(await (fresh ? provider.getFreshToken() : provider.getToken()))
}

const givenOf = ({ accessToken, tokenType, expiresIn, creationDate, entityId }: Token): Given => ({
  access_token: accessToken,
  token_type: tokenType,
  expires_in: expiresIn / 1000,
  customer_id: entityId,
  at: creationDate,
})

/** Whom the host does not know is anonymous. A word that is refused is asked for once more. */
async function vouched(part: Part, found: Identity, trade: Trade): Promise<Given> {
  const { environment, settings } = part
  /** A back end that does not answer is asked again later, as one that cannot be reached. */
  const inTime = new Promise<never>((_, reject) =>
    environment.clock.after(REQUEST_TIMEOUT_MS, () => reject(stopped('REQUEST_TIMEOUT', 'get a token', true))),
  )
  const attempt = async () => {
    const word = await Promise.race([settings.getToken?.(), inTime])
    if (word) return trade(found, grantOf(word, found))
    if (!found.known) return trade(found)
    // Whoever it was has signed out.
    throw await forget(part)
  }
  try {
    return await attempt()
  } catch (error) {
    if (!isRefused(error)) throw error
  }
  return attempt().catch((error: unknown) => {
    throw isRefused(error) ? refusedForGood(error) : error
  })
}

export const grantOf = (identity_token: string, { refresh_token }: Identity) => ({ grant_type: 'identity', identity_token, refresh_token })

const isRefused = (error: unknown) => asFailure(error).body.type === 'authentication'

/** The connection, too, asks once more what was refused; here that has been done. */
const refusedForGood = (error: unknown) => failed('AUTHENTICATION', asFailure(error).message, 'authorization')

/** From now on the device is somebody new. */
async function forget({ environment, auth }: Part) {
  await auth.change(() => ({ visitor_key: environment.id() }))
  return auth.away()
}

/** What opened the way to a customer opens it no more. */
export async function revoke(environment: Environment, url: string, refresh_token: string | undefined): Promise<void> {
  if (refresh_token) await ask(environment, 'DELETE', url, { refresh_token }).catch(() => {})
}

/** Whom another has followed meanwhile may go on as that one. */
const unlessReplaced = (error: unknown) => {
  if (asFailure(error).code !== 'IDENTITY_CHANGED') throw error
}

type IdentityMember = 'identify' | 'setToken' | 'setBaseUrl' | 'verify' | 'logout' | keyof CustomerSDK['auth']

export function createIdentity(part: Part, signal?: AbortSignal): Pick<Later, IdentityMember> {
  const { auth, now, tellTabs } = part
  const getToken = async (fresh?: boolean) => tokenOf(await auth.token(fresh))
  /** Resolves when whoever was there before has left. */
  const identify = async (word: string) => {
    // Who is anonymous has to be somebody first, to stay who they are.
    await auth.token().catch(unlessReplaced)
    signal?.throwIfAborted()
    const before = now()
    const { exchange, read } = before.auth
    await exchange(true, grantOf(word, await read())).catch(unlessReplaced)
    const isOther = now() !== before
    if (isOther) tellTabs()
    await now().leaving
  }
  return {
    identify,
    setToken: identify,
    /** What was sent to the server before has as long to arrive as when the customer changes. */
    async setBaseUrl(server) {
      Object.assign(part.settings, { server, wsUrl: undefined })
      auth.away()
      await now().leaving
    },
    async verify() {
      const { creationDate, expiresIn } = await getToken()
      const { customer } = await part.client.ask('get_customer', {})
      return { user: userOf(customer), expiresAt: creationDate + expiresIn }
    },
    async logout() {
      const { refresh_token } = await auth.change((identity) => identity)
      signal?.throwIfAborted()
      await forget(part)
      tellTabs()
      await now().leaving
      await revoke(part.environment, auth.url, refresh_token)
    },
    getToken: () => getToken(),
    getFreshToken: () => getToken(true),
    hasToken: async () => auth.left() > 0,
    invalidate: async () => void (await getToken(true)),
  }
}

/** Another tab has said that somebody else took over: where the host says who it is, it is asked. */
export async function look({ settings, auth }: Part): Promise<unknown> {
  if (settings.getToken ?? settings.identityProvider) return auth.token(true)
  const { customer_id } = await auth.read()
  return auth.me() && auth.me() !== customer_id && auth.away()
}

/** What was sent may still arrive for a while; what is left has failed, and waits for its own customer to come back. */
export async function leave({ environment: { clock }, client }: Pick<Part, 'environment' | 'client'>): Promise<void> {
  const { outbox, destroy } = client
  const waiting = () => outbox.entries.filter(({ error }) => !error)
  const settled = Promise.allSettled(waiting().map(({ chat }) => arrived(client, chat, true)))
  await Promise.race([settled, new Promise<void>((resolve) => clock.after(LEAVES_WITHIN_MS, resolve))])
  const failure = identityChanged()
  await Promise.all(waiting().map((entry) => outbox.fail(entry, failure)))
  destroy(failure)
}
