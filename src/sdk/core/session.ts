/** A client with what faces see of it: conversations, lists of chats, and the state of the connection. */
import { createChatList, type OwnChatList } from './chat-list.ts'
import { provisionalChat } from './chats.ts'
import { type Client, type ClientOptions, createClient, type Welcome } from './client.ts'
import { createConversation, type OwnConversation } from './conversation.ts'
import type { Amend } from './lines.ts'
import { createRetry } from './outbox-retry.ts'
import { createReceipts } from './receipts.ts'
import { statusOf } from './status.ts'
import { createTimelines } from './timeline.ts'
import type { Typists } from './typists.ts'
import { createUserLog } from './user-log.ts'
import { createView } from './view.ts'
import type { ConnectionView, Conversation } from './views.ts'
import { createWindows, type Windows } from './windows.ts'

export interface Session extends Client {
  readonly status: ConnectionView
  readonly chats: OwnChatList
  readonly windows: Windows
  conversation(chat: string): Conversation
  /** Another list of the same chats, such as only the active ones. */
  list(filters: { readonly active: boolean }): OwnChatList
}

export type SessionOptions<W extends Welcome = Welcome> = ClientOptions<W> & {
  /** What entries do to events that are shown. */
  readonly amend: Amend
  /** Who is typing, with or without what: customers are shown no unsent text, and carry nothing for it. */
  typists(client: Client): Typists
}

export function createSession<W extends Welcome>(options: SessionOptions<W>): Session {
  const client = createClient<W>({
    ...options,
    login: async (fresh) => ({ ...(await options.login(fresh)), ...userLog.held() }),
    onWelcome(welcome) {
      options.onWelcome?.(welcome)
      userLog.welcome(welcome.user_seq)
    },
  })
  const userLog = createUserLog(client)
  const { connection, events, outbox, replica } = client
  const windows = createWindows(client, options.me, options.environment.clock, options.amend)
  const timelineOf = createTimelines(client, windows, options.me)
  const typists = options.typists(client)
  const receipts = createReceipts(client, options.environment.clock)
  const retry = createRetry(outbox, options.environment.clock)
  const conversations = new Map<string, OwnConversation>()
  const lists: OwnChatList[] = []

  /** Whether there was a try before this one. */
  let again = false
  const status = createView(() => statusOf(connection.state, again))
  events.on('state', (state) => {
    again = state !== 'closed' && (again || state === 'live' || state === 'waiting')
    status.touch()
  })

  const starting = () => outbox.entries.flatMap(({ start, chat, at }) => (start ? [provisionalChat(chat, at)] : []))
  const list = (filters?: { readonly active: boolean }) => {
    const made = createChatList({ client, limit: options.pageSize, starting, ...(filters && { filters }) })
    lists.push(made)
    return made
  }

  const touch = (chat: string) => {
    conversations.get(chat)?.touch()
    conversations.get(outbox.real(chat))?.touch()
    for (const made of lists) made.touch()
  }
  events.on('change', (chat) => {
    const { kind, users = [] } = replica.get(chat)?.chat ?? {}
    // MEM5: where one has left nothing comes any more, not even that one is in it again.
    if (kind && kind !== 'support' && !users.some(({ id, present }) => present && id === options.me())) replica.drop(chat, true)
    else touch(chat)
  })
  // What another tab got through says that the server is back.
  events.on('landed', () => connection.state === 'waiting' && connection.connect())
  events.on('entry', ({ chat, entry: { action, payload } }) => {
    if (action !== 'events_marked_as_seen') return
    const { user_id, seen_seq } = payload
    // SEE6: how many are left after one's own mark in the middle only the server can tell; and who it is that has not been in the chat.
    const partial = user_id === options.me() && seen_seq < (chat.last_event?.seq ?? 0)
    if (partial || !chat.users.some(({ id }) => id === user_id)) replica.want(chat.id, true)
  })
  events.on('started', ({ provisional, id }) => {
    const conversation = conversations.get(provisional)
    if (conversation && !conversations.has(id)) conversations.set(id, conversation)
    touch(provisional)
  })

  return {
    ...client,
    windows,
    status,
    chats: list(),
    list,
    conversation(chat) {
      const known = conversations.get(chat) ?? conversations.get(outbox.real(chat))
      const conversation =
        known ??
        createConversation(chat, {
          client,
          receipts,
          retry,
          windows,
          typists,
          me: options.me,
          timeline: timelineOf(() => outbox.real(chat)),
        })
      conversations.set(chat, conversation)
      return conversation
    },
  }
}
