/** The server's own page in an app's web view: here the customer's identity is kept, and only tokens of a quarter of an hour leave it. */
import type { ErrorBody } from '../protocol/errors.ts'
import { browserEnvironment } from '../sdk/kit/browser.ts'
import type { Environment, HttpRequest } from '../sdk/kit/environment.ts'
import { idbStorage } from '../sdk/kit/idb-storage.ts'
import { createKeeper } from './keeper.ts'
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

function openKeeper({ href, search }: Location) {
  const said = new URLSearchParams(search)
  const of = (name: string) => encodeURIComponent(said.get(name) ?? '')
  const address = new URL(`../v1/customer/token?license=${of('license')}&client_id=${of('client_id')}`, href)
  return createKeeper(pageEnvironment(said.get('redirect_uri') ?? ''), address.href)
}

/** In the words of the token address. What the server did not say itself is for the app to try again. */
async function answer(asked: Asked): Promise<Answered> {
  const { id } = asked
  try {
    return { id, status: 200, body: JSON.stringify(await openKeeper(location)(asked)) }
  } catch (error) {
    const { body, code } = error as { body?: ErrorBody; code?: string }
    // Another page may just have put somebody else in the customer's place.
    return { id, status: 400, body: body && code !== 'IDENTITY_CHANGED' ? JSON.stringify({ error: body }) : '' }
  }
}

findApp(async (app, asked) => app.postMessage(JSON.stringify(await answer(asked))))
