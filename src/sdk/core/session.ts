/** What customer and agent share: one connection, the copy of the logs, the outbox, and what faces see of them. */
import type { RequestOf, ResponseOf } from '../../protocol/actions.ts'
import type { Chat } from '../../protocol/chats.ts'
import type { Event } from '../../protocol/events.ts'
import type { LogPush, UserPush } from '../../protocol/pushes.ts'
import type { HeldChat } from '../../protocol/session.ts'
import { createEmitter, type Emitter } from '../kit/emitter.ts'
import type { Environment } from '../kit/environment.ts'
import { type Connection, type ConnectionState, createConnection } from '../wire/connection.ts'
import { failed } from '../wire/failure.ts'
import type { Ask } from './ask.ts'
import { createChatList, type OwnChatList } from './chat-list.ts'
import { provisionalChat } from './chats.ts'
import { createConversation, type OwnConversation } from './conversation.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import type { Pace } from './pace.ts'
import { createReceipts } from './receipts.ts'
import { createReplica, type Replica } from './replica.ts'
import { statusOf } from './status.ts'
import { createTyping, type TypingBoard } from './typing.ts'
import { createUserLog } from './user-log.ts'
import { createView } from './view.ts'
import type { ConnectionView, Conversation } from './views.ts'

/** What both kinds of login answer. */
export interface Welcome {
  readonly features: readonly string[]
  readonly epoch: string
  readonly user_seq: number
  readonly chats: readonly HeldChat[]
}

export interface SessionOptions<W extends Welcome> {
  readonly environment: Environment
  /** The socket's address. */
  readonly url: string
  /** Where the outbox is stored, and what its lock and its channel are called. */
  readonly key: string
  /** What `login` says besides what is held; `fresh` when the last token was refused. */
  login(fresh: boolean): Promise<object>
  /** The reader's id; empty until it is known. */
  me(): string
  /** Heard before anything else of the new link. */
  onWelcome(welcome: W): void
  /** How many chats a page of the list has. */
  readonly pageSize: number
}

export interface SessionEvents {
  /** An entry came up in a chat's log. `answered`: it is one's own, and a promise tells of it. */
  entry: { readonly chat: Chat; readonly entry: LogPush; readonly answered: boolean }
  user: UserPush
  typing: { readonly chat_id: string; readonly user_id: string; readonly typing: boolean }
  /** What a customer has typed and not sent, and pushes that are not known here. */
  push: { readonly action: string; readonly payload: never }
  /** Something was said in the chat, and is on its way. */
  accepted: string
  state: ConnectionState
  /** Why the server ended the link or let nobody in. */
  reason: string
  /** After each login, when the first page of chats is there. */
  ready: ResponseOf<'list_chats'>
}

export interface Session {
  readonly events: Emitter<SessionEvents>
  readonly connection: Connection
  readonly replica: Replica
  readonly outbox: Outbox
  readonly typing: TypingBoard
  readonly receipts: Pace<Omit<RequestOf<'mark_events_as_seen'>, 'chat_id'>, ResponseOf<'mark_events_as_seen'>>
  readonly status: ConnectionView
  readonly chats: OwnChatList
  readonly ask: Ask
  conversation(chat: string): Conversation
  /** Another list of the same chats, such as only the active ones. */
  list(filters?: { readonly active?: boolean }): OwnChatList
  destroy(): void
}

/** A request that the server may grant later is made again after this. */
const RETRY_MS = 2_000

export function createSession<W extends Welcome>(options: SessionOptions<W>): Session {
  const { environment, me } = options
  const { clock } = environment
  const events = createEmitter<SessionEvents>()
  const conversations = new Map<string, OwnConversation>()
  const lists: OwnChatList[] = []
  const live = () => connection.state === 'live'

  const ask: Ask = (action, payload, take) =>
    connection.request(action, payload, (answer: ResponseOf<typeof action>) => {
      absorb(answer as Answer)
      take?.(answer)
    }) as Promise<ResponseOf<typeof action>>

  const touch = (chat: string) => {
    conversations.get(chat)?.touch()
    conversations.get(outbox.real(chat))?.touch()
  }
  const changed = (chat: string) => {
    touch(chat)
    for (const list of lists) list.touch()
  }

  const replica = createReplica({ ask, clock, me, live, onChange: changed, onEntry: applied })
  const outbox = createOutbox({
    environment,
    key: options.key,
    ask,
    live,
    onChange: changed,
    onAccept: (chat) => events.emit('accepted', chat),
    onStarted: started,
  })
  const receipts = createReceipts(clock, ask)
  const userLog = createUserLog(ask, (entry) => {
    if (entry.action === 'user_chat_added') replica.want(entry.payload.chat_id)
    if (entry.action === 'user_chat_removed') replica.drop(entry.payload.chat_id)
    events.emit('user', entry)
  })
  const typing = createTyping(clock, (chat_id, user_id, on) => {
    events.emit('typing', { chat_id, user_id, typing: on })
    touch(chat_id)
  })

  /** LOG6: an answer stands where its pushes would stand, and counts as they would. */
  function absorb({ entries = [], event, chat_id = '', thread_id = '', seq = 0, chat }: Answer) {
    const all = event
      ? [...entries, { action: 'incoming_event', payload: { chat_id, thread_id, seq, created_at: event.created_at, event } }]
      : [...entries]
    all.sort((a, b) => a.payload.seq - b.payload.seq)
    for (const entry of all) heard(entry.action, entry.payload)
    if (chat && !replica.get(chat.id)) replica.learn(chat)
  }

  function heard(action: string, payload: { readonly seq?: number; readonly user_seq?: number }) {
    if (payload.seq !== undefined) replica.take({ action, payload } as LogPush)
    else if (payload.user_seq !== undefined) userLog.take({ action, payload } as UserPush)
    else if (action === 'incoming_typing_indicator') typing.indicated(payload as never)
    else {
      if (action === 'incoming_sneak_peek') typing.peeked(payload as never)
      events.emit('push', { action, payload: payload as never })
    }
  }

  function applied(chat: Chat, entry: LogPush) {
    const event = entry.action === 'incoming_event' ? entry.payload.event : null
    if (event) typing.ended(chat.id, event.author_id)
    if (entry.action === 'chat_deactivated') typing.ended(chat.id)
    events.emit('entry', { chat, entry, answered: event?.author_id === me() && outbox.appeared(chat, event) })
  }

  function started(provisional: string, id: string) {
    const conversation = conversations.get(provisional)
    if (conversation && !conversations.has(id)) conversations.set(id, conversation)
    changed(provisional)
  }

  /** Whether there was a try before this one. */
  let again = false
  const status = createView(() => statusOf(connection.state, again))

  const connection = createConnection<W>({
    environment,
    url: options.url,
    login: async (fresh) => ({ ...(await options.login(fresh)), ...replica.held(), ...userLog.held() }),
    onWelcome(welcome) {
      options.onWelcome(welcome)
      replica.welcome(welcome.epoch, welcome.chats)
      userLog.welcome(welcome.user_seq)
      outbox.drain()
      for (const list of lists) refresh(list)
    },
    onPush: heard,
    onState(state) {
      again = state !== 'closed' && (again || state === 'live' || state === 'waiting')
      status.touch()
      events.emit('state', state)
    },
    onReason: (reason) => events.emit('reason', reason),
  })

  /** A link that is lost meanwhile begins again with its next login. */
  function refresh(list: OwnChatList) {
    list.refresh().then(
      (page) => list === chats && events.emit('ready', page),
      () => clock.after(RETRY_MS, () => live() && refresh(list)),
    )
  }

  const starting = () => outbox.entries.flatMap((entry) => (entry.action === 'start_chat' ? [provisionalChat(entry.chat, entry.at)] : []))

  const list: Session['list'] = (filters) => {
    const made = createChatList({ ask, replica, limit: options.pageSize, starting, ...(filters && { filters }) })
    lists.push(made)
    if (live()) refresh(made)
    return made
  }
  const chats = list()

  return {
    events,
    connection,
    replica,
    outbox,
    typing,
    receipts,
    status,
    chats,
    ask,
    list,
    conversation(chat) {
      const known = conversations.get(chat) ?? conversations.get(outbox.real(chat))
      if (known) return known
      const made = createConversation(chat, { environment, ask, replica, outbox, typing, receipts, me })
      conversations.set(chat, made)
      return made
    },
    destroy() {
      connection.destroy()
      outbox.destroy(failed('SDK_DESTROYED', 'unable to go on; the SDK was destroyed', 'validation'))
      events.clear()
    },
  }
}

/** The parts of an answer that tell something of logs. */
interface Answer {
  readonly entries?: readonly { readonly action: string; readonly payload: { readonly seq: number } }[]
  readonly event?: Event
  readonly chat_id?: string
  readonly thread_id?: string
  readonly seq?: number
  readonly chat?: Chat
}
