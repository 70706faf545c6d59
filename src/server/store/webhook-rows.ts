/** What is kept of webhooks: where they lead, how far each is in every chat, and what became of the newest deliveries. */

/** An address of an organization's own that is told what happens in its chats. */
export interface WebhookRow {
  id: string
  organization_id: string
  url: string
  /** Names of pushes; none stand for all. */
  events: string[]
  description: string | null
  /** As it is: deliveries are signed with it. */
  secret: string
  /** What it was before it was rotated, signed with as well until then. */
  previous_secret: string | null
  previous_until: number | null
  created_at: number
  /** When its back end changed it last; each time another. */
  changed_at: number
  /** Since when nothing has got through, and until when nothing is tried. */
  failing_since: number | null
  retry_at: number | null
  /** When something got through, to within a minute. */
  succeeded_at: number | null
  /** From then on nothing is sent; its cursors stay. */
  disabled_at: number | null
}

/** How far a webhook is in a chat's log. There is one as long as something is undelivered, so there are never more than chats. */
export interface WebhookCursorRow {
  webhook_id: string
  chat_id: string
  /** Everything up to here, in the agents' sequence, is delivered, or not to be. */
  after_seq: number
  due_at: number
  /** Of the next entry, and since when they fail. */
  attempts: number
  failing_since: number | null
}

/** What became of an entry at a webhook; nothing of its content. */
export interface WebhookDeliveryRow {
  id: string
  webhook_id: string
  chat_id: string
  seq_agents: number
  /** The push's name. */
  event: string
  /** `retrying`: its cursor is still before it. `replaying`: it was asked for again. */
  status: 'delivered' | 'retrying' | 'failed' | 'replaying'
  attempts: number
  /** Of the last attempt, if it was answered. */
  response_status: number | null
  error: string | null
  created_at: number
  delivered_at: number | null
}
