/** What `porchlight/rich` adds to an instance, member by member. The source of all is `@poolse/sdk`. */
import type {
  Chat,
  ChatChanges,
  ChatHandle,
  ChatList,
  ChatUser,
  EventChanges,
  EventPage,
  FileSource,
  Instance,
  NewChat,
  NewMessage,
  Options,
  Presence,
  Reaction,
  RepliesPage,
  RichEvents,
  Role,
  Status,
  UploadedFile,
  UserProfile,
} from './types.ts'

/**
 * Every promise rejects as those of the instance do: with an `Error` whose `code` is stable, such as `VALIDATION`, `NOT_FOUND`,
 * `AUTHORIZATION`, `MESSAGE_DELETED`, `CONFLICT`, `TOO_MANY_REQUESTS`; with the signal's own reason where there is one.
 */
export interface Rich<E> {
  /** How the connection stands. `status_changed` tells of changes. @example badge.hidden = sdk.status === 'connected' */
  readonly status: Status

  /** One chat: the same handle for the same id. @example sdk.chat(id).on('presence', ({ users }) => show(users)) */
  chat(chat: string): ChatHandle

  /**
   * Makes a direct or group chat. Customers whom the host has not identified may not (`AUTHORIZATION`), nor any where the organization
   * says so.
   * @example const { id } = await sdk.createChat({ users: ['user-7', 'user-9'], name: 'Trip' })
   */
  createChat(chat: NewChat, options?: Options): Promise<Chat>

  /** Says something of a chat anew; what is not named stays. In a group its owner and admins may. @example await sdk.updateChat(id, { name: null }) */
  updateChat(chat: string, changes: ChatChanges, options?: Options): Promise<Chat>

  /** A list of the chats one is in (an agent: of all support chats too) that stays as it is on the server. @example sdk.chatList().subscribe(({ chats }) => render(chats)) */
  chatList(page?: { limit?: number }): ChatList

  /** Who is in the chat now, with their roles. @example const users = await sdk.listUsers(id) */
  listUsers(chat: string, options?: Options): Promise<ChatUser[]>

  /** Lets users in, by your own ids or ours. Who is there already stays as they are. @example await sdk.addUsers(id, ['user-3'], { history: true }) */
  addUsers(chat: string, users: string[], as?: { role?: Role; history?: boolean }, options?: Options): Promise<ChatUser[]>

  /** Puts a user out of the chat, or oneself. `destroyed`: nobody is left, and it is deleted. @example await sdk.removeUser(id, 'user-3') */
  removeUser(chat: string, user: string, options?: Options): Promise<{ destroyed: boolean }>

  /**
   * Sends a message: a reply, a quote, with mentions and up to ten files. While offline it waits, as every message does.
   * @example await sdk.sendMessage(id, { text: 'Yes', replyTo: event.id })
   */
  sendMessage(chat: string, message: NewMessage | string, options?: Options): Promise<E>

  /** The feed, newest first: without `before` (a seq) the newest. Replies are not in it. @example const { events } = await sdk.listEvents(id, { before: oldest.seq }) */
  listEvents(chat: string, page?: { before?: number; limit?: number }, options?: Options): Promise<EventPage<E>>

  /** Replies to an event, oldest first, 500 unless told otherwise. @example const { events } = await sdk.listReplies(id, event.id) */
  listReplies(chat: string, event: string, page?: { after?: number; limit?: number }, options?: Options): Promise<RepliesPage<E>>

  /** @example const event = await sdk.getEvent(id, eventId) */
  getEvent(chat: string, event: string, options?: Options): Promise<E>

  /** Edits an event of one's own. What was deleted rejects with `MESSAGE_DELETED`. @example await sdk.editEvent(id, event.id, { text: 'Better' }) */
  editEvent(chat: string, event: string, changes: EventChanges, options?: Options): Promise<E>

  /** Deletes an event of one's own: its place stays, and nothing of its content. @example await sdk.deleteEvent(id, event.id) */
  deleteEvent(chat: string, event: string, options?: Options): Promise<E>

  /** Reacts with one emoji; resolves with all reactions of the event. @example await sdk.addReaction(id, event.id, '👍') */
  addReaction(chat: string, event: string, emoji: string, options?: Options): Promise<Reaction[]>

  /** @example await sdk.removeReaction(id, event.id, '👍') */
  removeReaction(chat: string, event: string, emoji: string, options?: Options): Promise<Reaction[]>

  /** Marks everything up to an event (its id, or a seq) as read, or to the end. @example await sdk.markRead(id, event.id) */
  markRead(chat: string, to?: string | number, options?: Options): Promise<{ seq: number }>

  /** Who of the chat is there, and from now on `presence` tells of changes. @example const users = await sdk.getPresence(id) */
  getPresence(chat: string, options?: Options): Promise<Presence>

  /** Uploads a file ahead of its message. @example const { file_id } = await sdk.uploadAttachment(file, { onProgress }) */
  uploadAttachment(
    file: FileSource,
    how?: { name?: string; onProgress?: (progress: { loaded: number; total: number }) => void },
    options?: Options,
  ): Promise<UploadedFile>

  /** An address to which the bytes of a file can be `PUT` for 15 minutes. @example const { upload_url } = await sdk.requestUpload('photo.jpg') */
  requestUpload(name: string, options?: Options): Promise<{ file_id: string; upload_url: string; expires_at: string }>

  /** What is known of a file, with an address that holds for an hour. @example location.href = (await sdk.getAttachment(file)).url */
  getAttachment(file: string, options?: Options): Promise<UploadedFile>

  /** Deletes a file of one's own; a message that has it stays without. @example await sdk.deleteAttachment(file) */
  deleteAttachment(file: string, options?: Options): Promise<void>

  /** Who one is, as the server knows it. @example const { id } = await sdk.me() */
  me(options?: Options): Promise<{ id: string; name?: string; external_id?: string; [field: string]: unknown }>

  /** What your own application knows of users, by your own ids, asked of `userResolver` and kept. */
  readonly users: {
    /** Undefined before it was asked for. @example const profile = sdk.users.peek('user-7') */
    peek(user: string): UserProfile | null | undefined
    /** Null without a resolver. @example const profile = await sdk.users.get('user-7') */
    get(user: string): Promise<UserProfile | null>
    /** Calls back when what is known of the user changes. Returns the way to stop. @example sdk.users.subscribe('user-7', render) */
    subscribe(user: string, listener: () => void): () => void
    /** Forgets, so that the next `get` asks again. @example sdk.users.invalidate('user-7') */
    invalidate(user: string): void
    /** @example sdk.users.invalidateAll() */
    invalidateAll(): void
  }

  /** Listens to what the instance tells, and to `status_changed`, `chat_updated` and `presence`. @example sdk.on('chat_updated', ({ chat, preview }) => show(chat, preview)) */
  on<N extends keyof RichEvents>(name: N, listener: (data: RichEvents[N]) => void): () => void
  off<N extends keyof RichEvents>(name: N, listener: (data: RichEvents[N]) => void): void
  /** Listens until it has heard once. @example sdk.once('status_changed', (status) => show(status)) */
  once<N extends keyof RichEvents>(name: N, listener: (data: RichEvents[N]) => void): () => void
}

/** The instance with everything of both: what `rich` has of a name takes the place of the instance's own. */
export type RichSDK<S extends Instance, E> = Omit<S, keyof Rich<E>> & Rich<E> & Pick<S, Listening & keyof S>

/** What listens to both. */
type Listening = 'on' | 'off' | 'once'
