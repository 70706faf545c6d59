/** Tokens by way of the server's own page in a web view: what it keeps there outlives the app, with or without a storage of the app's. */
import type { Environment } from '../sdk/kit/environment.ts'
import { sendErrand } from './errands.ts'

export interface Relay {
  readonly server: string
  readonly license: number | string
  readonly clientId: string
  readonly redirectUri: string
}

/** The same environment, in which the token address is that page. */
export function relayed(environment: Environment, { server, license, clientId, redirectUri }: Relay): Environment {
  const base = server.replace(/\/$/, '')
  const address = `${base}/v1/customer/token?`
  const said = { license, client_id: clientId, redirect_uri: redirectUri }
  const query = Object.entries(said).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  const page = `${base}/native/?${query.join('&')}`
  return {
    ...environment,
    fetch({ method, url, body, signal, ...rest }) {
      if (url.startsWith(address)) return sendErrand(page, { method, body: body ?? '' }, signal)
      return environment.fetch({ method, url, ...(body !== undefined && { body }), ...(signal && { signal }), ...rest })
    },
  }
}
