/** Who the customers of an app are, kept on the server's own page: it does there what the app asks of the token address. */
import type { TokenResponse } from '../protocol/tokens.ts'
import { createAuth, type Given, type Identity } from '../sdk/customer/auth.ts'
import { grantOf, revoke } from '../sdk/customer/identity.ts'
import type { Environment } from '../sdk/kit/environment.ts'
import type { Asked } from './message.ts'

/** What the app holds in the place of the credential, which stays here; it says whose that is. */
const handleOf = (customer_id: string) => `kept in the web view for ${customer_id}`

interface Grant {
  readonly grant_type?: string
  readonly visitor_key?: string
  readonly identity_token?: string
  readonly refresh_token?: string
}

/** `url` is the token address. */
export function createKeeper(environment: Environment, url: string) {
  const { storage } = environment
  let other: Given | undefined
  const replaced = (by?: Given) => {
    other = by
  }
  const auth = createAuth({ environment, url, replaced })
  /** The visitor key of whom the app spoke of last. */
  const appKey = `${url} app`

  async function forget({ refresh_token }: Identity): Promise<void> {
    await auth.change(() => ({ visitor_key: environment.id() }))
    await revoke(environment, url, refresh_token)
  }

  /** Whoever the app no longer means is forgotten here too, once. */
  async function anonymous({ visitor_key }: Grant, forgets: Asked['forgets']): Promise<Given> {
    const found = await auth.read()
    const isNew = (await storage.get(appKey)) !== visitor_key
    if (forgets && (forgets === 'known' ? found.known : isNew)) await forget(found)
    await storage.set(appKey, visitor_key)
    return createAuth({ environment, url }).token()
  }

  /** Whoever was here before stays who they are, if they may (IDN2). */
  async function identified({ identity_token = '' }: Grant): Promise<Given> {
    const found = await auth.read()
    const given = await auth.exchange(true, grantOf(identity_token, found)).catch((error: unknown) => {
      if (!other) throw error
      return other
    })
    await auth.change((identity) => ({ ...identity, known: true, ...(other && { visitor_key: environment.id() }) }))
    return given
  }

  function granted(grant: Grant, { forgets }: Asked): Promise<Given> {
    if (grant.grant_type === 'identity') return identified(grant)
    return grant.grant_type === 'anonymous' ? anonymous(grant, forgets) : auth.token()
  }

  /** Answers as the token address would. */
  return async (asked: Asked): Promise<TokenResponse | object> => {
    const grant = JSON.parse(asked.body) as Grant
    if (asked.method === 'DELETE') {
      const found = await auth.read()
      // Somebody else may have come since.
      if (found.customer_id && grant.refresh_token === handleOf(found.customer_id)) await forget(found)
      return {}
    }
    const { at: _, ...given } = await granted(grant, asked)
    return { ...given, refresh_token: handleOf(given.customer_id) }
  }
}
