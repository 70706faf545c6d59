/** The agent SDK, member by member: each call finds the seat of the agent who is in and passes on what is asked. */
import { createEmitter } from '../kit/emitter.ts'
import type { Environment } from '../kit/environment.ts'
import type { AgentConfig, AgentEvents, AgentSDK } from './api.ts'
import { createReception, type Reception } from './reception.ts'
import type { ChatList } from './types.ts'

/** What stands where the chats will be. */
const NO_CHATS: ChatList = {
  state: { chats: [], total: 0, has_more: false, loading: false, loaded: false },
  subscribe: () => () => {},
  loadMore: async () => {},
}

export function createAgent({ server, autoConnect = false }: AgentConfig, environment: Environment): AgentSDK {
  const events = createEmitter<AgentEvents>()
  const reception = createReception(environment, new URL(server).origin, events)
  if (autoConnect) reception.connect().catch(() => {})
  return {
    get status() {
      return reception.destroyed ? 'destroyed' : (reception.seat?.session.status.state ?? 'idle')
    },
    get me() {
      return reception.me
    },
    get chats() {
      return reception.seat?.session.chats ?? NO_CHATS
    },
    get openChats() {
      return reception.seat?.openChats ?? NO_CHATS
    },
    on: events.on,
    off: events.off,
    connect: reception.connect,
    signIn: (email, password) => reception.signIn({ email, password }),
    signInWithLink: (secret) => reception.signIn({ sign_in_token: secret }),
    signOut: reception.signOut,
    disconnect: () => reception.seat?.session.connection.disconnect(),
    destroy() {
      reception.destroy()
      events.emit('status', 'destroyed')
      events.clear()
    },
    ...inChats(reception),
  }
}

function inChats(reception: Reception) {
  const write = async (chat: string, text: string, visibility: 'all' | 'agents') => {
    const { conversation, typing } = reception.here()
    typing.sent(chat)
    return conversation(chat).send({ type: 'message', text, visibility })
  }
  return {
    conversation: (chat: string) => reception.here().conversation(chat),
    sendMessage: (chat: string, text: string) => write(chat, text, 'all'),
    sendNote: (chat: string, text: string) => write(chat, text, 'agents'),
    setTyping: (chat: string, typing: boolean) => reception.seat?.typing.set(chat, typing),
    markSeen: (chat: string) => reception.seat?.conversation(chat).markSeen(),
    closeChat: async (chat: string) => reception.here().conversation(chat).close(),
    getCustomer: async (id: string) => (await reception.here().session.ask('get_customer', { id })).customer,
  }
}
