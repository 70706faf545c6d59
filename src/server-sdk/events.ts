/** Events of a chat: messages, files, what the system says, and what is your own. */

import type { EditEventParams, Event, SendEventParams, SentEvent } from './chat-types.ts'
import type { Client } from './client.ts'
import { type List, list, type NumberedList } from './lists.ts'
import type { ListParams, PageParams, RequestOptions } from './options.ts'

const SYSTEM = 'system'
/** What they are called once they are stored. */
const STORED = { text: 'message', system: 'system_message', image: 'file', file: 'file', custom: 'custom' } as const

export interface EventOrder {
  /** The oldest first, or unless told otherwise the newest. */
  order?: 'asc' | 'desc'
}

export class Events {
  readonly #client: Client

  /** @internal */
  constructor(client: Client) {
    this.#client = client
  }

  /**
   * Sends in a user's name, a bot's, or as `system`. Into a resolved chat it opens a new thread.
   *
   * Scope `events:write`. Errors: `not_found` (also: the event it replies to or quotes, a file, or a user it names), `missing_access`
   * (the user is not in the chat), `conflict` (a file is in another event), `validation`, `entity_too_large`, `idempotency_mismatch`.
   * From oichat (`messages.send`) and tegrabox (`messages.create`).
   *
   * @example await porchlight.events.send(chat.id, { user_id: 'system', type: 'system', text: 'Your order has been confirmed.' })
   */
  send(chat: string, params: SendEventParams, options?: RequestOptions): Promise<SentEvent> {
    const { user_id, type, ...event } = params
    const author = user_id === undefined || user_id === SYSTEM ? {} : { user_id }
    return this.#client.act('send_event', { chat_id: chat, ...author, event: { type: STORED[type], ...event } }, true, options)
  }

  /**
   * The newest first unless `order` says otherwise; private notes and replies are among them.
   *
   * Scope `events:read`. Errors: `not_found`. From tegrabox.
   *
   * @example for await (const event of porchlight.events.list(chat.id, { order: 'asc' })) console.log(event.text)
   */
  list(chat: string, params: EventOrder & PageParams, options?: RequestOptions): NumberedList<Event>
  list(chat: string, params?: EventOrder & ListParams, options?: RequestOptions): List<Event>
  list(chat: string, params: EventOrder & (ListParams | PageParams) = {}, options?: RequestOptions): List<Event> | NumberedList<Event> {
    return list(this.#client, 'list_events', Object.assign({ chat_id: chat }, params), options)
  }

  /** Scope `events:read`. Errors: `not_found`. */
  async get(chat: string, event: string, options?: RequestOptions): Promise<Event> {
    return (await this.#client.act<{ event: Event }>('get_event', { chat_id: chat, event_id: event }, false, options)).event
  }

  /** Everyone in the chat sees it change. Scope `events:write`. Errors: `not_found`, `message_deleted`, `validation`. */
  async edit(chat: string, event: string, params: EditEventParams, options?: RequestOptions): Promise<Event> {
    return (await this.#client.act<{ event: Event }>('edit_event', { chat_id: chat, event_id: event, ...params }, true, options)).event
  }

  /** Its place stays, and nothing of its content. Scope `events:write`. Errors: `not_found`, `message_deleted`. From tegrabox. */
  async delete(chat: string, event: string, options?: RequestOptions): Promise<Event> {
    return (await this.#client.act<{ event: Event }>('delete_event', { chat_id: chat, event_id: event }, true, options)).event
  }
}
