/** Turns what happens in the core into what the SDK tells. */
import type { Chat } from '../../protocol/chats.ts'
import type { LogPush, PushPayload } from '../../protocol/pushes.ts'
import type { Static } from '../../protocol/schema.ts'
import type { SneakPeek } from '../../protocol/typing.ts'
import type { Session } from '../core/session.ts'
import type { Emitter } from '../kit/emitter.ts'
import type { AgentEventName, AgentEvents } from './api.ts'
import type { Agent } from './types.ts'

type Tell = Emitter<AgentEvents>['emit']

/** Of one's own log, of who is there, and of what bots write. */
const OWN = ['user_mentioned', 'user_chat_added', 'user_chat_removed', 'presence_changed', 'incoming_event_piece']

interface Detail {
  readonly chat_id?: string
  readonly thread_id?: string
  readonly event_id?: string
}

/** In the wire's own words but for the names of ids. */
function tellDetail(tell: Tell, action: string, { chat_id: chat, thread_id: thread, event_id: event, ...rest }: Detail) {
  const told = { chat, ...(thread && { thread }), ...(event && { event }), ...rest }
  tell(action as AgentEventName, told as never)
}

export function announce({ events }: Session, me: () => Agent | null, tell: Tell): void {
  let times = 0
  events.on('ready', () => {
    const agent = me()
    if (agent) tell(times++ ? 'connection_restored' : 'connected', agent)
  })
  events.on('state', (state) => {
    if (state === 'waiting' && times) tell('connection_lost', undefined)
  })
  events.on('entry', ({ chat, entry, answered }) => tellEntry(tell, chat, entry, answered))
  events.on('typing', ({ chat_id, user_id, typing }) =>
    tell(typing ? 'user_is_typing' : 'user_stopped_typing', { chat: chat_id, user: user_id }),
  )
  events.on('push', ({ action, payload }) => {
    if (action === 'incoming_sneak_peek') tellPeek(tell, payload)
    if (action === 'incoming_customer') tellCustomer(tell, payload)
    if (action === 'incoming_customer_activity') tellActivity(tell, payload)
    if (OWN.includes(action)) tellDetail(tell, action, payload)
  })
}

function tellCustomer(tell: Tell, { customer }: PushPayload<'incoming_customer'>) {
  tell('customer_updated', customer)
}

function tellActivity(tell: Tell, { customer_id, activity }: PushPayload<'incoming_customer_activity'>) {
  tell('customer_activity', { customer: customer_id, activity })
}

function tellPeek(tell: Tell, { chat_id, sneak_peek: { author_id, text } }: Static<typeof SneakPeek>) {
  tell('sneak_peek', { chat: chat_id, user: author_id, text })
}

/** The event, and what it changes of another. */
const alteredBy = ({ event, amends }: PushPayload<'incoming_event'>) => ({ event, ...(amends && { amends }) })

function tellEntry(tell: Tell, { id: chat }: Chat, { action, payload }: LogPush, answered: boolean) {
  switch (action) {
    case 'incoming_event':
      if (!answered) tell('new_event', { chat, ...alteredBy(payload) })
      break
    case 'event_updated':
    case 'event_deleted':
      tell(action, { chat, ...alteredBy(payload), quote: payload.quote })
      break
    case 'chat_deleted':
      tell(action, { chat })
      break
    case 'chat_deactivated':
      tell('thread_closed', { chat })
      break
    case 'user_added_to_chat':
      tell('user_joined_chat', { chat, user: payload.user.id })
      break
    case 'user_removed_from_chat':
      tell('user_left_chat', { chat, user: payload.user_id })
      break
    case 'events_marked_as_seen':
      if (payload.seen_up_to)
        tell('last_seen_timestamp_updated', { chat, user: payload.user_id, timestamp: Date.parse(payload.seen_up_to) })
      break
    case 'chat_updated':
    case 'reaction_added':
    case 'reaction_removed':
      tellDetail(tell, action, payload)
  }
}
