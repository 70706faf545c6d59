/** Webhooks: where you are told what happens in chats, and what became of what was sent there. */
import type { Client } from './client.ts'
import { type List, list, type NumberedList } from './lists.ts'
import type {
  ListParams,
  PageParams,
  RegisteredWebhook,
  RegisterWebhookParams,
  RequestOptions,
  UpdateWebhookParams,
  Webhook,
  WebhookDelivery,
} from './types.ts'

export interface DeliveryFilter {
  status?: WebhookDelivery['status']
}

export class Webhooks {
  readonly #client: Client

  /** @internal */
  constructor(client: Client) {
    this.#client = client
  }

  /**
   * From now on the address is told what happens, in order per chat and at least once. The secret is shown this once.
   *
   * Scope `webhooks`. Errors: `validation` (the address is not public), `conflict` (there are 20).
   *
   * @example const { webhook, secret } = await porchlight.webhooks.register({ url: 'https://shop.example.com/porchlight' })
   */
  register(params: RegisterWebhookParams, options?: RequestOptions): Promise<RegisteredWebhook> {
    return this.#client.act('register_webhook', params, true, options)
  }

  /** The oldest first. Scope `webhooks`. */
  list(params: PageParams, options?: RequestOptions): NumberedList<Webhook>
  list(params?: ListParams, options?: RequestOptions): List<Webhook>
  list(params: ListParams | PageParams = {}, options?: RequestOptions): List<Webhook> | NumberedList<Webhook> {
    return list(this.#client, 'list_webhooks', params, options)
  }

  /** Sets what it names. One that is enabled goes on where it was. Scope `webhooks`. Errors: `not_found`, `validation`. */
  async update(webhook: string, params: UpdateWebhookParams, options?: RequestOptions): Promise<Webhook> {
    return (await this.#client.act<{ webhook: Webhook }>('update_webhook', { webhook_id: webhook, ...params }, true, options)).webhook
  }

  /** Nothing more is sent, and nothing is kept of it. Scope `webhooks`. Errors: `not_found`. */
  async unregister(webhook: string, options?: RequestOptions): Promise<void> {
    await this.#client.act('unregister_webhook', { webhook_id: webhook }, true, options)
  }

  /** For 24 h both are signed with. Scope `webhooks`. Errors: `not_found`. @returns the new secret, shown this once */
  async rotateSecret(webhook: string, options?: RequestOptions): Promise<string> {
    return (await this.#client.act<{ secret: string }>('rotate_webhook_secret', { webhook_id: webhook }, true, options)).secret
  }

  /** What became of the newest 1000, the newest first. Scope `webhooks`. Errors: `not_found`. */
  deliveries(webhook: string, params: DeliveryFilter & PageParams, options?: RequestOptions): NumberedList<WebhookDelivery>
  deliveries(webhook: string, params?: DeliveryFilter & ListParams, options?: RequestOptions): List<WebhookDelivery>
  deliveries(
    webhook: string,
    params: DeliveryFilter & (ListParams | PageParams) = {},
    options?: RequestOptions,
  ): List<WebhookDelivery> | NumberedList<WebhookDelivery> {
    const asked = { webhook_id: webhook, ...params }
    return list(this.#client, 'list_webhook_deliveries', asked, options)
  }

  /** Sends it once more, with what is there now. Scope `webhooks`. Errors: `not_found`, `conflict` (the webhook is disabled). */
  async replay(delivery: string, options?: RequestOptions): Promise<WebhookDelivery> {
    const answer = await this.#client.act<{ delivery: WebhookDelivery }>(
      'replay_webhook_delivery',
      { delivery_id: delivery },
      true,
      options,
    )
    return answer.delivery
  }
}
