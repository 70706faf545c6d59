/** Users of the organization. Each is named by your own id of them, or by ours. */
import type { Client } from './client.ts'
import { type List, list, type NumberedList } from './lists.ts'
import type { ListParams, PageParams, RequestOptions } from './options.ts'
import type { CreateTokenParams, CreateUserParams, Erased, Token, UpdateUserParams, User } from './types.ts'

export interface UserFilter {
  /** `customer` unless told otherwise. */
  type?: User['type']
  /** Visitors whom you have not vouched for as well. */
  anonymous?: boolean
}

export class Users {
  readonly #client: Client

  /** @internal */
  constructor(client: Client) {
    this.#client = client
  }

  async #one(action: string, payload: object, write: boolean, options?: RequestOptions): Promise<User> {
    return (await this.#client.act<{ user: User }>(action, payload, write, options)).user
  }

  /**
   * Makes a user. The same `external_id` again is the same user: fields that were empty are filled, and one that says something
   * else is a conflict.
   *
   * Scope `users:write`. Errors: `validation`, `conflict` (also: the username is another user's). From tegrabox.
   *
   * @example const user = await porchlight.users.create({ external_id: 'user_12345', username: 'johndoe', display_name: 'John Doe' })
   */
  create(params: CreateUserParams, options?: RequestOptions): Promise<User> {
    return this.#one('create_user', params, true, options)
  }

  /** Scope `users:read`. Errors: `not_found`. From tegrabox. */
  get(user: string, options?: RequestOptions): Promise<User> {
    return this.#one('get_user', { user_id: user }, false, options)
  }

  /**
   * The newest first. By cursor, or with `page` by number.
   *
   * Scope `users:read`. From tegrabox.
   *
   * @example const { items, total } = await porchlight.users.list({ page: 1, limit: 50 })
   */
  list(params: UserFilter & PageParams, options?: RequestOptions): NumberedList<User>
  list(params?: UserFilter & ListParams, options?: RequestOptions): List<User>
  list(params: UserFilter & (ListParams | PageParams) = {}, options?: RequestOptions): List<User> | NumberedList<User> {
    return list(this.#client, 'list_users', params, options)
  }

  /**
   * Sets what it names; null takes away. Suspending signs the user out everywhere.
   *
   * Scope `users:write`. Errors: `not_found`, `validation`, `conflict`. From tegrabox.
   */
  update(user: string, params: UpdateUserParams, options?: RequestOptions): Promise<User> {
    return this.#one('update_user', { user_id: user, ...params }, true, options)
  }

  /**
   * Erases the user: profile, sessions, and their places in chats; of a customer also activity, unsent files, the content of what they
   * wrote and the properties that they were the last to set. The chats stay for the others, with places where something was.
   *
   * Scope `users:write`. Errors: `not_found`. From tegrabox.
   *
   * @returns what is gone and what stays
   */
  delete(user: string, options?: RequestOptions): Promise<Erased> {
    return this.#client.act('delete_user', { user_id: user }, true, options)
  }

  /**
   * A token for a user who is there, in the role that they have, good for 24 h unless told otherwise.
   *
   * Scope `auth`. Errors: `not_found`, `authorization` (suspended), `conflict` (another role). From tegrabox.
   *
   * @param user your id of them, or ours
   * @example const { token } = await porchlight.users.generateToken(user.id)
   */
  generateToken(user: string, params: Omit<CreateTokenParams, 'user_id'> = {}, options?: RequestOptions): Promise<Token> {
    return this.#client.act('create_token', { ...params, user_id: user, existing: true }, true, options)
  }
}
