/** Webhooks as a back end registers, changes and removes them. */
import type { ServerRequestOf } from '../../../protocol/actions.ts'
import { MAX_WEBHOOKS, ROTATED_WEBHOOK_SECRET_TTL_S } from '../../../protocol/limits.ts'
import type { Webhook } from '../../../protocol/webhooks.ts'
import type { Committed, Write } from '../../store/change.ts'
import type { WebhookRow } from '../../store/webhook-rows.ts'
import type { Context, Plan, Reply } from '../context.ts'
import { time } from '../present.ts'
import { invalid, Refusal } from '../refusal.ts'
import { webhookSecretOf } from '../webhooks.ts'
import { nothing } from './chats.ts'
import { answeredWhole } from './lists.ts'

export const presentWebhook = (row: WebhookRow): Webhook => ({
  id: row.id,
  url: row.url,
  events: row.events,
  ...(row.description !== null && { description: row.description }),
  enabled: row.disabled_at === null,
  created_at: time(row.created_at),
  ...(row.failing_since !== null && { failing_since: time(row.failing_since) }),
  ...(row.disabled_at !== null && { disabled_at: time(row.disabled_at) }),
})

export async function webhookOf({ store, principal }: Context, action: string, id: string): Promise<WebhookRow> {
  const row = await store.webhook(principal.organization_id, id)
  if (!row) throw new Refusal('not_found', `unable to ${action}; there is no such webhook`, { path: 'webhook_id' })
  return row
}

/** WHK7 */
function checkUrl({ reach }: Context, action: string, url: string): void {
  const why = reach.refusalOf(url)
  if (why !== null) throw invalid(action, 'url', why)
}

/** WHK1 */
export async function registerWebhook(ctx: Context, request: ServerRequestOf<'register_webhook'>): Promise<Plan> {
  checkUrl(ctx, 'register_webhook', request.url)
  const { organization_id } = ctx.principal
  const { length: count } = await ctx.store.webhooks(organization_id)
  if (count >= MAX_WEBHOOKS) {
    throw new Refusal('conflict', `unable to register_webhook; the organization has ${count} webhooks, and no more can be`)
  }
  const [id, at] = [ctx.id(), ctx.now()]
  const { url, events = [], description = null } = request
  const row: WebhookRow = {
    ...{ id, organization_id, url, events: [...new Set(events)], description, secret: webhookSecretOf(ctx.store, id) },
    ...{ previous_secret: null, previous_until: null, created_at: at, changed_at: at },
    ...{ failing_since: null, retry_at: null, succeeded_at: null, disabled_at: null },
  }
  return {
    change: {
      at,
      expect: [{ holds: 'webhooks', organization_id, count }],
      writes: [{ write: 'insert', table: 'webhooks', row }],
      idempotency: [],
      subject: id,
    },
    answer: (committed) => registeredAnswer(ctx, committed),
  }
}

export async function registeredAnswer(ctx: Context, { subject }: Committed): Promise<object> {
  const row = await webhookOf(ctx, 'register_webhook', subject ?? '')
  return { webhook: presentWebhook(row), secret: webhookSecretOf(ctx.store, row.id) }
}

/** They are few: they are read whole. */
export async function listWebhooks(ctx: Context, request: ServerRequestOf<'list_webhooks'>): Promise<Reply> {
  const all = await ctx.store.webhooks(ctx.principal.organization_id)
  return { answer: answeredWhole('list_webhooks', request, all, false, presentWebhook) }
}

/** WHK6: one that is enabled goes on where it was, at once, whatever has failed before. */
export async function updateWebhook(ctx: Context, request: ServerRequestOf<'update_webhook'>): Promise<Plan> {
  const { webhook_id, url, events, description, enabled } = request
  const row = await webhookOf(ctx, 'update_webhook', webhook_id)
  if (url !== undefined) checkUrl(ctx, 'update_webhook', url)
  const set: Partial<WebhookRow> = {
    ...(url !== undefined && { url }),
    ...(events && { events: [...new Set(events)] }),
    ...(description !== undefined && { description }),
    ...(enabled === false && { disabled_at: row.disabled_at ?? ctx.now() }),
    ...(enabled === true && { disabled_at: null, failing_since: null, retry_at: null }),
  }
  const hasten: Write[] = enabled === true ? [{ write: 'hasten_cursors', webhook_id }] : []
  return { change: changed(ctx, row, set, hasten), answer: (committed) => updatedWebhookAnswer(ctx, committed, request) }
}

/** Whoever read it before looks again. */
function changed(ctx: Context, row: WebhookRow, set: Partial<WebhookRow>, also: readonly Write[] = []): Plan['change'] {
  const { organization_id, id, changed_at } = row
  const [at, key] = [ctx.now(), { organization_id, id }]
  const update: Write = { write: 'update', table: 'webhooks', key, set: { ...set, changed_at: Math.max(at, changed_at + 1) } }
  return { at, expect: [{ holds: 'webhook', ...key, changed_at }], writes: [update, ...also], idempotency: [] }
}

export const updatedWebhookAnswer = async (
  ctx: Context,
  _committed: Committed,
  { webhook_id }: ServerRequestOf<'update_webhook'>,
): Promise<object> => ({ webhook: presentWebhook(await webhookOf(ctx, 'update_webhook', webhook_id)) })

export async function unregisterWebhook(ctx: Context, { webhook_id }: ServerRequestOf<'unregister_webhook'>): Promise<Plan> {
  const { organization_id, id } = await webhookOf(ctx, 'unregister_webhook', webhook_id)
  const remove: Write = { write: 'delete', table: 'webhooks', key: { organization_id, id } }
  return { change: { at: ctx.now(), expect: [], writes: [remove], idempotency: [] }, answer: nothing }
}

/** WHK5 */
export async function rotateWebhookSecret(ctx: Context, { webhook_id }: ServerRequestOf<'rotate_webhook_secret'>): Promise<Plan> {
  const row = await webhookOf(ctx, 'rotate_webhook_secret', webhook_id)
  const id = ctx.id()
  const set = {
    secret: webhookSecretOf(ctx.store, id),
    previous_secret: row.secret,
    previous_until: ctx.now() + ROTATED_WEBHOOK_SECRET_TTL_S * 1000,
  }
  return { change: { ...changed(ctx, row, set), subject: id }, answer: (committed) => rotatedAnswer(ctx, committed) }
}

export const rotatedAnswer = async ({ store }: Context, { subject }: Committed): Promise<object> => ({
  secret: webhookSecretOf(store, subject ?? ''),
})
