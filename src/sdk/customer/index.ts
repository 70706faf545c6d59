/** The package's door for customers. */
import type { CustomerSDK as API } from './api.ts'
import { createMembers } from './members.ts'
import type { Config } from './types.ts'

export type { Observable, Observer, Page } from './api.ts'
export type {
  ChatEvent,
  ChatSummary,
  ChatsSummary,
  Config,
  EventName,
  Events,
  History,
  NewEvent,
  Properties,
  StartedChat,
  Thread,
  ThreadSummary,
  ThreadsSummary,
  Timestamp,
  Token,
  User,
} from './types.ts'

/**
 * Makes a client of one customer and, unless told otherwise, connects it. Throws `INVALID_ARGS` when the license, the
 * client id or the server's address is missing. The source of its members is chat.io Customer SDK 0.9.
 * @example const sdk = init({ license: 1, clientId: 'demo', server: 'https://chat.example.com' })
 */
export const init = (config: Config): API => createMembers(config)

export type CustomerSDK = API
/** What the script tag's file makes global. */
export const CustomerSDK = { init }
export default CustomerSDK
