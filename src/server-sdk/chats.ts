/** Chats of the organization, and who is in them. */

import type { AddUsersParams, Chat, ChatKind, ChatStatus, CreateChatParams, UpdateChatParams } from './chat-types.ts'
import type { Client } from './client.ts'
import { type List, list, type NumberedList } from './lists.ts'
import type { ListParams, PageParams, RequestOptions } from './options.ts'

export interface ChatFilter {
  /** The chats of this user, by their activity, with what is unread to them; without one all of the organization, the newest first. */
  user_id?: string
  kind?: ChatKind
  status?: ChatStatus
}

/** `destroyed`: they were the last, and the chat is deleted. */
export interface Left {
  destroyed: boolean
}

export class Chats {
  readonly #client: Client

  /** @internal */
  constructor(client: Client) {
    this.#client = client
  }

  async #one(action: string, payload: object, write: boolean, options?: RequestOptions): Promise<Chat> {
    return (await this.#client.act<{ chat: Chat }>(action, payload, write, options)).chat
  }

  /**
   * Makes a chat among users, whom it makes if need be. It is open at once.
   *
   * Scope `chats:write`. Errors: `validation`, `entity_too_large`, `idempotency_mismatch`. From oichat (`rooms.create`) and tegrabox (`rooms.create`).
   *
   * @example
   * const chat = await porchlight.chats.create({ kind: 'group', name: 'Order #1234', users: ['user-123', 'agent-1'] })
   */
  create(params: CreateChatParams, options?: RequestOptions): Promise<Chat> {
    return this.#one('create_chat', params, true, options)
  }

  /** Scope `chats:read`. Errors: `not_found`. From oichat and tegrabox. */
  get(chat: string, options?: RequestOptions): Promise<Chat> {
    return this.#one('get_chat', { chat_id: chat }, false, options)
  }

  /**
   * A user's chats, or all. By cursor, or with `page` by number.
   *
   * Scope `chats:read`. Errors: `not_found` (no such user). From oichat and tegrabox.
   *
   * @example for await (const chat of porchlight.chats.list({ user_id: 'user-1' })) console.log(chat.name)
   */
  list(params: ChatFilter & PageParams, options?: RequestOptions): NumberedList<Chat>
  list(params?: ChatFilter & ListParams, options?: RequestOptions): List<Chat>
  list(params: ChatFilter & (ListParams | PageParams) = {}, options?: RequestOptions): List<Chat> | NumberedList<Chat> {
    return list(this.#client, 'list_chats', params, options)
  }

  /**
   * Says anew what it names, and leaves the rest; null takes away.
   *
   * Scope `chats:write`. Errors: `not_found`, `validation`, `entity_too_large`. From oichat and tegrabox.
   *
   * @example await porchlight.chats.update(chat.id, { avatar: 'https://shop.example/crew.png', user_limit: 20, settings: { theme: 'dark' } })
   */
  update(chat: string, params: UpdateChatParams, options?: RequestOptions): Promise<Chat> {
    return this.#one('update_chat', { chat_id: chat, ...params }, true, options)
  }

  /** Hidden from everyone at once, and gone for good after 30 days. Scope `chats:write`. Errors: `not_found`. From oichat and tegrabox. */
  async delete(chat: string, options?: RequestOptions): Promise<void> {
    await this.#client.act('delete_chat', { chat_id: chat }, true, options)
  }

  /**
   * Lets a user in; see `addUsers`.
   *
   * @example await porchlight.chats.addUser(chat.id, { user_id: 'user-3', role: 'admin' })
   */
  addUser(
    chat: string,
    { user_id, ...how }: { user_id: string } & Omit<AddUsersParams, 'user_ids'>,
    options?: RequestOptions,
  ): Promise<Chat> {
    return this.addUsers(chat, { user_ids: [user_id], ...how }, options)
  }

  /**
   * Lets users in, whom it makes if need be. Who is there already stays as they are.
   *
   * Scope `chats:write`. Errors: `not_found`, `conflict` (a direct chat has its two users; a chat has its `user_limit` at most, or 500).
   * From oichat.
   */
  addUsers(chat: string, params: AddUsersParams, options?: RequestOptions): Promise<Chat> {
    return this.#one('add_users_to_chat', { chat_id: chat, ...params }, true, options)
  }

  /** Puts a user out. Scope `chats:write`. Errors: `not_found` (also: nobody in the chat). From oichat. */
  removeUser(chat: string, user: string, options?: RequestOptions): Promise<Left> {
    return this.#client.act('remove_user_from_chat', { chat_id: chat, user_id: user }, true, options)
  }

  /** The user comes in by themselves. Scope `chats:write`. Errors: `not_found`, `conflict`. From tegrabox. */
  join(chat: string, { user_id }: { user_id: string }, options?: RequestOptions): Promise<Chat> {
    return this.#one('join_chat', { chat_id: chat, user_id }, true, options)
  }

  /**
   * The user goes. The last one out of a direct or group chat deletes it: a message that is under way is either before that, or gets
   * `not_found`.
   *
   * Scope `chats:write`. Errors: `not_found`. From oichat and tegrabox.
   *
   * @example const { destroyed } = await porchlight.chats.leave(chat.id, { user_id: 'user-1' })
   */
  leave(chat: string, { user_id }: { user_id: string }, options?: RequestOptions): Promise<Left> {
    return this.#client.act('leave_chat', { chat_id: chat, user_id }, true, options)
  }
}
