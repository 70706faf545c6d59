/** Every action and the domain function that carries it out. Login, ping and update_session belong to the socket's session. */
import type { ActionName, AgentAction, AgentRequestOf, CustomerAction, RequestOf, ServerAction } from '../../protocol/actions.ts'
import type { Committed, Idempotency } from '../store/change.ts'
import { listCustomerActivity, trackEvent } from './activity.ts'
import { BACKEND_AGAIN, BACKEND_HANDLERS } from './backend/handlers.ts'
import { deactivateChat, getChat, listChats, openedAnswer, resumeChat, startChat, startedBy } from './chats.ts'
import type { Context, Outcome, Principal } from './context.ts'
import { getCustomer, setCustomerSessionFields, updateCustomer, updateCustomerPage } from './customers.ts'
import { alteredAnswer, deleteEvent, editEvent, getEvent } from './edits.ts'
import { entriesAnswer } from './entries.ts'
import { listEvents, sendEvent, sentAnswer, sentAs } from './events.ts'
import { createUpload, getFile } from './file-access.ts'
import { deletedAnswer, deleteFile, uploadFile } from './files.ts'
import { handedOverAs, handOverChat } from './handovers.ts'
import { joinChat, leaveChat, leftAnswer } from './members.ts'
import { listMentions } from './mentions.ts'
import { addedAnswer, addUsers, createChat, createdBy, listUsers, removeUser, updateChat, updatedAnswer } from './peers.ts'
import { getPresence, listOnlineAgents } from './presence.ts'
import { propertyHandlers } from './properties.ts'
import { rateChat } from './ratings.ts'
import { addReaction, removeReaction } from './reactions.ts'
import { getUnreadCount, markEventsAsSeen } from './receipts.ts'
import { listReplies } from './replies.ts'
import { streamEvent } from './streams.ts'
import { sync, syncUser } from './sync.ts'
import { listThreads } from './threads.ts'
import { sendSneakPeek, sendTypingIndicator } from './typing.ts'

/** Actions of a socket's session rather than of the domain. */
export type SessionAction = 'login' | 'ping' | 'update_session'

type Handlers = {
  readonly [A in Exclude<ActionName, SessionAction>]: (ctx: Context, request: never) => Promise<Outcome>
}

const HANDLERS = {
  list_chats: listChats,
  get_chat: getChat,
  start_chat: startChat,
  resume_chat: resumeChat,
  deactivate_chat: deactivateChat,
  list_threads: listThreads,
  list_events: listEvents,
  create_chat: createChat,
  update_chat: updateChat,
  list_users: listUsers,
  add_users_to_chat: addUsers,
  remove_user_from_chat: removeUser,
  join_chat: joinChat,
  leave_chat: leaveChat,
  send_event: sendEvent,
  get_event: getEvent,
  edit_event: editEvent,
  delete_event: deleteEvent,
  list_replies: listReplies,
  add_reaction: addReaction,
  remove_reaction: removeReaction,
  list_mentions: listMentions,
  /** Of what the gateway has taken in. */
  upload_file: uploadFile,
  create_upload: createUpload,
  get_file: getFile,
  delete_file: deleteFile,
  sync,
  sync_user: syncUser,
  send_sneak_peek: sendSneakPeek,
  send_typing_indicator: sendTypingIndicator,
  mark_events_as_seen: markEventsAsSeen,
  get_unread_count: getUnreadCount,
  ...propertyHandlers,
  rate_chat: rateChat,
  list_online_agents: listOnlineAgents,
  get_presence: getPresence,
  get_customer: getCustomer,
  update_customer: updateCustomer,
  set_customer_session_fields: setCustomerSessionFields,
  update_customer_page: updateCustomerPage,
  track_event: trackEvent,
  list_customer_activity: listCustomerActivity,
  stream_event: streamEvent,
  hand_over_chat: handOverChat,
} satisfies Handlers

export type DomainAction = Exclude<CustomerAction | AgentAction, SessionAction>

export type Handler = (ctx: Context, request: unknown) => Promise<Outcome>

/** How a repeated request is known, beside its key, and answered. As with handlers, each takes what its action's schema lets through. */
export interface Again {
  knownAs?(ctx: Context, request: unknown): readonly Idempotency[] | Promise<readonly Idempotency[]>
  answer(ctx: Context, committed: Committed, request: unknown): Promise<object>
}

/** Requests that domain code would refuse when they are repeated, because the first one, or what came after it, changed what they need. */
const AGAIN: { readonly [A in DomainAction]?: Again } = {
  start_chat: { knownAs: startedBy, answer: (ctx, committed) => openedAnswer(ctx, committed) },
  resume_chat: { answer: (ctx, committed) => openedAnswer(ctx, committed) },
  deactivate_chat: { answer: entriesAnswer },
  join_chat: { answer: (ctx, committed, request) => openedAnswer(ctx, committed, (request as RequestOf<'join_chat'>).chat_id) },
  leave_chat: { answer: leftAnswer },
  send_event: { knownAs: sentAs, answer: sentAnswer },
  delete_file: { answer: deletedAnswer },
  hand_over_chat: { knownAs: (ctx, request) => handedOverAs(ctx, request as AgentRequestOf<'hand_over_chat'>), answer: entriesAnswer },
  create_chat: {
    knownAs: (ctx, request) => createdBy(ctx, request as RequestOf<'create_chat'>),
    answer: (ctx, committed) => openedAnswer(ctx, committed),
  },
  update_chat: { answer: (ctx, committed, request) => updatedAnswer(ctx, committed, request as RequestOf<'update_chat'>) },
  add_users_to_chat: { answer: (ctx, committed, request) => addedAnswer(ctx, committed, request as RequestOf<'add_users_to_chat'>) },
  remove_user_from_chat: { answer: leftAnswer },
  edit_event: { answer: (ctx, committed, request) => alteredAnswer(ctx, committed, request as RequestOf<'edit_event'>) },
  delete_event: { answer: (ctx, committed, request) => alteredAnswer(ctx, committed, request as RequestOf<'delete_event'>) },
}

/** The request was checked against the action's schema, which is what the handler's type says of it. */
export const handlerOf = (side: Principal['type'], action: string): Handler =>
  (side === 'backend' ? BACKEND_HANDLERS[action as ServerAction] : HANDLERS[action as DomainAction]) as Handler

export const againOf = (side: Principal['type'], action: string): Again | undefined =>
  side === 'backend' ? BACKEND_AGAIN[action as ServerAction] : AGAIN[action as DomainAction]
