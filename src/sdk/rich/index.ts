/** The door `porchlight/rich`: a customer's or an agent's instance with everything that chats among users have besides. */
import { createEmitter, type Emitter } from '../kit/emitter.ts'
import { observable } from '../kit/observable.ts'
import type { RichSDK } from './api.ts'
import { createChatList, type OwnChatList } from './chat-list.ts'
import { createChats } from './chats.ts'
import { createEvents } from './events.ts'
import { createFiles } from './files.ts'
import { createGround, type Ground } from './ground.ts'
import { createHandles } from './handles.ts'
import { createNews } from './news.ts'
import { createPresence } from './presence.ts'
import { createStatus } from './status.ts'
import type { EventOf, Instance, RichEvents, RichOptions } from './types.ts'
import { createUsers } from './users.ts'

export type { Rich, RichSDK } from './api.ts'
export type {
  Agent,
  Chat,
  ChatChanges,
  ChatDetails,
  ChatEvent,
  ChatHandle,
  ChatKind,
  ChatList,
  ChatListState,
  ChatUpdate,
  ChatUser,
  Customer,
  Event,
  EventChanges,
  EventOf,
  EventPage,
  FileSource,
  Instance,
  Membership,
  NewChat,
  NewMessage,
  Online,
  Options,
  Presence,
  Properties,
  QuotedEvent,
  Reaction,
  Replies,
  RepliesPage,
  RichEvents,
  RichOptions,
  Role,
  Status,
  UploadedFile,
  UserProfile,
  UserResolver,
  Visibility,
} from './types.ts'

const CHATS_PER_PAGE = 25

/**
 * Extends an instance: the same members, and those of `Rich`. The instance itself stays as it was, and may be used beside it.
 * @example
 * const sdk = rich(init({ license: 1, clientId: 'demo', server, getToken }), { userResolver: (id) => people.get(id) })
 * const { id } = await sdk.createChat({ users: ['user-7'] })
 */
export function rich<S extends Instance>(sdk: S, options: RichOptions = {}): RichSDK<S, EventOf<S>> {
  const events = createEmitter<RichEvents>()
  const ground = createGround(sdk as Ground['sdk'], events.emit)
  const status = createStatus(ground)
  const presence = createPresence(ground)
  const lists = new Set<OwnChatList>()
  const news = createNews(ground, { presence, status, lists, pass: events.emit as (name: string, data: unknown) => void })
  const stop = sdk.on('*', news.hear)
  const looking =
    (name: 'connect' | 'disconnect' | 'destroy') =>
    (...given: unknown[]) => {
      const done: unknown = (sdk[name] as (...given: unknown[]) => unknown)(...given)
      status.look()
      return done
    }
  const extended = {
    get status() {
      return status.now
    },
    ...createChats(ground),
    ...createEvents(ground),
    ...createFiles(ground),
    sendMessage: news.sending(createEvents(ground).sendMessage),
    getPresence: presence.getPresence,
    users: createUsers(options.userResolver),
    chat: createHandles(events as Emitter<object>, presence.of),
    chatList({ limit = CHATS_PER_PAGE } = {}) {
      const list = createChatList(ground, limit, (closed) => lists.delete(closed))
      lists.add(list)
      return list
    },
    async me(how?: object) {
      const { sdk: either } = ground
      return either.startChat ? either.getCustomer?.(how) : either.me
    },
    on: events.on,
    off: events.off,
    once(name: keyof RichEvents, listener: (data: never) => void) {
      const once = events.on(name, (data) => {
        once()
        listener(data as never)
      })
      return once
    },
    ...observable((listener) => events.on('*', listener)),
    connect: looking('connect'),
    disconnect: looking('disconnect'),
    destroy() {
      looking('destroy')()
      stop()
      events.clear()
    },
  }
  return Object.create(sdk, Object.getOwnPropertyDescriptors(extended))
}
