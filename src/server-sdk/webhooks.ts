/** Webhooks: where you are told what happens in chats, and what became of what was sent there. */
import type { Client } from './client.ts'
import { PorchlightError } from './errors.ts'
import { type List, list, type NumberedList } from './lists.ts'
import type { ListParams, PageParams, RequestOptions } from './options.ts'
import { type HeadersLike, keysOf, verified, type WebhookEvent } from './signatures.ts'
import type { RegisteredWebhook, RegisterWebhookParams, UpdateWebhookParams, Webhook, WebhookDelivery } from './webhook-types.ts'

export interface DeliveryFilter {
  status?: WebhookDelivery['status']
}

export class Webhooks {
  readonly #client: Client
  readonly #keys: readonly Uint8Array[]

  /** @internal */
  constructor(client: Client, keys: readonly Uint8Array[]) {
    this.#client = client
    this.#keys = keys
  }

  /**
   * What a request from the server tells. Throws a `SignatureError` for every other (`missing_header`, `stale_webhook`: over 5 minutes
   * from now, `wrong_signature`), and a `PorchlightError` (`validation`) for a secret that is none, such as an empty one. It comes again
   * under the same `webhook-id` when your answer was lost.
   *
   * @param headers as your runtime hands them over
   * @param body the text or the bytes as they came: JSON that was read and written again is not the same
   * @param secret that of the instance's `webhookSecret` unless given; several while one is rotated
   * @example
   * const { type, data } = porchlight.webhooks.verify(request.headers, await text(request))
   */
  verify(headers: HeadersLike, body: string | Uint8Array, secret?: string | readonly string[]): WebhookEvent {
    const keys = secret === undefined ? this.#keys : keysOf(secret, 'verify the webhook', 'secret')
    if (keys.length === 0) throw new PorchlightError('unable to verify the webhook; webhookSecret is missing', { code: 'validation' })
    return verified(headers, body, keys, Date.now())
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
    const answer = await this.#client.act<{ webhook_delivery: WebhookDelivery }>(
      'replay_webhook_delivery',
      { delivery_id: delivery },
      true,
      options,
    )
    return answer.webhook_delivery
  }
}
