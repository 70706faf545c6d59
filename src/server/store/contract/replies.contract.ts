/** Replies: a feed of their own behind each event, and what they come to, which that event says for as long as it stands. */
import { describe, expect, it } from 'vitest'
import { MAX_LAST_REPLIERS } from '../../../protocol/limits.ts'
import type { EventRow } from '../rows.ts'
import type { RepliesPage, Store } from '../store.ts'
import {
  change,
  chatOf,
  closeThread,
  done,
  edit,
  erase,
  message,
  note,
  openThread,
  organization,
  type Place,
  page,
  startChat,
  texts,
  useGround,
} from './ground.contract.ts'

const HELLO = { thread_id: 't', event_id: 't_1' }
const stale = { ok: false, why: 'stale' }

const reply = (text: string, author_id: string | null = 'ann', more: object = {}) =>
  message('c', 't', text, { author_id, reply_to: HELLO, ...more })

const feed = (more: object = {}) => page('c', { replies: 'apart', ...more })

export function repliesContract(prepare: () => Promise<Place>): void {
  const ground = useGround(prepare)

  const parent = async (store: Store = ground.store) => (await store.event('c', 't', 't_1'))?.replies
  const read = async (more: Partial<RepliesPage> = {}): Promise<EventRow[]> =>
    ground.store.replies({ chat_id: 'c', ...HELLO, after: 0, from: 1, to: null, limit: 100, ...more })
  const started = () => done(ground.store, startChat())

  describe('what the replies to an event come to', () => {
    it('[RPL2] is said by the event, and by every reply and the entry that brings it', async () => {
      await started()
      const replies = { count: 1, last_at: 2000, last_user_ids: ['robin'] }
      const { entries } = await done(ground.store, change([reply('one', 'robin')], { at: 2000 }))
      const brought = entries[0]?.event
      expect(brought).toMatchObject({ id: 't_2', text: 'one', parent: { id: 't_1', replies }, replies: null })
      const both = [expect.objectContaining({ id: 't_1', parent: null, replies }), brought]
      expect((await ground.store.events(page('c'))).events).toEqual(both)
      const reopened = await ground.reopen()
      expect((await reopened.entries('c', 'public', 1, 9)).entries.map(({ event }) => event)).toEqual(both)
    })

    it('[RPL2] names the last who replied, the latest first, each once and so many at most, and nobody for what is nobody’s', async () => {
      await started()
      const by = ['ann', 'robin', 'kim', 'lee', 'kim', null]
      for (const [at, author_id] of by.entries()) await done(ground.store, change([reply('x', author_id)], { at: 2000 + at }))
      expect(MAX_LAST_REPLIERS).toBe(3)
      expect(await parent()).toEqual({ count: 6, last_at: 2005, last_user_ids: ['kim', 'lee', 'robin'] })
    })

    it('[RPL2] is told by each of several of one change as all of them leave it', async () => {
      await started()
      const { entries } = await done(ground.store, change([reply('one'), reply('two', 'robin')]))
      const now = { id: 't_1', replies: { count: 2, last_at: 1000, last_user_ids: ['robin', 'ann'] } }
      expect(entries.map(({ event }) => event?.parent)).toEqual([now, now])
      expect(await parent()).toEqual(now.replies)
    })

    it('[RPL2] is taken back with a reply that is deleted, which keeps its place', async () => {
      await started()
      for (const [at, one] of [reply('one', 'robin'), reply('two', 'kim')].entries())
        await done(ground.store, change([one], { at: 2000 + at }))
      const { entries } = await done(ground.store, change([erase('t_3')], { at: 3000 }))
      const left = { count: 1, last_at: 2000, last_user_ids: ['robin'] }
      expect(entries[0]?.event).toMatchObject({ id: 't_3', text: null, parent: { id: 't_1', replies: left } })
      expect([texts(await read()), texts((await ground.store.events(feed())).events)]).toEqual([['one', null], ['hello']])
      const last = await done(ground.store, change([erase('t_2')], { at: 3001 }))
      expect(last.entries[0]?.event?.parent).toEqual({ id: 't_1', replies: null })
      expect(await parent()).toBeNull()
      expect(await parent(await ground.reopen())).toBeNull()
    })

    it('[RPL2] is right where one change takes one reply and brings another', async () => {
      await started()
      await done(ground.store, change([reply('one', 'robin')]))
      await done(ground.store, change([erase('t_2'), reply('two', 'kim')], { at: 2000 }))
      expect(await parent()).toEqual({ count: 1, last_at: 2000, last_user_ids: ['kim'] })
      await done(ground.store, change([reply('three'), erase('t_3')], { at: 3000 }))
      expect(await parent()).toEqual({ count: 1, last_at: 3000, last_user_ids: ['ann'] })
    })

    it('[EDT2] stands still when the event or a reply is edited, and when the event is deleted', async () => {
      await started()
      await done(ground.store, change([reply('one', 'robin')], { at: 2000 }))
      const replies = { count: 1, last_at: 2000, last_user_ids: ['robin'] }
      await done(ground.store, change([edit({ text: 'hi' }), edit({ text: 'uno' }, 't_2')], { at: 3000 }))
      expect(await parent()).toEqual(replies)
      await done(ground.store, change([erase()], { at: 4000 }))
      expect([await parent(), texts(await read())]).toEqual([replies, ['uno']])
      await done(ground.store, change([reply('two', 'kim')], { at: 5000 }))
      expect(await parent()).toEqual({ count: 2, last_at: 5000, last_user_ids: ['kim', 'robin'] })
    })

    it('[IDM1] counts a repeated send once, and is as it is now in the answer to it', async () => {
      await started()
      const send = change([reply('one', 'ann', { custom_id: 'k', fingerprint: 'f' })], {
        idempotency: [{ by: 'event', chat_id: 'c', author_id: 'ann', custom_id: 'k', fingerprint: 'f' }],
      })
      await done(ground.store, send)
      await done(ground.store, change([reply('two', 'robin')]))
      const again = await done(await ground.reopen(), send)
      expect(again).toMatchObject({ replayed: true, entries: [{ event: { id: 't_2', parent: { id: 't_1', replies: { count: 2 } } } }] })
      expect((await parent())?.count).toBe(2)
    })

    it('is untouched by a change that fails after its reply or its deletion', async () => {
      await started()
      await done(ground.store, change([reply('one', 'robin')]))
      const [before, { seq_agents }] = [await parent(), await chatOf(ground.store, 'c')]
      for (const part of [reply('two', 'kim'), erase('t_2')]) {
        expect(await ground.store.commit(change([part, message('c', 'gone', 'x')]))).toEqual(stale)
        expect(await ground.store.commit(change([part, organization('acme', 9)]))).toEqual({ ok: false, why: 'conflict' })
      }
      expect([await parent(), texts(await read()), (await chatOf(ground.store, 'c')).seq_agents]).toEqual([before, ['one'], seq_agents])
    })
  })

  describe('a feed', () => {
    it('[RPL1] is without replies, or with them, from either end and cut where it says', async () => {
      await started()
      await done(ground.store, change([reply('r1'), reply('r2'), message('c', 't', 'two'), reply('r3'), note('c', 't', 'n')]))
      const of = async (more: object) => {
        const { events, more: beyond } = await ground.store.events(feed(more))
        return [texts(events).join(' '), beyond]
      }
      expect(await of({ replies: 'among' })).toEqual(['hello r1 r2 two r3 n', false])
      expect(await of({})).toEqual(['hello two n', false])
      expect(await of({ view: 'public' })).toEqual(['hello two', false])
      expect(await of({ limit: 2 })).toEqual(['two n', true])
      expect(await of({ after: 0, limit: 2 })).toEqual(['hello two', true])
      expect(await of({ after: 0, limit: 1, view: 'public' })).toEqual(['hello', true])
      expect(await of({ before: 5, thread_id: 't' })).toEqual(['hello', false])
    })
  })

  describe('the feed of replies', () => {
    it('[RPL1] is of one event, the oldest first, in the part of the log that is read', async () => {
      await started()
      await done(ground.store, change([message('c', 't', 'other'), ...['a', 'b', 'c', 'd'].map((text) => reply(text))]))
      await done(ground.store, change([reply('elsewhere', 'ann', { reply_to: { thread_id: 't', event_id: 't_2' } })]))
      const of = async (more: Partial<RepliesPage>) => texts(await read(more)).join('')
      // hello is 2, other 3, a 4, b 5, c 6, d 7.
      expect([await of({}), await of({ limit: 3 }), await of({ after: 5 }), await of({ from: 6 })]).toEqual(['abcd', 'abc', 'cd', 'cd'])
      expect([await of({ to: 5 }), await of({ after: 4, to: 6, limit: 1 }), await of({ after: 7 })]).toEqual(['ab', 'b', ''])
      expect(await of({ event_id: 't_2' })).toBe('elsewhere')
      for (const nowhere of [{ event_id: 't_3' }, { event_id: 't_99' }, { thread_id: 'u' }, { chat_id: 'd' }])
        expect(await of(nowhere)).toBe('')
    })

    it('[RPL1] goes on through threads, and through notes to a note', async () => {
      const { store } = ground
      await started()
      await done(store, change([note('c', 't', 'psst'), closeThread('c', 't'), openThread('c', 't2')]))
      await done(store, change([message('c', 't2', 'later', { reply_to: HELLO })]))
      const hush = { author_id: 'robin', audience: 'agents', reply_to: { thread_id: 't', event_id: 't_a1' } } as const
      const { entries } = await done(store, change([message('c', 't2', 'hush', hush)]))
      expect(entries).toMatchObject([{ audience: 'agents', seq_public: null, event: { id: 't2_a1', parent: { id: 't_a1' } } }])
      expect([texts(await read()), texts(await read({ event_id: 't_a1' }))]).toEqual([['later'], ['hush']])
      expect((await parent())?.count).toBe(1)
    })

    it('has nothing to what there is not, in the chat and thread that are named: the change is stale', async () => {
      const { store } = ground
      await started()
      await done(store, startChat('d', 'u'))
      await done(store, change([closeThread('c', 't'), openThread('c', 't2')]))
      const nowhere = ['t_2 t', 't_a1 t', 'u_1 u', 'u_1 t', 't_1 t2', 't2_1 t2', 'hello t'].map((both) => both.split(' '))
      for (const [event_id = '', thread_id = ''] of nowhere) {
        const reply_to = { thread_id, event_id }
        expect(await store.commit(change([message('c', 't2', 'x'), message('c', 't2', 'y', { reply_to })]))).toEqual(stale)
      }
      expect((await chatOf(store, 'c')).seq_agents).toBe(4)
    })
  })
}
