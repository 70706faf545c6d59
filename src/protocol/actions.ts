/** The one table of what can be asked: the same for the socket and for HTTP. */
import { activity } from './activity.ts'
import { backendChats, chats } from './chats.ts'
import { backendEvents, events } from './events.ts'
import { backendFiles, files } from './files.ts'
import { handovers } from './handovers.ts'
import type { RateName } from './limits.ts'
import { presence } from './presence.ts'
import { properties } from './properties.ts'
import { ratings } from './ratings.ts'
import { reactions } from './reactions.ts'
import { receipts } from './receipts.ts'
import type { Static, TSchema } from './schema.ts'
import type { Scope } from './scopes.ts'
import { session } from './session.ts'
import { streams } from './streams.ts'
import { sync } from './sync.ts'
import { threads } from './threads.ts'
import { backendTokens } from './tokens.ts'
import { typing } from './typing.ts'
import { backendUsers, users } from './users.ts'
import { webhooks } from './webhooks.ts'

export interface ActionSpec {
  readonly request: TSchema
  readonly response: TSchema
  /** Which limit of `limits.ts` counts it. */
  readonly rate: RateName
  /** Changes the log or a profile: answered after commit; over HTTP it takes `Idempotency-Key`. */
  readonly write?: true
  /** The one transport on which it makes sense. */
  readonly only?: 'socket' | 'http'
  /** What an API key needs for it. */
  readonly scope?: Scope
}

const both = {
  ping: { ...session.ping, rate: 'signal', only: 'socket' },
  list_chats: { ...chats.list, rate: 'read' },
  get_chat: { ...chats.get, rate: 'read' },
  list_threads: { ...threads.list, rate: 'read' },
  list_events: { ...events.list, rate: 'read' },
  get_presence: { ...presence.get, rate: 'read' },
  sync: { ...sync, rate: 'read' },
  sync_user: { ...users.syncUser, rate: 'read' },
  resume_chat: { ...chats.resume, rate: 'write', write: true },
  deactivate_chat: { ...chats.deactivate, rate: 'write', write: true },
  join_chat: { ...chats.join, rate: 'write', write: true },
  create_chat: { ...chats.create, rate: 'write', write: true },
  update_chat: { ...chats.update, rate: 'write', write: true },
  list_users: { ...chats.listUsers, rate: 'read' },
  add_users_to_chat: { ...chats.addUsers, rate: 'write', write: true },
  remove_user_from_chat: { ...chats.removeUser, rate: 'write', write: true },
  leave_chat: { ...chats.leave, rate: 'write', write: true },
  send_event: { ...events.send, rate: 'write', write: true },
  get_event: { ...events.get, rate: 'read' },
  edit_event: { ...events.edit, rate: 'write', write: true },
  delete_event: { ...events.delete, rate: 'write', write: true },
  list_replies: { ...events.replies, rate: 'read' },
  add_reaction: { ...reactions.add, rate: 'write', write: true },
  remove_reaction: { ...reactions.remove, rate: 'write', write: true },
  list_mentions: { ...users.listMentions, rate: 'read' },
  send_typing_indicator: { ...typing.indicator, rate: 'signal' },
  mark_events_as_seen: { ...receipts.markSeen, rate: 'signal', write: true },
  update_chat_properties: { ...properties.updateChat, rate: 'write', write: true },
  delete_chat_properties: { ...properties.deleteChat, rate: 'write', write: true },
  update_thread_properties: { ...properties.updateThread, rate: 'write', write: true },
  delete_thread_properties: { ...properties.deleteThread, rate: 'write', write: true },
  update_event_properties: { ...properties.updateEvent, rate: 'write', write: true },
  delete_event_properties: { ...properties.deleteEvent, rate: 'write', write: true },
  upload_file: { ...files.upload, rate: 'upload', only: 'http' },
  create_upload: { ...files.createUpload, rate: 'write' },
  get_file: { ...files.get, rate: 'read' },
  delete_file: { ...files.delete, rate: 'write', write: true },
  get_customer: { ...users.getCustomer, rate: 'read' },
} as const satisfies Record<string, ActionSpec>

export const CUSTOMER_ACTIONS = {
  login: { ...session.customerLogin, rate: 'read', only: 'socket' },
  ...both,
  list_online_agents: { ...presence.listOnlineAgents, rate: 'read' },
  get_unread_count: { ...receipts.unread, rate: 'read' },
  update_session: { ...session.update, rate: 'read', only: 'socket' },
  start_chat: { ...chats.start, rate: 'write', write: true },
  send_sneak_peek: { ...typing.sneakPeek, rate: 'signal' },
  rate_chat: { ...ratings.rate, rate: 'write', write: true },
  update_customer: { ...users.updateCustomer, rate: 'write', write: true },
  set_customer_session_fields: { ...users.setSessionFields, rate: 'write', write: true },
  update_customer_page: { ...users.updatePage, rate: 'signal', write: true },
  track_event: { ...activity.track, rate: 'signal', write: true },
} as const satisfies Record<string, ActionSpec>

export const AGENT_ACTIONS = {
  login: { ...session.agentLogin, rate: 'read', only: 'socket' },
  ...both,
  list_customer_activity: { ...activity.list, rate: 'read' },
  stream_event: { ...streams.write, rate: 'stream', write: true },
  hand_over_chat: { ...handovers.handOver, rate: 'write', write: true },
} as const satisfies Record<string, ActionSpec>

/** What a back end does with an API key: over HTTP only. */
export const SERVER_ACTIONS = {
  create_token: { ...backendTokens.create, rate: 'backend_write', write: true, scope: 'auth' },
  refresh_token: { ...backendTokens.refresh, rate: 'backend_write', scope: 'auth' },
  revoke_tokens: { ...backendTokens.revoke, rate: 'backend_write', write: true, scope: 'auth' },
  verify_token: { ...backendTokens.verify, rate: 'backend_read', scope: 'auth' },
  create_user: { ...backendUsers.create, rate: 'backend_write', write: true, scope: 'users:write' },
  get_user: { ...backendUsers.get, rate: 'backend_read', scope: 'users:read' },
  list_users: { ...backendUsers.list, rate: 'backend_read', scope: 'users:read' },
  update_user: { ...backendUsers.update, rate: 'backend_write', write: true, scope: 'users:write' },
  delete_user: { ...backendUsers.delete, rate: 'backend_write', write: true, scope: 'users:write' },
  create_chat: { ...backendChats.create, rate: 'backend_write', write: true, scope: 'chats:write' },
  get_chat: { ...backendChats.get, rate: 'backend_read', scope: 'chats:read' },
  list_chats: { ...backendChats.list, rate: 'backend_read', scope: 'chats:read' },
  update_chat: { ...backendChats.update, rate: 'backend_write', write: true, scope: 'chats:write' },
  delete_chat: { ...backendChats.delete, rate: 'backend_write', write: true, scope: 'chats:write' },
  add_users_to_chat: { ...backendChats.addUsers, rate: 'backend_write', write: true, scope: 'chats:write' },
  remove_user_from_chat: { ...backendChats.removeUser, rate: 'backend_write', write: true, scope: 'chats:write' },
  join_chat: { ...backendChats.join, rate: 'backend_write', write: true, scope: 'chats:write' },
  leave_chat: { ...backendChats.leave, rate: 'backend_write', write: true, scope: 'chats:write' },
  send_event: { ...backendEvents.send, rate: 'backend_write', write: true, scope: 'events:write' },
  list_events: { ...backendEvents.list, rate: 'backend_read', scope: 'events:read' },
  get_event: { ...backendEvents.get, rate: 'backend_read', scope: 'events:read' },
  edit_event: { ...backendEvents.edit, rate: 'backend_write', write: true, scope: 'events:write' },
  delete_event: { ...backendEvents.delete, rate: 'backend_write', write: true, scope: 'events:write' },
  upload_file: { ...files.upload, rate: 'backend_upload', scope: 'files:write' },
  create_upload: { ...files.createUpload, rate: 'backend_write', scope: 'files:write' },
  get_file: { ...files.get, rate: 'backend_read', scope: 'files:read' },
  delete_file: { ...backendFiles.delete, rate: 'backend_write', write: true, scope: 'files:write' },
  register_webhook: { ...webhooks.register, rate: 'backend_write', write: true, scope: 'webhooks' },
  list_webhooks: { ...webhooks.list, rate: 'backend_read', scope: 'webhooks' },
  update_webhook: { ...webhooks.update, rate: 'backend_write', write: true, scope: 'webhooks' },
  unregister_webhook: { ...webhooks.unregister, rate: 'backend_write', write: true, scope: 'webhooks' },
  rotate_webhook_secret: { ...webhooks.rotate, rate: 'backend_write', write: true, scope: 'webhooks' },
  list_webhook_deliveries: { ...webhooks.deliveries, rate: 'backend_read', scope: 'webhooks' },
  replay_webhook_delivery: { ...webhooks.replay, rate: 'backend_write', write: true, scope: 'webhooks' },
} as const satisfies Record<string, ActionSpec & { readonly scope: Scope }>

export type ServerAction = keyof typeof SERVER_ACTIONS
export type ServerRequestOf<A extends ServerAction> = Static<(typeof SERVER_ACTIONS)[A]['request']>
export type ServerResponseOf<A extends ServerAction> = Static<(typeof SERVER_ACTIONS)[A]['response']>
export type CustomerAction = keyof typeof CUSTOMER_ACTIONS
export type AgentAction = keyof typeof AGENT_ACTIONS
export type ActionName = CustomerAction | AgentAction

type Table = typeof CUSTOMER_ACTIONS & typeof AGENT_ACTIONS
type Spec<A extends ActionName> = A extends CustomerAction ? (typeof CUSTOMER_ACTIONS)[A] : A extends AgentAction ? Table[A] : never
/** The payload of a request by a customer (or, for actions only agents have, by an agent). */
export type RequestOf<A extends ActionName> = Static<Spec<A>['request']>
export type ResponseOf<A extends ActionName> = Static<Spec<A>['response']>
export type AgentRequestOf<A extends AgentAction> = Static<(typeof AGENT_ACTIONS)[A]['request']>
export type AgentResponseOf<A extends AgentAction> = Static<(typeof AGENT_ACTIONS)[A]['response']>
