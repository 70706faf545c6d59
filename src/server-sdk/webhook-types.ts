/** Webhooks as a back end registers, changes and looks at them. */

export interface RegisterWebhookParams {
  url: string
  /** Names of pushes, such as `incoming_event`; none stand for all. */
  events?: string[]
  description?: string
}

export interface UpdateWebhookParams {
  url?: string
  events?: string[]
  description?: string | null
  /** False keeps its place in every chat; true goes on from there, at once. */
  enabled?: boolean
}

export interface Webhook {
  id: string
  url: string
  events: string[]
  description?: string
  enabled: boolean
  created_at: string
  /** Since when nothing has got through. */
  failing_since?: string
  disabled_at?: string
}

export interface RegisteredWebhook {
  webhook: Webhook
  secret: string
}

/** What became of one entry at a webhook. */
export interface WebhookDelivery {
  /** Also the header `webhook-id`, the same however often it is sent. */
  id: string
  webhook_id: string
  chat_id: string
  seq: number
  event: string
  status: 'delivered' | 'retrying' | 'failed' | 'replaying'
  attempts: number
  /** Of the last attempt, if it was answered. */
  response_status?: number
  error?: string
  created_at: string
  delivered_at?: string
}
