/** The client of a back end: what belongs together is in a group of its own. */
import { Auth } from './auth.ts'
import { Chats } from './chats.ts'
import { Client, isTimeout, ownMeans } from './client.ts'
import { PorchlightError } from './errors.ts'
import { Events } from './events.ts'
import { Files } from './files.ts'
import type { RequestOptions } from './options.ts'
import { keysOf } from './signatures.ts'
import { Users } from './users.ts'
import { Webhooks } from './webhooks.ts'

export interface PorchlightOptions {
  /** What `porchlight key create` printed. Needed for everything but signing tokens with `identitySecret` and verifying webhooks. */
  apiKey?: string
  /** What `porchlight key create --identity` printed: tokens are then signed here, without a request. */
  identitySecret?: string
  /** What `webhooks.register` answered: webhooks are verified with it. Several while one is rotated. */
  webhookSecret?: string | readonly string[]
  /** Where the server is, such as `https://chat.example.com`. */
  baseUrl: string
  /** In ms, for each try. 10 s unless told otherwise; the bytes of an upload have 10 minutes of their own. */
  timeout?: number
  /** How often to try again after a network error, a 5xx or a 429. 2 unless told otherwise. */
  maxRetries?: number
  /** In the place of the runtime's own. */
  fetch?: typeof fetch
}

/**
 * For Node ≥ 18, Bun and Deno. An API key in a page would be everyone's, so in a browser it throws.
 *
 * From oichat (`OiChat`) and tegrabox (`ChatClient`).
 *
 * @example
 * const porchlight = new Porchlight({ apiKey: process.env.PORCHLIGHT_API_KEY, baseUrl: 'https://chat.example.com' })
 */
export class Porchlight {
  readonly auth: Auth
  readonly users: Users
  readonly chats: Chats
  readonly events: Events
  readonly files: Files
  readonly webhooks: Webhooks
  readonly #client: Client

  constructor(options: PorchlightOptions) {
    refuseBrowser()
    const { apiKey, identitySecret, webhookSecret, timeout = 10_000, maxRetries = 2 } = options
    const secrets = [webhookSecret ?? []].flat()
    if ((apiKey ?? identitySecret ?? secrets[0]) === undefined) throw wrong('apiKey', 'is missing, as are identitySecret and webhookSecret')
    if (!isTimeout(timeout)) throw wrong('timeout', 'is no whole number of milliseconds that a timer can wait')
    if (!Number.isInteger(maxRetries) || maxRetries < 0) throw wrong('maxRetries', 'is no number from 0 on')
    this.#client = new Client({ baseUrl: addressOf(options.baseUrl), apiKey, timeout, maxRetries }, ownMeans(options.fetch))
    this.auth = new Auth(this.#client, identitySecret, Date.now)
    this.users = new Users(this.#client)
    this.chats = new Chats(this.#client)
    this.events = new Events(this.#client)
    this.files = new Files(this.#client)
    this.webhooks = new Webhooks(this.#client, keysOf(secrets, 'start', 'webhookSecret'))
  }

  /** The token that `auth.verify()` is about from now on. From tegrabox (`setJwtToken`). */
  setToken(token: string): void {
    this.auth.setToken(token)
  }

  /** Another server from now on. From tegrabox. */
  setBaseUrl(baseUrl: string): void {
    this.#client.settings.baseUrl = addressOf(baseUrl)
  }

  /**
   * Any action of the server's by its name, as `/openapi.json` has it: for what this version of the SDK does not know yet.
   *
   * @example await porchlight.request('list_users', { limit: 5 }, { idempotencyKey: null })
   */
  request<T = unknown>(action: string, payload: object = {}, options?: RequestOptions): Promise<T> {
    return this.#client.act<T>(action, payload, true, options)
  }
}

/** What the customer's client takes for a server, `isServer` of `sdk/customer`, which has no byte to spare for sharing it. */
const SERVER = /^https?:\/\/[^\s"/?#]+[^\s?#]*$/

function addressOf(baseUrl: string): string {
  if (typeof baseUrl !== 'string' || !SERVER.test(baseUrl)) throw wrong('baseUrl', 'is no address that begins with http:// or https://')
  return baseUrl.replace(/\/+$/, '')
}

function refuseBrowser(): void {
  const scope = globalThis as { window?: unknown; document?: unknown; navigator?: { product?: string } }
  const isPage = scope.window !== undefined && scope.document !== undefined
  if (isPage || scope.navigator?.product === 'ReactNative') {
    throw new PorchlightError('unable to start; the server SDK is for back ends, and its key would be everyone’s in a page or an app', {
      code: 'browser',
    })
  }
}

const wrong = (field: string, why: string) => new PorchlightError(`unable to start; ${field} ${why}`, { code: 'validation' })
