/** Webhooks as a back end has them: its organization's own, so many, and leading nowhere private. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MAX_WEBHOOKS } from '../../../protocol/limits.ts'
import { openOrganization, refusal, type TestOrganization } from '../../../testing/organization.ts'
import type { WebhookDeliveryRow } from '../../store/webhook-rows.ts'
import { Refusal } from '../refusal.ts'

const url = 'https://hooks.example.com/porchlight'

let organization: TestOrganization
let serve: TestOrganization['serve']
beforeEach(async () => {
  organization = await openOrganization()
  serve = organization.serve
})
afterEach(() => organization.close())

const refused = async (asked: Promise<unknown>) => {
  const error = await asked.catch((thrown: unknown) => thrown)
  return error instanceof Refusal ? [error.type, error.message, error.data?.['path']] : error
}

describe('webhooks', () => {
  it('[WHK1] are registered, and shown without their secret from then on', async () => {
    const { webhook, secret } = await serve('register_webhook', { url, events: ['incoming_chat', 'incoming_chat'], description: 'CRM' })
    expect(webhook).toMatchObject({ url, events: ['incoming_chat'], description: 'CRM', enabled: true })
    expect(secret).toMatch(/^whsec_/)
    expect((await organization.store.webhook('acme', webhook.id))?.secret).toBe(secret)
    const second = await serve('register_webhook', { url })
    expect(second.secret).not.toBe(secret)
    const { data } = await serve('list_webhooks', {})
    expect(data).toEqual([webhook, second.webhook].sort((a, b) => (a.id < b.id ? -1 : 1)))
    expect(JSON.stringify(data)).not.toContain('whsec_')
  })

  it('are listed in parts', async () => {
    for (let at = 0; at < 5; at++) await serve('register_webhook', { url: `${url}/${at}` })
    const first = await serve('list_webhooks', { limit: 3 })
    const rest = await serve('list_webhooks', { limit: 3, cursor: first.next_cursor ?? '' })
    expect(new Set([...first.data, ...rest.data].map((one) => one.url)).size).toBe(5)
    expect([first.has_more, rest.has_more, rest.next_cursor]).toEqual([true, false, null])
    expect(await serve('list_webhooks', { limit: 2, page: 3 })).toMatchObject({ data: [{}], page: 3, total: 5, total_pages: 3 })
  })

  it('[WHK1] are so many at most, also when several are registered at once', async () => {
    const all = await Promise.allSettled(Array.from({ length: MAX_WEBHOOKS + 3 }, () => serve('register_webhook', { url })))
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(MAX_WEBHOOKS)
    expect(await refused(serve('register_webhook', { url }))).toEqual([
      'conflict',
      `unable to register_webhook; the organization has ${MAX_WEBHOOKS} webhooks, and no more can be`,
      undefined,
    ])
  })

  it('[WHK7] lead nowhere private, neither when they are registered nor when they are moved', async () => {
    const { webhook } = await serve('register_webhook', { url })
    const why = 'url leads to an address that is not public'
    const local = 'http://127.0.0.1:8080/'
    expect(await refused(serve('register_webhook', { url: local }))).toEqual(['validation', `unable to register_webhook; ${why}`, 'url'])
    expect(await refused(serve('update_webhook', { webhook_id: webhook.id, url: local }))).toEqual([
      'validation',
      `unable to update_webhook; ${why}`,
      'url',
    ])
  })

  it('are changed field by field', async () => {
    const { webhook } = await serve('register_webhook', { url, description: 'CRM' })
    const webhook_id = webhook.id
    expect(await serve('update_webhook', { webhook_id, events: ['chat_rated'] })).toEqual({
      webhook: { ...webhook, events: ['chat_rated'] },
    })
    const { webhook: off } = await serve('update_webhook', { webhook_id, description: null, enabled: false })
    expect(off).toEqual({ ...webhook, events: ['chat_rated'], enabled: false, disabled_at: expect.any(String), description: undefined })
    const { webhook: on } = await serve('update_webhook', { webhook_id, url: `${url}/2`, enabled: true })
    expect(on).toMatchObject({ url: `${url}/2`, enabled: true })
    expect(on).not.toHaveProperty('disabled_at')
    await serve('unregister_webhook', { webhook_id })
    expect(await serve('list_webhooks', {})).toMatchObject({ data: [] })
  })

  it('[WHK5] have a new secret after it is rotated, and the old one a day longer', async () => {
    const { webhook, secret: old } = await serve('register_webhook', { url })
    const { secret } = await serve('rotate_webhook_secret', { webhook_id: webhook.id })
    const day = 24 * 60 * 60 * 1000
    expect(secret).not.toBe(old)
    expect(await organization.store.webhook('acme', webhook.id)).toMatchObject({
      ...{ secret, previous_secret: old, previous_until: organization.clock.now() + day },
    })
    const both = await Promise.all([1, 2].map(() => serve('rotate_webhook_secret', { webhook_id: webhook.id })))
    const row = await organization.store.webhook('acme', webhook.id)
    expect([row?.secret, row?.previous_secret].sort()).toEqual(both.map((one) => one.secret).sort())
  })

  it('[MEM6] are nobody else’s', async () => {
    const { webhook } = await serve('register_webhook', { url })
    const webhook_id = webhook.id
    for (const asked of [
      serve('update_webhook', { webhook_id, enabled: false }, 'other'),
      serve('rotate_webhook_secret', { webhook_id }, 'other'),
      serve('unregister_webhook', { webhook_id }, 'other'),
      serve('list_webhook_deliveries', { webhook_id }, 'other'),
    ])
      expect(await refusal(asked)).toBe('not_found')
    expect(await serve('list_webhooks', {}, 'other')).toMatchObject({ data: [] })
  })
})

describe('deliveries', () => {
  const delivery = (seq: number, webhook_id: string): WebhookDeliveryRow => ({
    ...{ id: `msg_${seq}`, webhook_id, chat_id: 'c', seq_agents: seq, event: 'incoming_event', attempts: 1 },
    ...{ status: seq % 2 ? 'delivered' : 'failed', response_status: null, error: null, created_at: 1000, delivered_at: null },
  })

  async function withDeliveries() {
    const { webhook } = await serve('register_webhook', { url })
    const writes = [1, 2, 3, 4, 5].map((seq) => ({ write: 'note_delivery', row: delivery(seq, webhook.id) }) as const)
    await organization.store.commit({ at: 1, expect: [], writes, idempotency: [] })
    return webhook.id
  }

  it('[WHK8] are listed in parts, the newest first, and by status', async () => {
    const webhook_id = await withDeliveries()
    const first = await serve('list_webhook_deliveries', { webhook_id, limit: 2 })
    expect(first.data.map(({ seq }) => seq)).toEqual([5, 4])
    const rest = await serve('list_webhook_deliveries', { webhook_id, cursor: first.next_cursor ?? '' })
    expect(rest.data.map(({ seq }) => seq)).toEqual([3, 2, 1])
    const failed = await serve('list_webhook_deliveries', { webhook_id, status: 'failed', page: 1 })
    expect([failed.data.map(({ seq }) => seq), failed.total]).toEqual([[4, 2], 2])
  })

  it('[WHK9] are asked for again by who has the webhook, while it is enabled', async () => {
    const webhook_id = await withDeliveries()
    const again = (organization_id?: string, delivery_id = 'msg_2') => serve('replay_webhook_delivery', { delivery_id }, organization_id)
    expect(await refusal(again('other'))).toBe('not_found')
    expect(await refusal(again('acme', 'msg_9'))).toBe('not_found')
    await serve('update_webhook', { webhook_id, enabled: false })
    expect(await refused(again())).toEqual([
      'conflict',
      'unable to replay_webhook_delivery; the webhook is disabled, so enable it first',
      'delivery_id',
    ])
    await serve('update_webhook', { webhook_id, enabled: true })
    expect(await again()).toMatchObject({ webhook_delivery: { id: 'msg_2', status: 'replaying' } })
  })
})
