/** The door `porchlight/agent`: a client for agents and for bots that act as agents. */
import { browserEnvironment } from '../kit/browser.ts'
import { idbStorage } from '../kit/idb-storage.ts'
import { createAgent } from './agent.ts'
import type { AgentConfig, AgentSDK } from './api.ts'

export type { AgentConfig, AgentEventName, AgentEvents, AgentSDK } from './api.ts'
export type {
  Activity,
  Agent,
  Answer,
  AnswerEnd,
  AnswerOptions,
  Chat,
  ChatKind,
  ChatList,
  ChatListState,
  ChatUser,
  ConnectionStatus,
  Conversation,
  ConversationState,
  Customer,
  Delivery,
  ErrorBody,
  ErrorCode,
  Event,
  EventItem,
  Membership,
  MembershipItem,
  MessageReferences,
  NewMessage,
  Properties,
  QuotedEvent,
  RatedItem,
  Rating,
  Reaction,
  Replies,
  RepliesFeed,
  Role,
  Thread,
  ThreadClosedItem,
  TimelineItem,
  Typing,
  UploadedFile,
  Visibility,
} from './types.ts'

/** A client that has not connected yet. @example const agent = initAgent({ server: location.origin }) */
export function initAgent(config: AgentConfig): AgentSDK {
  return createAgent(config, browserEnvironment(idbStorage('porchlight-agent')))
}
