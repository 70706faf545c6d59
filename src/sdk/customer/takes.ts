/** What the members of the other module take, each in its order, checked before anything is sent: code that is not typed may hand over anything. */
import { MAX_INITIAL_EVENTS, MAX_SESSION_FIELDS } from '../../protocol/limits.ts'
import { check, isServer, isText } from './arguments.ts'

/** So many requests at once are enough. */
const MAX_NAMED_THREADS = 100

type Is = (given: unknown) => boolean

const isRecord = (given: unknown): given is Readonly<Record<string, unknown>> =>
  typeof given === 'object' && given !== null && !Array.isArray(given)
const maybe =
  (is: Is): Is =>
  (given) =>
    given === undefined || is(given)
const recordOf =
  (is: Is): Is =>
  (given) =>
    isRecord(given) && Object.values(given).every(is)
const listOf =
  (most: number, is: Is): Is =>
  (given) =>
    Array.isArray(given) && given.length <= most && given.every(is)

const isString: Is = (given) => typeof given === 'string'
const areFields: Is = (given) => recordOf(isString)(given) && Object.keys(given as object).length <= MAX_SESSION_FIELDS
const areProperties = recordOf(isRecord)
const areNames = recordOf(Array.isArray)
const isPage: Is = (given) => isRecord(given) && isText(given.url)
export const areDetails: Is = (given) =>
  isRecord(given) && [given.name, given.email, given.avatar].every(maybe(isString)) && maybe(areFields)(given.fields)

const FIELDS = `fields (at most ${MAX_SESSION_FIELDS})`
const THREADS = `threads (at most ${MAX_NAMED_THREADS})`
const EVENTS = `events (at most ${MAX_INITIAL_EVENTS})`
const ofChat = { chat: isText }
const ofThread = { ...ofChat, thread: isText }
const ofEvent = { ...ofThread, event: isText }

const TAKES: Readonly<Record<string, Readonly<Record<string, Is>>>> = {
  getChatHistory: ofChat,
  sendFile: ofChat,
  closeThread: ofChat,
  updateLastSeenTimestamp: ofChat,
  cancelRate: ofChat,
  sendRating: { ...ofChat, rating: isRecord },
  getChat: { ...ofChat, thread: maybe(isText) },
  getChatThreads: { ...ofChat, [THREADS]: listOf(MAX_NAMED_THREADS, isText) },
  getChatThreadsSummary: { ...ofChat, page: maybe(isRecord) },
  getChatsSummary: { page: maybe(isRecord) },
  resumeChat: { ...ofChat, [EVENTS]: maybe((given) => isRecord(given) && maybe(listOf(MAX_INITIAL_EVENTS, isRecord))(given.events)) },
  updateChatProperties: { ...ofChat, properties: areProperties },
  deleteChatProperties: { ...ofChat, properties: areNames },
  updateChatThreadProperties: { ...ofThread, properties: areProperties },
  deleteChatThreadProperties: { ...ofThread, properties: areNames },
  updateEventProperties: { ...ofEvent, properties: areProperties },
  deleteEventProperties: { ...ofEvent, properties: areNames },
  updateCustomer: { details: areDetails },
  setCustomerSessionFields: { [FIELDS]: areFields },
  updateCustomerPage: { page: isPage },
  identify: { identityToken: isText },
  retry: { customId: isText },
  request: { action: isText },
  joinChat: ofChat,
  leaveChat: ofChat,
  setTyping: { ...ofChat, typing: (given) => typeof given === 'boolean' },
  setToken: { identityToken: isText },
  setBaseUrl: { server: isServer },
}

/** Throws, naming the first that is wrong. */
export function checkTaken(name: string, given: readonly unknown[]): void {
  for (const [at, [field, is]] of Object.entries(TAKES[name] ?? {}).entries()) check(is(given[at]), field)
}
