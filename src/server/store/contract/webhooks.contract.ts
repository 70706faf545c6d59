/** Webhooks: a cursor for each chat that has something undelivered, never two and never one too few, and the newest deliveries. */
import { describe, expect, it } from 'vitest'
import { MAX_WEBHOOK_DELIVERIES } from '../../../protocol/limits.ts'
import type { Write } from '../change.ts'
import type { Store } from '../store.ts'
import type { WebhookCursorRow, WebhookDeliveryRow, WebhookRow } from '../webhook-rows.ts'
import {
  addUser,
  change,
  closeThread,
  createChat,
  done,
  markSeen,
  message,
  organization,
  type Place,
  startChat,
  useGround,
} from './ground.contract.ts'

const stale = { ok: false, why: 'stale' }

const webhookRow = (id: string, more: Partial<WebhookRow> = {}): WebhookRow => ({
  ...{ id, organization_id: 'acme', url: 'https://hooks.test/', events: ['incoming_event'], description: null },
  ...{ secret: 'whsec_a', previous_secret: null, previous_until: null, created_at: 5, changed_at: 5 },
  ...{ failing_since: null, retry_at: null, succeeded_at: null, disabled_at: null },
  ...more,
})

const register = (id: string, more: Partial<WebhookRow> = {}): Write => ({ write: 'insert', table: 'webhooks', row: webhookRow(id, more) })

const cursor = (webhook_id: string, chat_id: string, after_seq: number, more: Partial<WebhookCursorRow> = {}): WebhookCursorRow => ({
  ...{ webhook_id, chat_id, after_seq, due_at: 1000, attempts: 0, failing_since: null },
  ...more,
})

const move = (to: WebhookCursorRow): Write => ({ write: 'move_cursor', ...to })

const deliveryRow = (seq_agents: number, more: Partial<WebhookDeliveryRow> = {}): WebhookDeliveryRow => ({
  ...{ id: `msg_${seq_agents}`, webhook_id: 'w', chat_id: 'c', seq_agents, event: 'incoming_event', status: 'delivered' },
  ...{ attempts: 1, response_status: 204, error: null, created_at: 1000, delivered_at: 1010 },
  ...more,
})

const note = (row: WebhookDeliveryRow): Write => ({ write: 'note_delivery', row })

const due = async (store: Store, id: string, until = 1000) => [...(await store.dueCursors(id, until, 100))]

const listed = async (store: Store, more: object = {}) => {
  const { rows, total } = await store.deliveries({ webhook_id: 'w', status: null, from: { offset: 0 }, limit: 3, count: true, ...more })
  return [rows.map(({ seq_agents }) => seq_agents), total]
}

export function webhooksContract(prepare: () => Promise<Place>): void {
  const ground = useGround(prepare)

  describe('webhooks', () => {
    it('are found in their organization, the oldest first, and those that are not disabled in all', async () => {
      const { store } = ground
      await done(store, change([organization('other', 2)]))
      const off = { created_at: 4, disabled_at: 9 }
      await done(store, change([register('w'), register('v', off), register('x', { organization_id: 'other' })]))
      expect(await store.webhooks('acme')).toEqual([webhookRow('v', off), webhookRow('w')])
      expect(await store.webhook('acme', 'w')).toEqual(webhookRow('w'))
      expect(await store.webhook('other', 'w')).toBeNull()
      expect((await store.enabledWebhooks()).map(({ id }) => id).sort()).toEqual(['w', 'x'])
    })

    it('are so many, and as they were read, or a change is refused', async () => {
      const { store } = ground
      const counted = (count: number) => store.commit(change([], { expect: [{ holds: 'webhooks', organization_id: 'acme', count }] }))
      const unchanged = (changed_at: number) =>
        store.commit(change([], { expect: [{ holds: 'webhook', organization_id: 'acme', id: 'w', changed_at }] }))
      expect(await counted(0)).toMatchObject({ ok: true })
      await done(store, change([register('w')]))
      expect([await counted(0), await unchanged(4)]).toEqual([stale, stale])
      expect([await counted(1), await unchanged(5)]).toMatchObject([{ ok: true }, { ok: true }])
    })
  })

  describe('a cursor', () => {
    it('[WHK2] begins before the first entry that is not delivered, and stays there however much comes after', async () => {
      const { store } = ground
      await done(store, startChat())
      await done(store, change([register('w'), register('v', { disabled_at: 9 })]))
      expect(await due(store, 'w')).toEqual([])
      await done(store, change([message('c', 't', 'one'), message('c', 't', 'two')], { at: 1100 }))
      await done(store, change([addUser('c', 'robin'), closeThread('c', 't')], { at: 1200 }))
      expect(await due(store, 'w', 1100)).toEqual([cursor('w', 'c', 2, { due_at: 1100 })])
      // WHK6: one that is disabled loses nothing either.
      expect(await due(store, 'v', 1100)).toEqual([cursor('v', 'c', 2, { due_at: 1100 })])
      expect([await store.cursors(100), await store.cursors(1)]).toEqual([2, 1])
    })

    it('is there for a new chat, for every kind of entry, and for what made none it is not', async () => {
      const { store } = ground
      await done(store, change([register('w')]))
      await done(store, change([createChat('empty')]))
      await done(store, startChat())
      expect(await due(store, 'w')).toEqual([cursor('w', 'c', 0)])
      await done(store, change([move(cursor('w', 'c', 2))]))
      await done(store, change([markSeen('c', 'robin', 2)]))
      await done(store, change([markSeen('c', 'robin', 1)]))
      expect(await due(store, 'w')).toEqual([cursor('w', 'c', 2)])
    })

    it('is not of another organization, nor of a change that failed', async () => {
      const { store } = ground
      await done(store, change([organization('other', 2), register('x', { organization_id: 'other' }), register('w')]))
      await done(store, startChat())
      await done(store, change([move(cursor('w', 'c', 2))]))
      expect(await store.commit(change([message('c', 't', 'one'), message('c', 'gone', 'two')]))).toEqual(stale)
      expect([await due(store, 'x'), await due(store, 'w')]).toEqual([[], []])
    })

    it('[WHK2] goes when it reaches the head, and not when something was appended meanwhile', async () => {
      const { store } = ground
      await done(store, change([register('w')]))
      await done(store, startChat())
      const [, moved] = await Promise.all([
        store.commit(change([message('c', 't', 'meanwhile')])),
        store.commit(change([move(cursor('w', 'c', 2))], { expect: [{ holds: 'cursor', webhook_id: 'w', chat_id: 'c', after_seq: 0 }] })),
      ])
      expect(moved).toMatchObject({ ok: true })
      expect(await due(store, 'w')).toEqual([cursor('w', 'c', 2)])
      await done(store, change([move(cursor('w', 'c', 3))]))
      expect(await due(store, 'w')).toEqual([])
      await done(store, change([message('c', 't', 'later')]))
      expect(await due(store, 'w')).toEqual([cursor('w', 'c', 3)])
    })

    it('is moved by who knows where it is, and by nobody once its webhook is gone', async () => {
      const { store } = ground
      await done(store, change([register('w')]))
      await done(store, startChat())
      const at = (after_seq: number) =>
        store.commit(
          change([move(cursor('w', 'c', after_seq + 1))], { expect: [{ holds: 'cursor', webhook_id: 'w', chat_id: 'c', after_seq }] }),
        )
      expect(await at(1)).toEqual(stale)
      expect(await at(0)).toMatchObject({ ok: true })
      await done(store, change([{ write: 'delete', table: 'webhooks', key: { organization_id: 'acme', id: 'w' } }]))
      expect(await at(1)).toEqual(stale)
      await done(store, change([message('c', 't', 'more')]))
      expect(await store.cursors(10)).toBe(0)
    })

    it('is due when it is said to be, the most overdue first, or at once where it is hastened', async () => {
      const { store } = ground
      await done(store, change([register('w')]))
      for (const id of ['a', 'b', 'c']) await done(store, startChat(id, `t-${id}`))
      const put = (chat_id: string, due_at: number) => move(cursor('w', chat_id, 0, { due_at, attempts: 2, failing_since: 900 }))
      await done(store, change([put('a', 3000), put('b', 2000), put('c', 1500)]))
      expect((await due(store, 'w', 2000)).map(({ chat_id }) => chat_id)).toEqual(['c', 'b'])
      expect([await store.nextCursor('w', 2000), await store.nextCursor('w', 3000)]).toEqual([3000, null])
      expect(await store.dueCursors('w', 5000, 1)).toEqual([cursor('w', 'c', 0, { due_at: 1500, attempts: 2, failing_since: 900 })])
      await done(store, change([{ write: 'hasten_cursors', webhook_id: 'w' }], { at: 1600 }))
      expect((await due(store, 'w', 1600)).map(({ due_at }) => due_at)).toEqual([1500, 1600, 1600])
    })

    it('is still there when the store is opened again', async () => {
      await done(ground.store, change([register('w')]))
      await done(ground.store, startChat())
      const reopened = await ground.reopen()
      expect(await due(reopened, 'w')).toEqual([cursor('w', 'c', 0)])
      await done(reopened, startChat('d', 'u'))
      expect(await reopened.cursors(10)).toBe(2)
    })
  })

  describe('deliveries', () => {
    it('[WHK8] are listed the newest first, by status, onward or by offset', async () => {
      const { store } = ground
      await done(store, change([register('w'), ...[1, 2, 3, 4].map((seq) => note(deliveryRow(seq, seq % 2 ? {} : { status: 'failed' })))]))
      expect(await listed(store)).toEqual([[4, 3, 2], 4])
      expect(await listed(store, { from: { id: 'msg_3' }, count: false })).toEqual([[2, 1], null])
      expect(await listed(store, { from: { offset: 3 } })).toEqual([[1], 4])
      expect(await listed(store, { status: 'failed' })).toEqual([[4, 2], 2])
      expect(await listed(store, { webhook_id: 'v' })).toEqual([[], 0])
      expect(await listed(store, { from: { id: 'unknown' } })).toEqual([[], 4])
      expect(await store.delivery('msg_2')).toEqual(deliveryRow(2, { status: 'failed' }))
      expect(await store.delivery('unknown')).toBeNull()
    })

    it('say what became of the last attempt, and keep their place', async () => {
      const { store } = ground
      const failed = deliveryRow(1, { status: 'retrying', response_status: null, error: 'ECONNREFUSED', delivered_at: null })
      await done(store, change([register('w'), note(failed), note(deliveryRow(2))]))
      await done(store, change([note(deliveryRow(1, { attempts: 2, created_at: 7777 }))]))
      expect(await store.delivery('msg_1')).toEqual(deliveryRow(1, { attempts: 2 }))
      expect(await listed(store)).toEqual([[2, 1], 2])
      const known = (id: string) => store.commit(change([], { expect: [{ holds: 'delivery', id }] }))
      expect([await known('msg_1'), await known('msg_9')]).toMatchObject([{ ok: true }, stale])
    })

    it('[WHK8] are forgotten beyond the newest thousand, and go with their webhook', async () => {
      const { store } = ground
      await done(store, change([register('w'), register('v'), note(deliveryRow(9999, { webhook_id: 'v' }))]))
      const all = Array.from({ length: MAX_WEBHOOK_DELIVERIES + 5 }, (_, at) => note(deliveryRow(at + 1)))
      await done(store, change(all))
      expect(await listed(store)).toEqual([[1005, 1004, 1003], MAX_WEBHOOK_DELIVERIES])
      expect([await store.delivery('msg_5'), (await store.delivery('msg_6'))?.seq_agents]).toEqual([null, 6])
      await done(store, change([{ write: 'delete', table: 'webhooks', key: { organization_id: 'acme', id: 'w' } }]))
      expect([await listed(store), await store.delivery('msg_6')]).toEqual([[[], 0], null])
      expect((await store.delivery('msg_9999'))?.webhook_id).toBe('v')
    })
  })
}
