/** Tokens by way of the server's own page in a web view: what it keeps there outlives the app, with or without a storage of the app's. */
import type { Environment, HttpRequest, HttpResponse } from '../sdk/kit/environment.ts'
import { sendErrand } from './errands.ts'
import type { Asked } from './message.ts'

export interface Relay {
  readonly server: string
  readonly license: number | string
  readonly clientId: string
  readonly redirectUri: string
  /** The host says who is signed in; here nobody is without its word. */
  readonly getToken?: unknown
}

/** The same environment, in which the token address is that page. */
export function relayed(environment: Environment, { server, license, clientId, redirectUri, getToken }: Relay): Environment {
  const base = server.replace(/\/$/, '')
  const address = `${base}/v1/customer/token?`
  const said = { license, client_id: clientId, redirect_uri: redirectUri }
  const query = Object.entries(said).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  const page = `${base}/native/?${query.join('&')}`
  const { storage } = environment

  /** Another key than before: somebody has left. Before the first answer the page knows better who the customer is. */
  const forgetsFor = (key: string | undefined, before: string | undefined): Pick<Asked, 'forgets'> => {
    if (key !== undefined && before !== undefined && key !== before) return { forgets: 'anyone' }
    return getToken ? { forgets: 'known' } : {}
  }

  async function ask({ method, body, signal }: HttpRequest): Promise<HttpResponse> {
    const { visitor_key } = JSON.parse(body ?? '{}') as { visitor_key?: string }
    const before = await storage.get<string>(page)
    const answered = await sendErrand(page, { method, body: body ?? '', ...forgetsFor(visitor_key, before) }, signal)
    if (method === 'POST' && answered.status < 300) await storage.set(page, visitor_key ?? before ?? '')
    return answered
  }

  return {
    ...environment,
    fetch: (request) => (request.url.startsWith(address) ? ask(request) : environment.fetch(request)),
  }
}
