/** Properties of chats, threads and events, and the entries that tell of them. */
import { describe, expect, it } from 'vitest'
import type { Holder, Write } from '../change.ts'
import type { Properties } from '../rows.ts'
import {
  addUser,
  change,
  chatOf,
  closeThread,
  done,
  erase,
  markSeen,
  message,
  note,
  openThread,
  type Place,
  page,
  play,
  startChat,
  useGround,
} from './ground.contract.ts'

const CHAT: Holder = { chat_id: 'c', thread_id: null, event_id: null }
const THREAD: Holder = { ...CHAT, thread_id: 't' }
const EVENT: Holder = { ...THREAD, event_id: 't_1' }
const WHOLE = { from: 1, to: null }

const set = (holder: Holder, properties: Properties, more: object = {}): Write => ({
  ...{ write: 'set_properties', kind: 'updated', ...holder, properties, names: { shop: ['a'] }, by: 'robin' },
  ...more,
})

export function propertiesContract(prepare: () => Promise<Place>): void {
  const ground = useGround(prepare)
  const properties = { shop: { a: 1, b: 'two' } }

  const held = async ({ thread_id, event_id }: Holder): Promise<Properties | null | undefined> => {
    const { store } = ground
    if (thread_id === null) return (await chatOf(store, 'c')).properties
    if (event_id === null) return (await store.threads('c', WHOLE, [thread_id]))[0]?.properties
    return (await store.event('c', thread_id, event_id))?.properties
  }

  describe('properties', () => {
    it.each([
      ['a chat', CHAT],
      ['a thread', THREAD],
      ['an event', EVENT],
    ])('[PRO3] of %s become an entry that names them, and are in the row from then on', async (_, holder) => {
      await done(ground.store, startChat())
      const { entries } = await done(ground.store, change([set(holder, properties)]))
      const { chat_id: __, ...place } = holder
      const told = { kind: 'properties_updated', seq_agents: 3, seq_public: 3, actor_id: 'robin', names: { shop: ['a'] }, ...place }
      expect(entries).toMatchObject([{ ...told, properties: { shop: { a: 1 } } }])
      expect(await held(holder)).toEqual(properties)
      await ground.reopen()
      expect(await held(holder)).toEqual(properties)
    })

    it('[PRO3] are read again by entries as they are by then', async () => {
      await done(ground.store, startChat())
      for (const holder of [CHAT, THREAD, EVENT]) {
        await play(ground.store, [set(holder, properties), set(holder, { shop: { a: 9 } }), set(holder, {}, { kind: 'deleted' })])
      }
      const { entries } = await ground.store.entries('c', 'public', 2, 10)
      expect(entries.map(({ kind, properties }) => [kind, properties])).toEqual(
        [CHAT, THREAD, EVENT].flatMap(() => [
          ['properties_updated', {}],
          ['properties_updated', {}],
          ['properties_deleted', {}],
        ]),
      )
    })

    it('[EDT2] of an event that was deleted are nowhere any more, and no others in their place', async () => {
      await done(ground.store, startChat())
      await play(ground.store, [
        set(CHAT, { shop: { a: 'chat' } }),
        set(THREAD, { shop: { a: 'thread' } }),
        set(EVENT, properties),
        erase(),
      ])
      const { entries } = await ground.store.entries('c', 'public', 2, 10)
      expect(entries.map((entry) => entry.properties)).toEqual([{ shop: { a: 'chat' } }, { shop: { a: 'thread' } }, {}, null])
    })

    it('of a thread before the last stay with it', async () => {
      await done(ground.store, startChat())
      await play(ground.store, [closeThread('c', 't'), openThread('c', 't2'), set(THREAD, properties), message('c', 't2', 'more')])
      expect(await held(THREAD)).toEqual(properties)
      expect(await ground.store.threads('c', WHOLE, ['t'])).toMatchObject([{ closed_at: 1000, next_thread_id: 't2', events_public: 1 }])
    })

    it('stand still when other things happen', async () => {
      await done(ground.store, startChat())
      await play(ground.store, [set(CHAT, properties), set(THREAD, properties), set(EVENT, properties)])
      await play(ground.store, [message('c', 't', 'more'), closeThread('c', 't'), openThread('c', 't2'), addUser('c', 'robin')])
      expect([await held(CHAT), await held(THREAD), await held(EVENT)]).toEqual([properties, properties, properties])
    })

    it('[LOG8] of a note are told to agents only, and move nothing that others see', async () => {
      const { store } = ground
      await done(store, startChat())
      await play(store, [note('c', 't', 'psst')])
      const { entries, chat } = await done(store, change([set({ ...THREAD, event_id: 't_a1' }, properties)]))
      expect(entries).toMatchObject([{ audience: 'agents', seq_public: null, event_id: 't_a1' }])
      expect(chat).toMatchObject({ seq_agents: 4, seq_public: 2 })
      expect(await store.event('c', 't', 't_1')).toMatchObject({ properties: null })
    })

    it('are no events: pages, counts and unread go on without them', async () => {
      const { store } = ground
      await done(store, startChat())
      await play(store, [set(EVENT, properties), set(CHAT, properties)])
      expect((await store.events(page('c'))).events.map(({ id }) => id)).toEqual(['t_1'])
      const { unread, last_events } = await store.summary(await chatOf(store, 'c'), { user_id: 'kim', view: 'agents' })
      expect([unread, last_events.map(({ id }) => id)]).toEqual([1, ['t_1']])
    })

    it('are written only where they are as they were seen', async () => {
      const { store } = ground
      await done(store, startChat())
      for (const holder of [CHAT, THREAD, EVENT]) {
        const expect_ = (seen: Properties) => ({ expect: [{ holds: 'properties' as const, ...holder, properties: seen }] })
        expect(await store.commit(change([set(holder, properties)], expect_({})))).toMatchObject({ ok: true })
        expect(await store.commit(change([set(holder, {})], expect_({})))).toEqual({ ok: false, why: 'stale' })
        expect(await store.commit(change([set(holder, {})], expect_(properties)))).toMatchObject({ ok: true })
      }
    })

    it.each([
      ['thread', { ...CHAT, thread_id: 'nope' }],
      ['event', { ...THREAD, event_id: 't_2' }],
      ['event of another thread', { ...CHAT, thread_id: 't2', event_id: 't_1' }],
      ['event of a name that is none', { ...THREAD, event_id: 'hello' }],
    ])('are not written to an unknown %s', async (_, holder) => {
      await done(ground.store, startChat())
      expect(await ground.store.commit(change([set(holder, properties)]))).toEqual({ ok: false, why: 'stale' })
    })
  })

  describe('an event', () => {
    it('is found by its id, however much lies between', async () => {
      const { store } = ground
      await done(store, startChat())
      for (let at = 2; at <= 5; at++) {
        await play(store, [note('c', 't', `n${at}`), markSeen('c', 'robin', 99), message('c', 't', `m${at}`), set(CHAT, { n: { at } })])
      }
      await play(store, [closeThread('c', 't'), openThread('c', 't2'), message('c', 't2', 'later')])
      expect(await store.event('c', 't', 't_5')).toMatchObject({ id: 't_5', text: 'm5' })
      expect(await store.event('c', 't', 't_a4')).toMatchObject({ id: 't_a4', text: 'n5', audience: 'agents' })
      expect(await store.event('c', 't2', 't2_1')).toMatchObject({ text: 'later' })
      expect(await store.event('c', 't', 't2_1')).toBeNull()
      expect(await store.event('other', 't', 't_1')).toBeNull()
    })
  })
}
