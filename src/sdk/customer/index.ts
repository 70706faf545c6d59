/** The package's door for customers. */
import { VERSION } from '../../protocol/version.ts'
import { browserEnvironment, scriptOrigin } from '../kit/browser.ts'
import { idbStorage } from '../kit/idb-storage.ts'
import { memoryStorage } from '../kit/storage.ts'
import type { CustomerSDK as API } from './api.ts'
import { checkConfig } from './config.ts'
import { loadMore } from './later.ts'
import { createMembers } from './members.ts'
import type { Config } from './types.ts'

export type { Done, Observable, Observer } from './api.ts'
export type {
  Chat,
  ChatEvent,
  ChatSummary,
  ChatsSummary,
  Config,
  CustomerDetails,
  CustomerPage,
  EventName,
  Events,
  Fetch,
  FileSource,
  History,
  IdentityProvider,
  NewEvent,
  Options,
  Page,
  Properties,
  PropertyNames,
  Rating,
  SentFile,
  StartedChat,
  StoredFile,
  Thread,
  ThreadSummary,
  ThreadsSummary,
  Timestamp,
  Token,
  User,
} from './types.ts'

/**
 * Makes a client of one customer and, unless told otherwise, connects it. Throws `INVALID_ARGS`, with a
 * `reason` that names the field, when something is missing or wrong. The source of its members is chat.io Customer SDK 0.9.
 * @example const sdk = init({ license: 1, clientId: 'demo', server: 'https://chat.example.com' })
 */
export function init(config: Config): CustomerSDK {
  const settings = { server: scriptOrigin, ...config } as Config
  checkConfig(settings)
  const environment = browserEnvironment(config.storage === 'memory' ? memoryStorage() : idbStorage('porchlight'), config.fetch)
  return createMembers(settings, environment, () => loadMore(settings.server))
}

/** Of the package, such as `1.2.3`. */
export const version: string = VERSION

/** A client of one customer: what `init` makes. */
export interface CustomerSDK extends API {}
/** What the script tag's file makes global. */
export const CustomerSDK = { init, version }
export default CustomerSDK
