/** The server's own page in an app's web view: here the customer's identity is kept, and only tokens of a quarter of an hour leave it. */
import type { ErrorBody } from '../protocol/errors.ts'
import type { TokenResponse } from '../protocol/tokens.ts'
import type { CustomerSDK } from '../sdk/customer/api.ts'
import { loadMore } from '../sdk/customer/later.ts'
import { createMembers } from '../sdk/customer/members.ts'
import { browserEnvironment } from '../sdk/kit/browser.ts'
import type { Environment, HttpRequest } from '../sdk/kit/environment.ts'
import { idbStorage } from '../sdk/kit/idb-storage.ts'
import type { Answered, Asked } from './message.ts'

/** What the app's side of the web view puts into the page. */
interface App {
  postMessage(data: string): void
  /** On Android it comes a moment late. */
  injectedObjectJson?(): string | null
}

const LOOKS_EVERY_MS = 50

function findApp(then: (app: App, asked: Asked) => void): void {
  const app = (window as { ReactNativeWebView?: App }).ReactNativeWebView
  const asked = app?.injectedObjectJson?.()
  if (app && asked) then(app, JSON.parse(asked) as Asked)
  else setTimeout(findApp, LOOKS_EVERY_MS, then)
}

/** The server gives this page tokens for a redirect address of the client alone (LIN9). */
function pageEnvironment(redirectUri: string): Environment {
  const environment = browserEnvironment(idbStorage('porchlight'))
  const redirect = `&redirect_uri=${encodeURIComponent(redirectUri)}`
  return { ...environment, fetch: (request: HttpRequest) => environment.fetch({ ...request, url: request.url + redirect }) }
}

function openSDK({ href, search }: Location): CustomerSDK {
  const said = new URLSearchParams(search)
  const of = (name: string) => said.get(name) ?? ''
  const config = { license: of('license'), clientId: of('client_id'), server: new URL('..', href).href, autoConnect: false }
  return createMembers(config, pageEnvironment(of('redirect_uri')), loadMore)
}

/** What the app holds in the place of the credential, which stays here. */
const KEPT_HERE = 'kept in the web view'

async function tokenOf(sdk: CustomerSDK): Promise<TokenResponse> {
  const { accessToken, tokenType, expiresIn, creationDate, entityId } = await sdk.auth.getToken()
  const expires_in = Math.floor((creationDate + expiresIn - Date.now()) / 1000)
  return { access_token: accessToken, token_type: tokenType, expires_in, customer_id: entityId, refresh_token: KEPT_HERE }
}

/** In the words of the token address. What the server did not say itself is for the app to try again. */
async function answer(sdk: CustomerSDK): Promise<Omit<Answered, 'id'>> {
  try {
    return { status: 200, body: JSON.stringify(await tokenOf(sdk)) }
  } catch (error) {
    const { body } = error as { body?: ErrorBody }
    return { status: 400, body: body ? JSON.stringify({ error: body }) : '' }
  }
}

findApp(async (app, { id }) => {
  const answered: Answered = { id, ...(await answer(openSDK(location))) }
  app.postMessage(JSON.stringify(answered))
})
