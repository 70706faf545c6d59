/** Every action and the domain function that carries it out. Login, ping and update_session belong to the socket's session. */
import type { ActionName, AgentAction, CustomerAction } from '../../protocol/actions.ts'
import type { Committed } from '../store/change.ts'
import { closedAnswer, deactivateChat, getChat, listChats, openedAnswer, resumeChat, startChat } from './chats.ts'
import type { Context, Outcome } from './context.ts'
import { getCustomer, updateCustomer } from './customers.ts'
import { listEvents, sendEvent } from './events.ts'
import { markEventsAsSeen } from './receipts.ts'
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
  send_event: sendEvent,
  sync,
  sync_user: syncUser,
  send_sneak_peek: sendSneakPeek,
  send_typing_indicator: sendTypingIndicator,
  mark_events_as_seen: markEventsAsSeen,
  get_customer: getCustomer,
  update_customer: updateCustomer,
} satisfies Handlers

export type DomainAction = Exclude<CustomerAction | AgentAction, SessionAction>

export type Handler = (ctx: Context, request: unknown) => Promise<Outcome>

/** The request was checked against the action's schema, which is what the handler's type says of it. */
export const handlerOf = (action: DomainAction): Handler => HANDLERS[action] as Handler

/** What a repeated request is answered with where the first one changed what it needs, so that domain code would refuse it. */
const AGAIN: { readonly [A in DomainAction]?: (ctx: Context, committed: Committed) => Promise<object> } = {
  resume_chat: openedAnswer,
  deactivate_chat: closedAnswer,
}

export const answerAgain = (action: DomainAction) => AGAIN[action]
