/** Webhooks: what happens in an organization's chats, sent to an address of its own, signed by the Standard Webhooks scheme. */
import { MAX_WEBHOOK_URL_CHARS } from './limits.ts'
import { listing } from './lists.ts'
import { LOG_PUSHES, type LogPushName } from './pushes.ts'
import { closed, Id, open, optional, orNull, Seq, type Static, Time, Type, text } from './schema.ts'

/** A delivery's own id is a digest, and longer than what is counted or drawn. */
const DeliveryId = text(80, 1)

const NAMES = (Object.keys(LOG_PUSHES) as LogPushName[]).filter((name) => name !== 'event_unseen')
const EventName = Type.Enum(NAMES)

const Url = text(MAX_WEBHOOK_URL_CHARS, 1)
/** Names of pushes; none stand for all. */
const Events = Type.Array(EventName, { maxItems: NAMES.length })
const Description = text(255)

export const Webhook = open({
  id: Id,
  url: Type.String(),
  events: Type.Array(Type.String()),
  description: optional(Type.String()),
  enabled: Type.Boolean(),
  created_at: Time,
  /** Since when nothing has got through. */
  failing_since: optional(Time),
  /** By a back end, by an answer of 410, or because nothing got through for a day. */
  disabled_at: optional(Time),
})
export type Webhook = Static<typeof Webhook>

/** `retrying`: it failed, and is tried again. `failed`: it is not. `replaying`: it was asked for again and is about to be sent. */
export const DeliveryStatus = Type.Union([
  Type.Literal('delivered'),
  Type.Literal('retrying'),
  Type.Literal('failed'),
  Type.Literal('replaying'),
])

/** What became of one entry; of its content nothing is kept. */
export const WebhookDelivery = open({
  /** Also the header `webhook-id`, the same however often it is sent. */
  id: DeliveryId,
  webhook_id: Id,
  chat_id: Id,
  seq: Seq,
  event: Type.String(),
  status: DeliveryStatus,
  attempts: Type.Integer(),
  /** Of the last attempt, if there was an answer. */
  response_status: optional(Type.Integer()),
  error: optional(Type.String()),
  created_at: Time,
  delivered_at: optional(Time),
})
export type WebhookDelivery = Static<typeof WebhookDelivery>

/** What is sent: `type` is the push's name, `data` its payload and whose it is. */
export interface WebhookMessage {
  readonly type: LogPushName
  readonly timestamp: string
  readonly data: Readonly<Record<string, unknown>> & { readonly organization_id: string; readonly license: number }
}

const byId = closed({ webhook_id: Id })
const oneWebhook = open({ webhook: Webhook })
const Secret = Type.String({ description: '`whsec_` and 32 bytes as base64; shown this once.' })

/** For back ends. */
export const webhooks = {
  register: {
    request: closed({ url: Url, events: optional(Events), description: optional(Description) }),
    response: open({ webhook: Webhook, secret: Secret }),
  },
  /** The oldest first. */
  list: listing({}, Webhook),
  update: {
    request: closed({
      webhook_id: Id,
      url: optional(Url),
      events: optional(Events),
      description: optional(orNull(Description)),
      /** False keeps its place; true goes on from there, at once. */
      enabled: optional(Type.Boolean()),
    }),
    response: oneWebhook,
  },
  unregister: { request: byId, response: open({}) },
  /** The one before is signed with as well for 24 h. */
  rotate: { request: byId, response: open({ secret: Secret }) },
  /** The newest first, of the newest 1000. */
  deliveries: listing({ webhook_id: Id, status: optional(DeliveryStatus) }, WebhookDelivery),
  /** Sends it once more, whatever was sent since. */
  replay: { request: closed({ delivery_id: DeliveryId }), response: open({ webhook_delivery: WebhookDelivery }) },
}
