/** The agent SDK, member by member: each call goes on to the seat of the agent who is in. */

import { arrived } from '../core/outbox-arrived.ts'
import { createEmitter } from '../kit/emitter.ts'
import type { Environment } from '../kit/environment.ts'
import { failed } from '../wire/failure.ts'
import { announce } from './announce.ts'
import { createAnswer } from './answer.ts'
import type { AgentConfig, AgentEvents, AgentSDK } from './api.ts'
import { createConversations } from './conversations.ts'
import { insist } from './insist.ts'
import { createRelayedList } from './lists.ts'
import { createReception, type Reception } from './reception.ts'
import { createRepliesFeed } from './replies.ts'
import type { MessageReferences, NewMessage } from './types.ts'

/** Code that is not typed may hand over anything. */
function originOf(server: string): string {
  try {
    const { origin, protocol } = new URL(server)
    if (/^https?:$/.test(protocol)) return origin
  } catch {}
  throw failed('INVALID_ARGS', 'unable to go on; server is missing or wrong', 'validation')
}

export function createAgent({ server, autoConnect = false, ...proof }: AgentConfig, environment: Environment): AgentSDK {
  const { on, off, emit, clear } = createEmitter<AgentEvents>()
  const chats = createRelayedList(({ session }) => session.chats)
  const openChats = createRelayedList((seat) => seat.openChats)
  const conversations = createConversations(() => reception.here())
  const reception = createReception(
    environment,
    { ...proof, server: originOf(server) },
    {
      seat(seat) {
        for (const part of [chats, openChats, conversations]) part.attach(seat)
        if (seat) announce(seat.session, () => reception.me, emit)
      },
      status: (status) => emit('status', status),
      disconnected: (reason) => emit('disconnected', reason),
      signedOut: () => emit('signed_out', undefined),
    },
  )
  if (autoConnect) reception.connect().catch(() => {})

  return {
    get status() {
      return reception.status
    },
    get me() {
      return reception.me
    },
    get policies() {
      const { agents_edit, agents_delete } = reception.policies
      return { edit: agents_edit, delete: agents_delete }
    },
    chats,
    openChats,
    on,
    off,
    connect: reception.connect,
    setToken: (token) => reception.move({ getToken: () => token }),
    setBaseUrl: async (address) => reception.move({ server: originOf(address) }),
    verify: async () => ({ id: await reception.verify() }),
    disconnect: reception.disconnect,
    signIn: (email, password) => reception.signIn({ email, password }),
    signInWithLink: (secret) => reception.signIn({ sign_in_token: secret }),
    signOut: reception.signOut,
    destroy() {
      reception.destroy()
      emit('status', 'destroyed')
      clear()
    },
    conversation: conversations.of,
    replies: (chat, event) => createRepliesFeed(reception.here, chat, event),
    ...actions(reception, conversations.of),
    ...ofBots(reception, environment),
  }
}

type Said = MessageReferences & Pick<NewMessage, 'quick_replies'>

/** What one can do by a chat's id alone. */
function actions(reception: Reception, of: AgentSDK['conversation']) {
  const write = async (chat: string, text: string, visibility: 'all' | 'agents', more?: Said) => {
    const { typing } = await reception.here()
    typing.sent(chat)
    return of(chat).send({ ...more, type: 'message', text, visibility })
  }
  return {
    sendMessage: (chat: string, text: string, more?: Said) => write(chat, text, 'all', more),
    sendNote: (chat: string, text: string, more?: MessageReferences) => write(chat, text, 'agents', more),
    setTyping: (chat: string, on: boolean) =>
      void reception
        .here()
        .then(({ typing }) => typing.set(chat, on))
        .catch(() => {}),
    markSeen: (chat: string) => of(chat).markSeen(),
    closeChat: (chat: string) => of(chat).close(),
    async joinChat(chat_id: string) {
      const { session } = await reception.here()
      return (await session.ask('join_chat', { chat_id })).chat
    },
    async leaveChat(chat_id: string) {
      const { session } = await reception.here()
      return { destroyed: (await session.ask('leave_chat', { chat_id })).destroyed }
    },
    async request(action: string, payload: object = {}) {
      const { session } = await reception.here()
      return session.ask(action as 'sync', payload as never) as Promise<never>
    },
    async getCustomer(id: string) {
      const { session } = await reception.here()
      return (await session.ask('get_customer', { id })).customer
    },
    async getCustomerActivity(id: string) {
      const { session } = await reception.here()
      return (await session.ask('list_customer_activity', { id })).activity
    },
  }
}

/** What programs do that answer in the place of people. */
function ofBots(reception: Reception, environment: Environment): Pick<AgentSDK, 'stream' | 'handOver'> {
  const here = () => reception.here()
  return {
    stream: (chat, options) => createAnswer(here, environment, chat, options),
    async handOver(chat, summary) {
      const { session } = await here()
      // What was said before comes before.
      const chat_id = await arrived(session, chat, true)
      const custom_id = `~${environment.id()}`
      await insist(environment, () => session.ask('hand_over_chat', { chat_id, summary, custom_id }))
    },
  }
}
