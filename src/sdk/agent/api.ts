/** What the agent SDK can do and what it tells. */
import type {
  Activity,
  Agent,
  Answer,
  AnswerOptions,
  Chat,
  ChatList,
  ConnectionStatus,
  Conversation,
  Customer,
  Event,
  MessageReferences,
  NewMessage,
  QuotedEvent,
  Reaction,
  Replies,
  RepliesFeed,
} from './types.ts'

export interface AgentConfig {
  /** The server's address, such as `https://chat.example.com`. Sessions count on the server's own pages only. */
  server: string
  /** The organization's public number; needed with `getToken`. */
  license?: number | string
  /**
   * Asks your own back end for an identity token of role `agent`, in the place of a session: for bots, and for back ends that speak as
   * an agent. It is asked anew before each connection.
   * @example initAgent({ server, license: 1, getToken: async () => (await porchlight.users.generateToken('bot')).token })
   */
  getToken?: () => string | Promise<string>
  /** Connect at once, with the session that the browser holds; false unless told otherwise. */
  autoConnect?: boolean
}

interface Reacted {
  chat: string
  thread: string
  event: string
  emoji: string
  /** Who did it. */
  user_id: string
  amends: { id: string; reactions?: Reaction[] }
}

/** What the replies to an event come to; null when there is none any more. */
interface Amends {
  id: string
  replies?: Replies | null
}

/** What the SDK tells, by name. Names and the words in them are those of the customer SDK where they mean the same. */
export interface AgentEvents {
  /** Signed in and caught up, for the first time. */
  connected: Agent
  connection_lost: undefined
  /** Back, and caught up with everything that was missed. */
  connection_restored: Agent
  /** The reason, one of a closed list; the SDK comes back by itself unless it is final. */
  disconnected: string
  status: ConnectionStatus
  /** There is no session, or no longer: `signIn` starts one. */
  signed_out: undefined
  /** Of a reply `amends` says what the replies to the event that it belongs to come to now. */
  new_event: { chat: string; event: Event; amends?: Amends }
  /** What it says now is not what it said; `quote` is how events that quote it show it from now on. */
  event_updated: { chat: string; event: Event; quote: QuotedEvent; amends?: Amends }
  /**
   * More of a message that a bot is writing, whose event has `streaming` until it ends: it stands at `offset` of the text. Who holds less
   * than that leaves it out, and has the whole of it a second later. Conversations grow by themselves.
   */
  incoming_event_piece: { chat: string; thread: string; event: string; offset: number; text: string }
  /** Nothing of its content is left. */
  event_deleted: { chat: string; event: Event; quote: QuotedEvent; amends?: Amends }
  /** The reactions to an event are not what they were: `amends` has them all. */
  reaction_added: Reacted
  reaction_removed: Reacted
  /** An event names the agent. */
  user_mentioned: { chat: string; event: string; author_id?: string; user_seq: number }
  /** The agent is in another chat, or in one less. */
  user_chat_added: { chat: string; user_seq: number }
  user_chat_removed: { chat: string; user_seq: number }
  /** Who of a chat came or went, after `get_presence` was asked. */
  presence_changed: { chat: string; joins: { user_id: string; online_at: string }[]; leaves: string[] }
  /** What is said of it as a whole, as it is now: what is not here it has not. */
  chat_updated: {
    chat: string
    name?: string
    avatar?: string
    joinable?: boolean
    user_limit?: number
    settings?: Record<string, unknown>
  }
  /** It is gone for everyone. */
  chat_deleted: { chat: string }
  thread_closed: { chat: string }
  user_joined_chat: { user: string; chat: string }
  user_left_chat: { user: string; chat: string }
  /** Unix time in milliseconds. */
  last_seen_timestamp_updated: { chat: string; user: string; timestamp: number }
  user_is_typing: { chat: string; user: string }
  user_stopped_typing: { chat: string; user: string }
  /** What the customer is typing, before it is sent. An empty text: nothing any more. */
  sneak_peek: { chat: string; user: string; text: string }
  /** A customer said something of themselves, or went to another page. */
  customer_updated: Customer
  /** A customer went to a page, or did something that the site tracks. A page that is told again has its title only now. */
  customer_activity: { customer: string; activity: Activity }
}
export type AgentEventName = keyof AgentEvents

export interface AgentSDK {
  readonly status: ConnectionStatus
  /** The agent who is signed in; null until the server has said so. */
  readonly me: Agent | null
  /** Whose events agents may edit, and delete, by what the organization has decided. */
  readonly policies: { readonly edit: 'own' | 'all'; readonly delete: 'own' | 'all' }
  /** All support chats of the organization. Empty while nobody is in. */
  readonly chats: ChatList
  /** Those of them with an active thread. */
  readonly openChats: ChatList

  /** Starts a session and connects. Rejects with `AUTHENTICATION` when the password is wrong, `TOO_MANY_REQUESTS` when it was tried too often. */
  signIn(email: string, password: string): Promise<Agent>
  /** As `signIn`, with the secret of a sign-in link, which works once. */
  signInWithLink(secret: string): Promise<Agent>
  /** Ends the session here and on the server. */
  signOut(): Promise<void>

  /** Connects with the session that the browser holds. Rejects with `AUTHENTICATION` when there is none. */
  connect(): Promise<Agent>
  /** Closes the connection; what is unsent stays and goes out after `connect`. */
  disconnect(): void
  /** Ends everything. Every call after it rejects with `SDK_DESTROYED`. */
  destroy(): void

  /** Returns the way to stop listening. */
  on<N extends AgentEventName>(name: N, listener: (data: AgentEvents[N]) => void): () => void
  /** Hears everything, as `(name, data)`. */
  on(name: '*', listener: (name: AgentEventName, data: AgentEvents[AgentEventName]) => void): () => void
  off<N extends AgentEventName>(name: N, listener: (data: AgentEvents[N]) => void): void
  off(name: '*', listener: (name: AgentEventName, data: AgentEvents[AgentEventName]) => void): void

  /** The chat with its messages. Of chats that are not open only those used last keep theirs in memory. */
  conversation(chat: string): Conversation
  /**
   * The replies to an event, oldest first, which stand beside the conversation's messages; those to come are there by themselves as long
   * as the conversation is open.
   * @example const replies = agent.replies(chat, event); await replies.load(); render(replies.state.items)
   */
  replies(chat: string, event: string): RepliesFeed
  /**
   * Resolves when stored. The first reply makes the agent a user of the chat.
   * @example await agent.sendMessage(chat, 'Which order?', { quick_replies: ['The last one'] })
   * @example await agent.sendMessage(chat, 'Here it is', { quoted_event_id: event.id })
   */
  sendMessage(chat: string, text: string, more?: MessageReferences & Pick<NewMessage, 'quick_replies'>): Promise<Event>
  /** As `sendMessage`, seen by agents only. */
  sendNote(chat: string, text: string, more?: MessageReferences): Promise<Event>
  /**
   * An answer of a bot that is sent as it comes into being. Until its first words the bot is shown as thinking.
   * @example const answer = agent.stream(chat); for await (const piece of model({ signal: answer.signal })) await answer.write(piece); await answer.end()
   */
  stream(chat: string, options?: AnswerOptions): Answer
  /** A bot leaves a support chat to people, with a private note of what it is about. It is back when somebody lets it in. @example await agent.handOver(chat, 'Wants the money back.') */
  handOver(chat: string, summary: string): Promise<void>
  /** Shown for 8 seconds, or until the next message: of a bot that is how it thinks. Call it again for as long as it goes on. */
  setTyping(chat: string, typing: boolean): void
  markSeen(chat: string): void
  closeChat(chat: string): Promise<void>
  /** Comes into a group that can be joined; support chats are every agent's anyway. @example await agent.joinChat(room) */
  joinChat(chat: string): Promise<Chat>
  /** Leaves a chat. `destroyed`: nobody is left in a direct or group chat, and it is deleted. @example await agent.leaveChat(room) */
  leaveChat(chat: string): Promise<{ destroyed: boolean }>
  /** Another identity token of role `agent` from now on, in the place of `getToken`'s; connects with it. @example await agent.setToken(token) */
  setToken(identityToken: string): Promise<Agent>
  /** Another server from now on; connects there. @example await agent.setBaseUrl('https://chat.example.com') */
  setBaseUrl(server: string): Promise<Agent>
  /** Who the server says that one is. Rejects with `AUTHENTICATION` when the token or the session is good no more. @example const { id } = await agent.verify() */
  verify(): Promise<{ id: string }>
  /**
   * Any action of the server's by its name, as `/openapi.json` has it, answered in the server's own words.
   * @example const { threads } = await agent.request('list_threads', { chat_id: chat })
   */
  request<T = unknown>(action: string, payload?: object): Promise<T>
  getCustomer(customer: string): Promise<Customer>
  /** The last pages that the customer saw and the last events that the site tracked, the newest first. */
  getCustomerActivity(customer: string): Promise<Activity[]>
}
