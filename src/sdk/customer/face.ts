/** What a face is built on: the public API and, beneath it, conversations and their list as plain readable state. Not part of the package's door. */
import { createSession } from '../core/session.ts'
import type { ChatList, ConnectionView, Conversation } from '../core/views.ts'
import type { Environment } from '../kit/environment.ts'
import type { CustomerSDK } from './api.ts'
import { createCustomer } from './customer.ts'
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

export interface FaceSDK extends CustomerSDK {
  /** One chat, by its id or provisional id; null for one that starts with the first `send`. */
  conversation(chat: string | null): Conversation
  /** Chats whose start has not reached the server yet are in it too, under their provisional ids. */
  readonly chats: ChatList
  readonly status: ConnectionView
  /** The customer's id, null until it is known. */
  readonly me: string | null
  /** The visitor agreed: what was kept in memory is stored from now on. */
  allowStorage(): Promise<void>
}

export function createFace(config: Config, environment?: Environment): FaceSDK {
  const { sdk, client, provisionalId } = createCustomer(config, createSession, environment)
  const { chats, status } = client
  return Object.assign(sdk, { chats, status, conversation: (chat: string | null) => client.conversation(chat ?? provisionalId()) })
}
