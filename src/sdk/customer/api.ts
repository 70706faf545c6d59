/** What the customer SDK can do, member by member. Unless said otherwise a member comes from chat.io Customer SDK 0.9. */
import type {
  Chat,
  ChatEvent,
  ChatsSummary,
  CustomerDetails,
  CustomerPage,
  EventName,
  Events,
  FileSource,
  History,
  NewEvent,
  Options,
  Page,
  Properties,
  PropertyNames,
  Rating,
  SentFile,
  StartedChat,
  StoredFile,
  Thread,
  ThreadsSummary,
  Timestamp,
  Token,
  User,
} from './types.ts'

/**
 * Every promise rejects with an `Error` whose `code` is stable: a refusal of the server by its type in capitals
 * (`VALIDATION`, `NOT_FOUND`, `TOO_MANY_REQUESTS`, …), or one of the SDK's own: `INVALID_ARGS` (with a `reason`, nothing
 * was sent), `CONNECTION_LOST` and `REQUEST_TIMEOUT` (the outcome is unknown), `NO_CONNECTION` (after `disconnect`),
 * `UNSUPPORTED` (the server is older, or the runtime has no WebSocket), `SDK_DESTROYED`.
 *
 * When the server will not have this page for good (`disconnected` tells why), every call rejects with that reason until
 * `connect`; what was sent has failed, and `retry` sends it again.
 *
 * Where a chat's id is asked for, the provisional id of a chat that is still being started will do.
 */
export interface CustomerSDK {
  readonly auth: {
    /**
     * The customer's access token, renewed when it is about to end. Calls at the same time share one request.
     * @example const { accessToken } = await sdk.auth.getToken()
     */
    getToken(options?: Options): Promise<Token>
    /** The same, got anew. @example await sdk.auth.getFreshToken() */
    getFreshToken(options?: Options): Promise<Token>
    /** Whether a token is there that is still good. From chat.io's successor. @example if (await sdk.auth.hasToken()) show() */
    hasToken(): Promise<boolean>
    /** The token that is there is not used any more: another takes its place. @example await sdk.auth.invalidate() */
    invalidate(options?: Options): Promise<void>
  }

  /**
   * The customer is somebody whom the page's own back end knows, as its identity token says. Who was anonymous stays the same
   * customer; otherwise another takes over, without a reload: `disconnected` (`identity_changed`), then `customer_id` and
   * `connected`. What was sent before has up to 5 s to arrive, and else fails with `IDENTITY_CHANGED`; it is shown again
   * when its own customer is back. Other tabs follow. Rejects with `AUTHENTICATION` when the token is refused. Porchlight's own.
   * An abort that comes before the token went out changes nothing.
   * @example await sdk.identify(await fetch('/chat-token').then((response) => response.text()))
   */
  identify(identityToken: string, options?: Options): Promise<void>

  /** The same under the name that it has in `@tegrabox/chat-sdk` (`setJwtToken`). @example await sdk.setToken(token) */
  setToken(identityToken: string, options?: Options): Promise<void>

  /**
   * Whom the token of now is of, as the server knows them, and until when it holds (Unix ms); it is renewed by itself. Rejects with
   * `AUTHENTICATION` when it is good no more. As in `@tegrabox/chat-sdk`.
   * @example const { user } = await sdk.verify()
   */
  verify(options?: Options): Promise<{ user: User; expiresAt: Timestamp }>

  /**
   * Another server from now on, where the customer is another: `disconnected` (`identity_changed`), then `connected`. As in
   * `@tegrabox/chat-sdk`.
   * @example await sdk.setBaseUrl('https://chat.example.com')
   */
  setBaseUrl(server: string, options?: Options): Promise<void>

  /**
   * The customer leaves this device, in all of its tabs: whoever comes next is a stranger. As with `identify`, what was sent
   * before has up to 5 s to arrive. With `getToken`, let your own sign-out come first. Porchlight's own.
   * @example await sdk.logout()
   */
  logout(options?: Options): Promise<void>

  /**
   * Listens; `'*'` hears everything, as `(name, data)`. Returns the way to stop (Porchlight's own).
   * @example sdk.on('new_event', ({ chat, event }) => show(chat, event))
   */
  on<N extends EventName>(name: N, listener: (data: Events[N]) => void): () => void
  on(name: '*', listener: (name: EventName, data: Events[EventName]) => void): () => void

  /** Stops listening. @example sdk.off('new_event', listener) */
  off<N extends EventName>(name: N, listener: (data: Events[N]) => void): void
  off(name: '*', listener: (name: EventName, data: Events[EventName]) => void): void

  /** Listens until it has heard once. From chat.io's successor. @example sdk.once('connected', () => show()) */
  once<N extends EventName>(name: N, listener: (data: Events[N]) => void): () => void
  once(name: '*', listener: (name: EventName, data: Events[EventName]) => void): () => void

  /**
   * Starts a chat, with at most 20 first events. Kept until the server has it, across reloads; rejects only for good.
   * The promise carries `provisionalId` (Porchlight's own), which other members take at once. `scope` may be given, and
   * means nothing: here a chat is for all agents.
   * @example const { id } = await sdk.startChat({ events: [{ type: 'message', text: 'Hi!' }] })
   */
  startChat(
    specification?: { events?: NewEvent[]; properties?: Properties; scope?: unknown },
    options?: Options,
  ): Promise<StartedChat> & { readonly provisionalId: string }

  /**
   * Sends a text. Resolves with the stored event; while offline it waits, across reloads, for up to 24 hours. A chat
   * whose thread is closed gets a new one.
   * @example await sdk.sendMessage(chat, { text: 'Where is my order?' })
   */
  sendMessage(chat: string, message: { text: string; customId?: string; properties?: Properties }, options?: Options): Promise<ChatEvent>

  /**
   * As `sendMessage`, for any type of event. The same `customId` again is the same event, never a second one; with other
   * content it rejects with `IDEMPOTENCY_MISMATCH`.
   * @example await sdk.sendEvent(chat, { type: 'custom', content: { product: 17 } })
   */
  sendEvent(chat: string, event: NewEvent, options?: Options): Promise<ChatEvent>

  /**
   * Uploads a file of at most 10 MiB (`INVALID_ARGS` above, before a byte is sent) and sends it as an event of type
   * `file`. While offline it waits; what is cut is tried again. `onProgress` hears numbers that rise from 0 to 1;
   * Node, which tells no more, has these two alone. `cancel` rejects the promise with `CANCELLED`, an abort of `signal` with
   * its own reason, and neither leaves anything on the server; once the event has gone out it is too late for both. Where the server
   * cannot say within 15 s whether it was, the promise rejects with `REQUEST_TIMEOUT`.
   * The same `customId` again is the same event. In React Native a file is `{ uri, type, name }`.
   * @example
   * const sending = sdk.sendFile(chat, { file }, { onProgress: (progress) => bar.value = progress })
   * stop.onclick = () => sending.cancel()
   * const { url } = await sending
   */
  sendFile(
    chat: string,
    data: { file: FileSource; customId?: string },
    options?: Options & { onProgress?: (progress: number) => void },
  ): Promise<SentFile> & { cancel(): void }

  /**
   * Uploads a file without sending it; an event of type `file` names it by its `fileId`, once, within 24 hours. From
   * chat.io's successor, with a promise that is cancelled like that of `sendFile`.
   * @example
   * const { fileId } = await sdk.uploadFile({ file })
   * await sdk.sendEvent(chat, { type: 'file', fileId })
   */
  uploadFile(
    data: { file: FileSource; onProgress?: (progress: number) => void },
    options?: Options,
  ): Promise<StoredFile> & { cancel(): void }

  /** Tries a failed send again, by its custom id, and resolves when that has begun. Porchlight's own. @example sdk.retry('order-question') */
  retry(customId: string): Promise<void>

  /** Gives up a send that failed or waits, by its custom id; its promise rejects with `DISCARDED`. Porchlight's own. @example sdk.discard('order-question') */
  discard(customId: string): void

  /**
   * Closes the active thread, after what was sent before. Rejects with `CHAT_INACTIVE` when there is none.
   * @example await sdk.closeThread(chat)
   */
  closeThread(chat: string, options?: Options): Promise<Done>

  /**
   * Shows agents what is being typed: at most one request in 2 s, the last text always goes out, the first 2000
   * characters of it, and only while the chat is active.
   * @example input.oninput = () => sdk.setSneakPeek(chat, input.value)
   */
  setSneakPeek(chat: string, text: string): void

  /**
   * Chats, the most recently active first; `limit` is 10, at most 25 (`INVALID_ARGS` above).
   * @example const { chatsSummary, totalChats } = await sdk.getChatsSummary({ offset: 0, limit: 10 })
   */
  getChatsSummary(page?: Page, options?: Options): Promise<ChatsSummary>

  /**
   * The chat's events, newest page first, each page oldest event first.
   * @example for await (const events of sdk.getChatHistory(chat)) prepend(events)
   */
  getChatHistory(chat: string, options?: Options): History

  /**
   * Threads by their ids (at most 100), with all of their events.
   * @example const [thread] = await sdk.getChatThreads(chat, ['OS0C0W0Z1B'])
   */
  getChatThreads(chat: string, threads: string[], options?: Options): Promise<Thread[]>

  /**
   * Threads without events, newest first; `limit` is 25, at most 1000 (`INVALID_ARGS` above).
   * @example const { threadsSummary, totalThreads } = await sdk.getChatThreadsSummary(chat, { limit: 100 })
   */
  getChatThreadsSummary(chat: string, page?: Page, options?: Options): Promise<ThreadsSummary>

  /**
   * Marks events as seen, up to the time (Unix ms) or, without one, up to the last. At most one request a second.
   * @example const { timestamp } = await sdk.updateLastSeenTimestamp(chat)
   */
  updateLastSeenTimestamp(chat: string, timestamp?: Timestamp, options?: Options): Promise<{ timestamp: Timestamp }>

  /**
   * Sets properties of a chat, by namespace and name; what is not named stays. At most 16 KB in all.
   * @example await sdk.updateChatProperties(chat, { shop: { basket: 3 } })
   */
  updateChatProperties(chat: string, properties: Properties, options?: Options): Promise<Done>

  /** Deletes properties of a chat. From chat.io's successor, as the four below. @example await sdk.deleteChatProperties(chat, { shop: ['basket'] }) */
  deleteChatProperties(chat: string, properties: PropertyNames, options?: Options): Promise<Done>

  /**
   * The same for a thread.
   * @example await sdk.updateChatThreadProperties(chat, thread, { shop: { order: 17 } })
   */
  updateChatThreadProperties(chat: string, thread: string, properties: Properties, options?: Options): Promise<Done>

  /** @example await sdk.deleteChatThreadProperties(chat, thread, { shop: ['order'] }) */
  deleteChatThreadProperties(chat: string, thread: string, properties: PropertyNames, options?: Options): Promise<Done>

  /** The same for an event of the customer's own. @example await sdk.updateEventProperties(chat, event.thread, event.id, { shop: { read: true } }) */
  updateEventProperties(chat: string, thread: string, event: string, properties: Properties, options?: Options): Promise<Done>

  /** @example await sdk.deleteEventProperties(chat, event.thread, event.id, { shop: ['read'] }) */
  deleteEventProperties(chat: string, thread: string, event: string, properties: PropertyNames, options?: Options): Promise<Done>

  /**
   * Comes into a group that can be joined; who is in it already stays. Rejects with `NOT_FOUND` for every other chat. As in
   * `@tegrabox/chat-sdk` (`joinRoom`).
   * @example await sdk.joinChat(room)
   */
  joinChat(chat: string, options?: Options): Promise<StartedChat>

  /** Leaves a direct or group chat. `destroyed`: nobody is left, and it is deleted. As in `@tegrabox/chat-sdk` (`leaveRoom`). @example await sdk.leaveChat(room) */
  leaveChat(chat: string, options?: Options): Promise<{ destroyed: boolean }>

  /**
   * The others in the chat hear `user_is_typing`, for 8 s unless it is said again. As in `@tegrabox/chat-sdk` (`startTyping`, `stopTyping`).
   * @example await sdk.setTyping(room, true)
   */
  setTyping(chat: string, typing: boolean, options?: Options): Promise<Done>

  /**
   * Rates the last thread of a chat, or rates it anew. Resolves with the rating.
   * @example await sdk.sendRating(chat, { value: 'good', comment: 'Agent helped me a lot!' })
   */
  sendRating(chat: string, rating: Rating, options?: Options): Promise<Rating>

  /**
   * Any action of the server's by its name, as `/openapi.json` has it, answered in the server's own words: for what this version of
   * the SDK has no member for. Nothing of it is kept when the connection fails. Porchlight's own.
   * @example const { agents } = await sdk.request('list_online_agents')
   */
  request<T = unknown>(action: string, payload?: object, options?: Options): Promise<T>

  /** Withdraws the rating of the last thread. From chat.io's successor. @example await sdk.cancelRate(chat) */
  cancelRate(chat: string, options?: Options): Promise<Done>

  /**
   * Says who the customer is; `fields` are merged by key, at most 100 of them.
   * @example await sdk.updateCustomer({ name: 'John Doe', fields: { basket: '10 USD' } })
   */
  updateCustomer(details: CustomerDetails, options?: Options): Promise<Done>

  /** Who the customer is, as the server knows it. From chat.io's successor. @example const { name } = await sdk.getCustomer() */
  getCustomer(options?: Options): Promise<User>

  /** Sets fields in the place of all that were there. From chat.io's successor. @example await sdk.setCustomerSessionFields({ basket: '10 USD' }) */
  setCustomerSessionFields(fields: Record<string, string>, options?: Options): Promise<Done>

  /**
   * Tells agents which page the customer is on; while there is no connection it is remembered and told by the next login.
   * From chat.io's successor.
   * @example await sdk.updateCustomerPage({ url: location.href, title: document.title })
   */
  updateCustomerPage(page: CustomerPage, options?: Options): Promise<Done>

  /**
   * One chat with one thread and its events: the one that is named (`NOT_FOUND` where there is none), or the last. From
   * chat.io's successor.
   * @example const { thread } = await sdk.getChat(chat)
   */
  getChat(chat: string, thread?: string, options?: Options): Promise<Chat>

  /**
   * Opens a thread in a chat that has no active one (`CONFLICT` where there is one). From chat.io's successor.
   * @example await sdk.resumeChat(chat, { events: [{ type: 'message', text: 'Hello again' }] })
   */
  resumeChat(chat: string, specification?: { events?: NewEvent[]; properties?: Properties }, options?: Options): Promise<StartedChat>

  /**
   * How the connection stands: `idle` before the first try, `opening`, `logging_in`, `live`, `waiting` for its next try, `closed` after
   * `disconnect` or a final refusal, `destroyed`. Porchlight's own.
   * @example if (sdk.state === 'waiting') showOffline()
   */
  readonly state: 'idle' | 'opening' | 'logging_in' | 'live' | 'waiting' | 'closed' | 'destroyed'

  /** Closes the connection; what is unsent stays and goes out after `connect`. @example sdk.disconnect() */
  disconnect(): void

  /** Connects, after `autoConnect: false` or `disconnect`. From chat.io's successor. @example sdk.connect() */
  connect(): void

  /** Ends everything: no event follows, every call rejects with `SDK_DESTROYED`. What is stored stays. @example sdk.destroy() */
  destroy(): void

  /**
   * All events as a stream of `[name, data]`; also under `Symbol.observable` where that is defined.
   * @example from(sdk).subscribe(([name, data]) => log(name, data))
   */
  '@@observable'(): Observable
  /** The same, where the symbol is defined when `init` runs. */
  [Symbol.observable](): Observable
}

declare global {
  /** As RxJS declares it, which asks for no more than this. */
  interface SymbolConstructor {
    readonly observable: symbol
  }
}

export interface Done {
  success: boolean
}

/** The common ground of stream libraries. */
export interface Observable {
  /** What it returns ends the subscription, called as it is or by its `unsubscribe`. */
  subscribe(observer: Observer | ((item: [EventName, Events[EventName]]) => void)): { (): void; unsubscribe(): void }
}

export interface Observer {
  next?(item: [EventName, Events[EventName]]): void
  complete?(): void
}
