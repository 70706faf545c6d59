/** One agent at work: everything that belongs to them and must not be mixed with another's, such as what they have not sent yet. */
import type { AgentPolicies, AgentWelcome } from '../../protocol/session.ts'
import type { OwnChatList } from '../core/chat-list.ts'
import { amendedWhole, foldWhole } from '../core/fold-whole.ts'
import { createOwnTyping, type OwnTyping } from '../core/own-typing.ts'
import { createReplies, type RepliesFeed } from '../core/replies.ts'
import { createSession, type Session } from '../core/session.ts'
import { createSneakPeeks } from '../core/sneak-peeks.ts'
import type { Conversation } from '../core/views.ts'
import type { Environment } from '../kit/environment.ts'
import { failed } from '../wire/failure.ts'
import type { House } from './account.ts'
import { createRecent } from './recent.ts'
import type { Agent } from './types.ts'

export interface SeatOptions {
  readonly environment: Environment
  readonly house: House
  /** Who it is for. */
  readonly agent: string
  onWelcome(me: Agent, policies: AgentPolicies | undefined): void
  /** The cookie names somebody else by now, as when another tab has signed in. Nothing was sent in their name. */
  onOther(agent: string): void
}

export interface Seat {
  readonly session: Session
  /** Whose it is. */
  readonly agent: string
  /** Whether the server takes the action; as long as it has not said so, yes. */
  supports(action: string): boolean
  readonly openChats: OwnChatList
  readonly typing: OwnTyping
  conversation(chat: string): Conversation
  replies(chat: string, event: string): RepliesFeed
}

/** A screenful and what a first scroll needs. */
const PAGE_SIZE = 50

export function createSeat({ environment, house, agent, onWelcome, onOther }: SeatOptions): Seat {
  const { server, license, getToken } = house
  let features: readonly string[] | null = null
  const session = createSession<AgentWelcome>({
    typists: createSneakPeeks,
    fold: foldWhole,
    amend: amendedWhole,
    environment,
    url: `${server.replace(/^http/, 'ws')}/v1/agent/rtm${getToken ? `?license=${license}` : ''}`,
    key: `agent.${agent}.outbox`,
    // The cookie of the handshake speaks for the agent. Once refused, the same cookie is not worth another try.
    login: async (fresh) => {
      if (getToken) return { token: await getToken() }
      if (fresh) throw failed('AUTHENTICATION', 'unable to connect; nobody is signed in', 'authentication')
      return {}
    },
    me: () => agent,
    goesBy: (name) => name === agent,
    onWelcome({ agent_id, my_profile, features: told, organization }) {
      features = told
      if (agent_id === agent) return onWelcome(my_profile, organization.policies)
      queueMicrotask(() => onOther(agent_id))
      throw failed('OTHER_AGENT', 'unable to go on; another agent has signed in', 'conflict')
    },
    pageSize: PAGE_SIZE,
  })
  const used = createRecent(session.windows.forget)
  // Of an agent who writes a note and is not in the chat only the server can tell.
  session.events.on('entry', ({ chat, entry: { action, payload } }) => {
    const author = action === 'incoming_event' && payload.event.author_id
    if (author && !chat.users.some(({ id }) => id === author)) session.replica.want(chat.id, true)
  })
  // A chat that begins has its lines at once, whether anybody opens it or not.
  session.events.on('entry', ({ chat, entry: { action } }) => {
    if (action === 'incoming_chat') used(chat.id)
  })
  return {
    session,
    agent,
    supports: (action) => features?.includes(action) ?? true,
    openChats: session.list({ active: true }),
    typing: createOwnTyping(environment.clock, session.ask, () => session.connection.state === 'live'),
    conversation(chat) {
      used(chat)
      return session.conversation(chat)
    },
    replies: (chat, event) => createReplies(session, chat, event, () => agent),
  }
}
