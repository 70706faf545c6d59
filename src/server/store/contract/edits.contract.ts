/** What is altered after it was said: events edited and deleted, and what every reading has of them from then on. */
import { describe, expect, it } from 'vitest'
import type { Change, Write } from '../change.ts'
import {
  change,
  chatOf,
  closeThread,
  done,
  edit,
  erase,
  insertFile,
  message,
  note,
  openThread,
  type Place,
  page,
  startChat,
  useGround,
} from './ground.contract.ts'

const BLANK = { text: null, content: null, properties: null, files: [] }

export function editsContract(prepare: () => Promise<Place>): void {
  const ground = useGround(prepare)
  const event = (event_id = 't_1') => ground.store.event('c', 't', event_id)

  describe('an event that is edited', () => {
    it('[EDT1] says what is new wherever it is read, the entry that brought it included, and keeps its place', async () => {
      const { store } = ground
      await done(store, startChat())
      const before = await event()
      const { entries } = await done(store, change([edit({ text: 'goodbye' })], { at: 2000 }))
      expect(entries).toMatchObject([
        { kind: 'event_updated', seq_agents: 3, seq_public: 3, thread_id: 't', event_id: 't_1', actor_id: 'ann', audience: 'all' },
      ])
      const after = { ...before, text: 'goodbye', edited_at: 2000 }
      expect([entries[0]?.event, await event()]).toEqual([after, after])
      const reopened = await ground.reopen()
      expect((await reopened.events(page('c'))).events).toEqual([after])
      expect((await reopened.entries('c', 'public', 1, 10)).entries.map((entry) => entry.event)).toEqual([after, after])
      expect((await reopened.summary(await chatOf(reopened, 'c'), { user_id: 'ann', view: 'public' })).last_events).toEqual([after])
    })

    it('has in the place of each part what is named, and the others as they were', async () => {
      const { store } = ground
      await done(store, startChat())
      const sent = message('c', 't', '', { type: 'custom', text: null, content: { a: 1 }, properties: { shop: { b: 2 } } })
      await done(store, change([sent]))
      await done(store, change([edit({ content: { c: 3 } }, 't_2')]))
      expect(await event('t_2')).toMatchObject({ content: { c: 3 }, properties: { shop: { b: 2 } } })
      await done(store, change([edit({ properties: { shop: { d: 4 } } }, 't_2')]))
      expect(await event('t_2')).toMatchObject({ content: { c: 3 }, properties: { shop: { d: 4 } } })
    })

    it('[LOG8] tells nobody but agents where it is a note', async () => {
      const { store } = ground
      await done(store, startChat())
      await done(store, change([note('c', 't', 'psst')]))
      const { entries, chat } = await done(store, change([edit({ text: 'hush' }, 't_a1', 'robin')]))
      expect(entries).toMatchObject([{ audience: 'agents', seq_agents: 4, seq_public: null }])
      expect(chat).toMatchObject({ seq_agents: 4, seq_public: 2 })
    })

    it('counts as no news: nothing is unread by it, and the chat is no more active', async () => {
      const { store } = ground
      await done(store, startChat())
      const read = async () => store.summary(await chatOf(store, 'c'), { user_id: 'robin', view: 'agents' })
      const before = await read()
      const { chat } = await done(store, change([edit({ text: 'x' })], { at: 9000 }))
      expect(await read()).toMatchObject({ unread: before.unread, chat: { activity_agents_at: before.chat.activity_agents_at } })
      expect(chat?.last_at).toBe(9000)
    })
  })

  describe('an event that is deleted', () => {
    it('[EDT2] is blank wherever it is read, and keeps its id, place, author and time', async () => {
      const { store } = ground
      await done(store, startChat())
      const sent = message('c', 't', 'secret', { custom_id: 'k', properties: { shop: { a: 1 } } })
      const brought = (await done(store, change([sent]))).entries[0]?.event
      const { entries } = await done(store, change([erase('t_2', 'robin')], { at: 2000 }))
      const left = { ...brought, ...BLANK, deleted_at: 2000 }
      expect(entries).toMatchObject([{ kind: 'event_deleted', seq_agents: 4, seq_public: 4, actor_id: 'robin', event: left }])
      const reopened = await ground.reopen()
      expect((await reopened.events(page('c', { after: 2 }))).events).toEqual([left])
      expect((await reopened.entries('c', 'agents', 2, 10)).entries.map((entry) => entry.event)).toEqual([left, left])
      expect(JSON.stringify(await reopened.entries('c', 'agents', 0, 10))).not.toContain('secret')
    })

    it('[EDT2] lets its file go, whose bytes are due at once', async () => {
      const { store } = ground
      await done(store, startChat())
      await done(store, change([insertFile('f1')]))
      await done(store, change([message('c', 't', '', { type: 'file', text: null, file_ids: ['f1'] })]))
      expect(await store.eventOfFile('f1')).toMatchObject({ id: 't_2' })
      await done(store, change([erase('t_2')]))
      expect([await store.file('f1'), await store.eventOfFile('f1'), (await event('t_2'))?.files]).toEqual([null, null, []])
      expect(await store.fileRemovals(1000, 10)).toMatchObject([{ file_id: 'f1' }])
    })

    it('is neither edited nor deleted again: such a change is stale', async () => {
      const { store } = ground
      await done(store, startChat())
      await done(store, change([erase()]))
      for (const write of [erase(), edit({ text: 'back' })])
        expect(await store.commit(change([write]))).toEqual({ ok: false, why: 'stale' })
      expect(await event()).toMatchObject({ text: null })
      expect((await chatOf(store, 'c')).seq_agents).toBe(3)
    })

    it('of two who delete it at once one does, and nothing of the other’s change stays', async () => {
      const { store } = ground
      await done(store, startChat())
      const both = [change([erase()]), change([message('c', 't', 'and this'), erase()])]
      const made = await Promise.all(both.map((one) => store.commit(one)))
      expect(made).toMatchObject([{ ok: true }, { ok: false, why: 'stale' }])
      expect((await store.events(page('c'))).events).toHaveLength(1)
    })

    it('[EDT3] agrees with whatever its repetition says, and answers with what is left', async () => {
      const { store } = ground
      const send = (fingerprint: string): Change =>
        change([message('c', 't', 'secret', { custom_id: 'k', fingerprint })], {
          idempotency: [{ by: 'event', chat_id: 'c', author_id: 'ann', custom_id: 'k', fingerprint }],
        })
      await done(store, startChat())
      await done(store, send('f'))
      expect(await store.commit(send('other'))).toEqual({ ok: false, why: 'mismatch' })
      await done(store, change([erase('t_2')]))
      for (const fingerprint of ['f', 'other']) {
        expect(await done(store, send(fingerprint))).toMatchObject({ replayed: true, entries: [{ seq_agents: 3, event: BLANK }] })
      }
    })
  })

  describe('an event that is named', () => {
    it('is one of its thread in its chat, or the change is stale', async () => {
      const { store } = ground
      await done(store, startChat())
      await done(store, startChat('d', 'u'))
      await done(store, change([closeThread('c', 't'), openThread('c', 't2')]))
      for (const named of [{ event_id: 't_9' }, { event_id: 'u_1' }, { thread_id: 't2' }, { chat_id: 'd' }, { thread_id: 'u' }]) {
        for (const write of [erase(), edit({ text: 'x' })]) {
          expect(await store.commit(change([{ ...write, ...named } as Write]))).toEqual({ ok: false, why: 'stale' })
        }
      }
      expect(await event()).toMatchObject({ text: 'hello' })
    })

    it('can be relied on until it is deleted', async () => {
      const { store } = ground
      await done(store, startChat())
      const relying = (event_id: string) =>
        store.commit(change([], { expect: [{ holds: 'event', chat_id: 'c', thread_id: 't', event_id }] }))
      expect([await relying('t_1'), await relying('t_2')]).toMatchObject([{ ok: true }, { ok: false, why: 'stale' }])
      await done(store, change([erase()]))
      expect(await relying('t_1')).toEqual({ ok: false, why: 'stale' })
    })
  })

  it('events are read by their numbers, the newest or the oldest first, deleted ones and notes among them', async () => {
    const { store } = ground
    await done(store, startChat())
    await done(store, change([note('c', 't', 'two'), message('c', 't', 'three'), erase()]))
    await done(store, change([closeThread('c', 't'), openThread('c', 't2'), message('c', 't2', 'four')]))
    const at = async (offset: number, limit: number, newestFirst: boolean) => {
      const { events, total } = await store.eventsAt('c', { offset, limit }, newestFirst)
      return [events.map(({ id }) => id).join(' '), total]
    }
    expect(await at(0, 3, true)).toEqual(['t2_1 t_2 t_a1', 4])
    expect(await at(3, 3, true)).toEqual(['t_1', 4])
    expect(await at(1, 2, false)).toEqual(['t_a1 t_2', 4])
    expect(await at(9, 2, false)).toEqual(['', 4])
    expect(await store.eventsAt('none', { offset: 0, limit: 9 }, true)).toEqual({ events: [], total: 0 })
  })
}
