/** What a face is built on: conversations and their list as plain readable state. Not part of the package's door. */
import type { CustomerWelcome } from '../../protocol/session.ts'
import type { Ask } from '../core/ask.ts'
import { fold } from '../core/fold.ts'
import { amendedBy } from '../core/lines.ts'
import { createPace } from '../core/pace.ts'
import { createSession, type SessionOptions } from '../core/session.ts'
import { createTypists } from '../core/typists.ts'
import type { ChatList, ConnectionView, Conversation } from '../core/views.ts'
import type { Environment } from '../kit/environment.ts'
import type { CustomerSDK } from './api.ts'
import type { AuthOptions } from './auth.ts'
import { createCustomer } from './customer.ts'
import type { Ground } from './part.ts'
import type { Config } from './types.ts'

export type {
  ChatList,
  ChatListState,
  ConnectionStatus,
  ConnectionView,
  Conversation,
  ConversationState,
  Delivery,
  TimelineItem,
  Typing,
} from '../core/views.ts'

/** The members that need no listener and no shape of the public API, which a face can do without. */
export interface FaceSDK extends Pick<CustomerSDK, 'connect' | 'disconnect' | 'destroy'> {
  /** One chat, by its id or provisional id; null for one that has not begun. It does with the first `send`. */
  conversation(chat: string | null): Conversation
  /** For what has no member here, such as `track_event` and `list_online_agents`. Rejects with `UNSUPPORTED` where the server is older. */
  readonly ask: Ask
  /** Begins a conversation without a message. Rejects when that is refused for good. */
  begin(conversation: Conversation): Promise<unknown>
  /** Chats whose start has not reached the server yet are in it too, under their provisional ids. */
  readonly chats: ChatList
  /** Messages not seen yet in all chats, those that are not loaded among them; however often it is called, once a second is asked (SEE7). */
  countUnread(): Promise<{ readonly unread: number }>
  readonly status: ConnectionView
  /** Hears why the server will not have this page. */
  onRefusal(listener: (reason: string) => void): () => void
  /** For what a face loads later. */
  readonly ground: Ground
  /** The customer's id, null until it is known. */
  readonly me: string | null
  /** With which a page may ask how much is unread without connecting (LIN10); there after a login. */
  readonly unreadToken: string | undefined
}

type Options = Omit<SessionOptions, 'typists' | 'fold' | 'amend'>

const COUNT_EVERY_MS = 1_000

/** Not connected yet. What the environment brings decides about storage. */
export function createFace(
  config: Config,
  environment: Environment,
  identification: Pick<AuthOptions, 'token' | 'replaced'> = {},
): FaceSDK {
  let unreadToken: string | undefined
  const create = (options: Options) =>
    createSession<CustomerWelcome>({
      ...options,
      fold,
      amend: amendedBy,
      typists: createTypists,
      onWelcome(welcome) {
        unreadToken = welcome.unread_token
      },
    })
  const customer = createCustomer(config, environment, create, identification)
  const { client, auth, newChatId } = customer
  const unread = createPace(environment.clock, COUNT_EVERY_MS, () => client.ask('get_unread_count', {}))
  const sdk = {
    ground: { ...customer, environment, settings: config },
    begin: ({ state }: Conversation) => client.outbox.start(state.id, []),
    conversation: (chat: string | null) => client.conversation(chat ?? newChatId()),
    ask: client.ask,
    chats: client.chats,
    countUnread: () => unread.push('', 0),
    status: client.status,
    onRefusal: (listener: (reason: string) => void) =>
      client.events.on('reason', (reason) => client.connection.refused && listener(reason)),
    get me() {
      return auth.me() || null
    },
    get unreadToken() {
      return unreadToken
    },
    connect: client.connection.connect,
    disconnect: client.connection.disconnect,
    destroy: client.destroy,
  }
  customer.load()
  return sdk
}
