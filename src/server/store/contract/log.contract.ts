/** The log of a chat: its two sequences, its times, its threads, and what is folded from it. */
import { describe, expect, it } from 'vitest'
import {
  addUser,
  change,
  chatOf,
  closeThread,
  createChat,
  done,
  logOf,
  message,
  note,
  openThread,
  type Place,
  page,
  play,
  startChat,
  summaryOf,
  texts,
  useGround,
} from './ground.contract.ts'

export function logContract(prepare: () => Promise<Place>): void {
  const ground = useGround(prepare)

  describe('the log', () => {
    it('[LOG1] numbers entries densely from 1, across changes', async () => {
      const { store } = ground
      const started = await done(store, startChat())
      expect(started.entries.map((entry) => [entry.seq_agents, entry.kind])).toEqual([
        [1, 'thread_opened'],
        [2, 'event_added'],
      ])
      await done(store, change([closeThread('c', 't')]))
      expect(await logOf(store, 'c', 'agents')).toEqual([
        { seq: 1, kind: 'thread_opened' },
        { seq: 2, kind: 'event_added' },
        { seq: 3, kind: 'thread_closed' },
      ])
    })

    it('[LOG2][LOG3] keeps two sequences, both dense', async () => {
      const { store } = ground
      await done(store, startChat())
      await play(store, [
        note('c', 't', 'n1'),
        message('c', 't', 'm2'),
        note('c', 't', 'n2'),
        note('c', 't', 'n3'),
        message('c', 't', 'm3'),
      ])
      expect((await logOf(store, 'c', 'agents')).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7])
      expect((await logOf(store, 'c', 'public')).map(({ seq }) => seq)).toEqual([1, 2, 3, 4])
      expect(await chatOf(store, 'c')).toMatchObject({ seq_agents: 7, seq_public: 4 })
    })

    it('[LOG5] never lets time go back within a chat', async () => {
      const { store } = ground
      await done(store, { ...startChat(), at: 5000 })
      const late = await done(store, change([message('c', 't', 'the clock went back')], { at: 3000 }))
      expect(late.entries[0]?.created_at).toBe(5000)
      expect(late.entries[0]?.event?.created_at).toBe(5000)
      const later = await done(store, change([message('c', 't', 'and on')], { at: 6000 }))
      expect(later.entries[0]?.created_at).toBe(6000)
      await done(store, { ...startChat('other', 'o'), at: 3000 })
      expect((await chatOf(store, 'other')).last_at).toBe(3000)
    })

    it('[LOG7] makes the entries of one change neighbours, each with the rows it names as they are after it', async () => {
      const { store } = ground
      await done(store, startChat())
      const { entries, chat } = await done(
        store,
        change([closeThread('c', 't'), openThread('c', 't2'), addUser('c', 'robin'), message('c', 't2', 'hi', { author_id: 'robin' })]),
      )
      expect(entries.map(({ seq_agents, kind }) => [seq_agents, kind])).toEqual([
        [3, 'thread_closed'],
        [4, 'thread_opened'],
        [5, 'user_added'],
        [6, 'event_added'],
      ])
      expect(entries[0]?.thread).toMatchObject({ id: 't', active: false, next_thread_id: 't2' })
      expect(entries[1]?.thread).toMatchObject({ id: 't2', active: true, events_public: 1, previous_thread_id: 't' })
      expect(entries[2]).toMatchObject({ user_id: 'robin', actor_id: 'robin', thread: null, event: null })
      expect(entries[3]?.event).toMatchObject({ id: 't2_1', text: 'hi', seq_agents: 6, seq_public: 6 })
      expect(chat).toEqual(await chatOf(store, 'c'))
      expect((await store.entries('c', 'agents', 2, 100)).entries).toEqual(entries)
    })

    it('[LOG8] lets a note move nothing that a customer can see', async () => {
      const { store } = ground
      await done(store, startChat())
      const seen = async () => ({
        ...(await summaryOf(store, 'c', 'ann', 'public')),
        chat: null,
        last_thread: { ...(await summaryOf(store, 'c', 'ann', 'public')).last_thread, events_agents: null },
        entries: await store.entries('c', 'public', 0, 100),
        events: await store.events(page('c', { view: 'public' })),
        activity: (await chatOf(store, 'c')).activity_public_at,
        waiting: (await chatOf(store, 'c')).waiting_since,
      })
      const before = await seen()
      const { entries } = await done(store, change([note('c', 't', 'between us')], { at: 9000 }))
      expect(entries[0]?.event).toMatchObject({ id: 't_a1', seq_public: null, audience: 'agents' })
      const after = await seen()
      expect(after.entries.entries.map((entry) => ({ ...entry, thread: null }))).toEqual(
        before.entries.entries.map((entry) => ({ ...entry, thread: null })),
      )
      expect({ ...after, entries: after.entries.head }).toEqual({ ...before, entries: before.entries.head })
      expect(await chatOf(store, 'c')).toMatchObject({ activity_agents_at: 9000, seq_agents: 3, seq_public: 2 })
    })

    it('[LOG8] numbers events for all and notes in series of their own, thread by thread', async () => {
      const { store } = ground
      await done(store, startChat())
      await play(store, [note('c', 't', 'n1'), message('c', 't', 'm2'), note('c', 't', 'n2'), closeThread('c', 't'), openThread('c', 'u')])
      await play(store, [note('c', 'u', 'n1'), message('c', 'u', 'm1')])
      const { events } = await store.events(page('c'))
      expect(events.map((event) => event.id)).toEqual(['t_1', 't_a1', 't_2', 't_a2', 'u_a1', 'u_1'])
    })

    it('[LOG10] opens a thread where none is active only, and adds events to the last thread only', async () => {
      const { store } = ground
      await done(store, startChat())
      expect(await store.commit(change([openThread('c', 't2')]))).toEqual({ ok: false, why: 'stale' })
      expect(await store.commit(change([closeThread('c', 'other')]))).toEqual({ ok: false, why: 'stale' })
      await done(store, change([closeThread('c', 't')]))
      await done(store, change([message('c', 't', 'into the closed one, which is the last')]))
      await done(store, change([openThread('c', 't2')]))
      expect(await store.commit(change([message('c', 't', 'too late')]))).toEqual({ ok: false, why: 'stale' })
      expect(await store.commit(change([message('nowhere', 't', 'lost')]))).toEqual({ ok: false, why: 'stale' })
      expect(await chatOf(store, 'c')).toMatchObject({ active_thread_id: 't2', last_thread_id: 't2', thread_count: 2, seq_agents: 5 })
    })

    it('keeps when the customer began to wait, until an answer or the end of the thread', async () => {
      const { store } = ground
      await done(store, startChat())
      const waiting = async () => (await chatOf(store, 'c')).waiting_since
      expect(await waiting()).toBe(1000)
      await done(store, change([message('c', 't', 'anyone?', { waiting: 'starts' })], { at: 2000 }))
      expect(await waiting()).toBe(1000)
      await done(store, change([message('c', 't', 'yes', { author_id: 'robin', waiting: 'ends' })], { at: 3000 }))
      expect(await waiting()).toBeNull()
      await done(store, change([message('c', 't', 'good', { waiting: 'starts' }), closeThread('c', 't')], { at: 4000 }))
      expect(await waiting()).toBeNull()
      await done(store, change([message('c', 't', 'into the closed one', { waiting: 'starts' })], { at: 5000 }))
      expect(await waiting()).toBeNull()
    })

    it('keeps the newest event of each type for each view, newest first', async () => {
      const { store } = ground
      await done(store, startChat())
      await play(store, [message('c', 't', 'x', { type: 'custom' }), message('c', 't', 'm2'), note('c', 't', 'n1')])
      const last = async (view: 'agents' | 'public') => texts((await summaryOf(store, 'c', 'ann', view)).last_events)
      expect(await last('agents')).toEqual(['n1', 'x'])
      expect(await last('public')).toEqual(['m2', 'x'])
      await done(store, change([createChat('empty')]))
      expect(await summaryOf(store, 'empty', 'ann', 'agents')).toMatchObject({ last_events: [], last_thread: null, unread: 0 })
    })

    it('keeps every field of an event', async () => {
      const { store } = ground
      await done(store, startChat())
      const more = { type: 'custom', custom_id: 'k', content: { a: [1, { b: null }] }, properties: { ns: { x: true } }, text: '💡 „ü“' }
      const { entries } = await done(store, change([message('c', 't', '', more)], { at: 1234 }))
      const whole = {
        ...{ id: 't_2', chat_id: 'c', thread_id: 't', seq_agents: 3, seq_public: 3, audience: 'all', author_id: 'ann', created_at: 1234 },
        ...more,
        ...{ files: [], mentions: null, reactions: null, parent: null, replies: null, quoted: null, original: null },
        ...{ quick_replies: null, streaming_at: null, cut_by: null, edited_at: null, deleted_at: null },
      }
      expect(entries[0]?.event).toEqual(whole)
      expect((await store.events(page('c'))).events[1]).toEqual(whole)
    })
  })
}
