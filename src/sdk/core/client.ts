/** What customer and agent share beneath their faces: one connection, the copy of the logs, the outbox, and word of all that happens. */
import type { ResponseOf } from '../../protocol/actions.ts'
import type { Chat } from '../../protocol/chats.ts'
import type { Event } from '../../protocol/events.ts'
import type { LogPush, PushPayload } from '../../protocol/pushes.ts'
import type { HeldChat } from '../../protocol/session.ts'
import { createEmitter, type Emitter } from '../kit/emitter.ts'
import { type Connection, type ConnectionState, createConnection, type Patience } from '../wire/connection.ts'
import { destroyed, type Failure } from '../wire/failure.ts'
import type { Ask } from './ask.ts'
import type { Context } from './context.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import type { Outcome } from './outbox-entry.ts'
import { createReplica, type Fold, type Replica } from './replica.ts'
import { createTyping } from './typing.ts'

/** What both kinds of login answer. */
export interface Welcome {
  readonly features: readonly string[]
  readonly epoch: string
  readonly user_seq: number
  readonly chats: readonly HeldChat[]
}

export interface ClientOptions<W extends Welcome = Welcome> extends Pick<Context, 'environment' | 'key' | 'me' | 'goesBy'>, Patience {
  /** The socket's address. */
  readonly url: string
  /** What `login` says besides what is held; `fresh` when the last token was refused. */
  login(fresh: boolean): Promise<object>
  /** Heard before anything else of the new link. */
  onWelcome?(welcome: W): void
  /** How many chats a page of the list has. */
  readonly pageSize: number
  /** How much of the chats' summaries is kept up to date. */
  readonly fold: Fold
}

export interface ClientEvents {
  /** An entry came up in a chat's log. `answered`: it is one's own, and a promise tells of it. */
  entry: { readonly chat: Chat; readonly entry: LogPush; readonly answered: boolean }
  typing: { readonly chat_id: string; readonly user_id: string; readonly typing: boolean }
  /** An entry of the reader's own log, what is gone when it is said, and pushes that are not known here. */
  push: { readonly action: string; readonly payload: never }
  /** The server has something that was said, whether the log has told of it or not. */
  landed: Outcome
  /** Something was said in the chat, and is on its way. */
  accepted: string
  /** A provisional chat has become a real one. */
  started: { readonly provisional: string; readonly id: string }
  state: ConnectionState
  /** Why the server ended the link or let nobody in. */
  reason: string
  /** After each login, when the first page of chats is there. */
  ready: ResponseOf<'list_chats'>
  /** Something about the chat is not what it was. */
  change: string
  /** What is held of the chat's log begins anew. */
  restart: string
  /** Nothing is held of the chat any more. */
  drop: { readonly id: string; readonly lost: boolean }
}

export interface Client {
  readonly events: Emitter<ClientEvents>
  readonly connection: Connection
  readonly replica: Replica
  readonly outbox: Outbox
  readonly ask: Ask
  destroy(failure?: Failure): void
}

/** What may come by itself, or be granted later, is asked for after this. */
const PATIENCE_MS = 2_000

export function createClient<W extends Welcome>(options: ClientOptions<W>): Client {
  const { environment, me } = options
  const { clock } = environment
  const events = createEmitter<ClientEvents>()
  const { emit } = events
  const live = () => connection.state === 'live'

  const ask: Ask = (action, payload, take, hold) =>
    connection.request(
      action,
      payload,
      (answer: ResponseOf<typeof action>) => {
        absorb(answer as Answer)
        take?.(answer)
      },
      hold,
    ) as Promise<ResponseOf<typeof action>>

  const context: Context = { ...options, ask, emit, live, decided: () => live() || connection.refused }
  const replica = createReplica(context, options.fold, applied)
  const outbox = createOutbox(context)
  const typing = createTyping(context)

  /** LOG6: an answer stands where its pushes would stand, and counts as they would. */
  function absorb(answer: Answer) {
    const { entries = [], event, seq, chat } = answer
    const all = event && seq ? [...entries, { action: 'incoming_event', payload: answer }] : [...entries]
    all.sort((a, b) => (a.payload.seq ?? 0) - (b.payload.seq ?? 0)).forEach(heard)
    if (chat && !replica.get(chat.id)) replica.learn(chat)
  }

  /** What is said twice does no harm. */
  function heard(push: { readonly action: string; readonly payload: { readonly seq?: number } }) {
    const { action, payload } = push
    if (payload.seq) return replica.take(push as LogPush)
    const { chat_id, typing_indicator: who } = payload as PushPayload<'incoming_typing_indicator'>
    if (who) return typing(chat_id, who.author_id, who.is_typing)
    // The chat's own entries come with the word of it mostly, and tell more.
    if (action === 'user_chat_added') clock.after(PATIENCE_MS, () => void (live() && replica.want(chat_id)))
    if (action === 'user_chat_removed') replica.drop(chat_id)
    emit('push', push as never)
  }

  function applied(chat: Chat, entry: LogPush) {
    const event = entry.action === 'incoming_event' ? entry.payload.event : null
    if (event?.author_id) typing(chat.id, event.author_id, false)
    emit('entry', { chat, entry, answered: event?.author_id === me() && outbox.appeared(chat, event) })
  }

  const connection = createConnection<W>({
    ...options,
    login: async (fresh) => ({ ...(await options.login(fresh)), ...replica.held() }),
    onWelcome(welcome) {
      options.onWelcome?.(welcome)
      replica.welcome(welcome.epoch, welcome.chats)
      outbox.drain()
      list()
    },
    onPush: heard,
    onState: (state) => emit('state', state),
    onReason(reason) {
      emit('reason', reason)
      outbox.drain()
    },
  })

  /** A link that is lost meanwhile begins again with its next login. */
  const list = () =>
    void ask('list_chats', { limit: options.pageSize }, ({ chats_summary }) => chats_summary.forEach(replica.learn)).then(
      (page) => emit('ready', page),
      () => clock.after(PATIENCE_MS, () => live() && list()),
    )

  return {
    events,
    connection,
    replica,
    outbox,
    ask,
    destroy(failure = destroyed()) {
      connection.destroy(failure)
      outbox.destroy(failure)
      events.clear()
    },
  }
}

/** The parts of an answer that tell something of logs. */
interface Answer {
  readonly seq?: number
  readonly entries?: readonly { readonly action: string; readonly payload: { readonly seq?: number } }[]
  readonly event?: Event
  readonly chat?: Chat
}
