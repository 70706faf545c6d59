/** Messages that bots write piece by piece, as far as they are stored: their steps, their ends, and those that nobody goes on with. */
import { describe, expect, it } from 'vitest'
import type { LogWrite, Precondition, Write } from '../change.ts'
import {
  addUser,
  change,
  chatOf,
  closeThread,
  done,
  erase,
  message,
  note,
  openThread,
  type Place,
  page,
  removeUser,
  startChat,
  useGround,
} from './ground.contract.ts'

const event = { chat_id: 'c', thread_id: 't', event_id: 't_2' } as const

type Step = Extract<LogWrite, { write: 'stream_event' }>

/** As the bot writes it. */
const step = (text: string | null, streaming_at: number | null, more: Partial<Step> = {}): Write => ({
  ...{ write: 'stream_event', ...event, text, streaming_at, by: 'bot' },
  ...more,
})

const begun = message('c', 't', 'Let me', { author_id: 'bot', streaming_at: 1000 })

const streaming = (at: number): Precondition => ({ holds: 'streaming', ...event, at })

export function streamsContract(prepare: () => Promise<Place>): void {
  const ground = useGround(prepare)
  const read = (event_id = 't_2') => ground.store.event('c', 't', event_id)
  const begin = async (write: Write = begun) => {
    await done(ground.store, startChat())
    return done(ground.store, change([write]))
  }

  describe('a message that a bot is writing', () => {
    it('[BOT3] grows by steps that are no edits, and is whole wherever it is read', async () => {
      const { store } = ground
      const [entry] = (await begin()).entries
      expect(entry?.event).toMatchObject({ text: 'Let me', streaming_at: 1000, cut_by: null })
      const grown = await done(store, change([step('Let me see', 2000)], { at: 2000 }))
      expect(grown.entries).toMatchObject([
        { kind: 'event_updated', seq_agents: 4, seq_public: 4, event_id: 't_2', actor_id: 'bot', created_at: 2000 },
      ])
      const after = { ...entry?.event, text: 'Let me see', streaming_at: 2000 }
      expect([grown.entries[0]?.event, await read()]).toEqual([after, after])
      const reopened = await ground.reopen()
      expect((await reopened.events(page('c'))).events[1]).toEqual(after)
      expect((await reopened.entries('c', 'public', 2, 10)).entries.map((one) => one.event)).toEqual([after, after])
    })

    it('[BOT4] is claimed by a step that says nothing new, without an entry', async () => {
      const { store } = ground
      await begin()
      const claimed = await done(store, change([step('Let me', 5000)]))
      expect([claimed.entries, claimed.chat?.seq_agents, (await read())?.streaming_at]).toEqual([[], 3, 5000])
    })

    it('[BOT2] ends with its quick replies, and says who ended it where that was another', async () => {
      const { store } = ground
      await begin()
      const { entries } = await done(store, change([step('Let me see.', null, { quick_replies: ['Thanks'] })]))
      const ended = { text: 'Let me see.', quick_replies: ['Thanks'], streaming_at: null, cut_by: null, edited_at: null }
      expect(entries).toMatchObject([{ kind: 'event_updated', event: ended }])
      await done(store, change([{ ...begun, quick_replies: ['Yes', 'No'] }]))
      await done(store, change([step('Let me', null, { event_id: 't_3', by: 'robin' })]))
      await ground.reopen()
      expect(await read()).toMatchObject(ended)
      expect(await read('t_3')).toMatchObject({ text: 'Let me', streaming_at: null, cut_by: 'robin', quick_replies: ['Yes', 'No'] })
      await done(ground.store, change([begun]))
      await done(ground.store, change([step('Let me', null, { event_id: 't_4', by: null })]))
      expect(await read('t_4')).toMatchObject({ streaming_at: null, cut_by: null })
    })

    it('[BOT5] makes an entry of its end, also where nothing was added', async () => {
      await begin()
      expect((await done(ground.store, change([step('Let me', null)]))).entries).toMatchObject([{ kind: 'event_updated' }])
    })

    it('takes no step where it has ended, was deleted, or never streamed', async () => {
      const { store } = ground
      await begin()
      const refused = { ok: false, why: 'stale' }
      expect(await store.commit(change([step('x', 2000, { event_id: 't_1' })]))).toEqual(refused)
      await done(store, change([step('Let me', null)]))
      expect(await store.commit(change([step('Let me see', 3000)]))).toEqual(refused)
      await done(store, change([begun]))
      await done(store, change([erase('t_3')]))
      expect(await store.commit(change([step('Let me see', 3000, { event_id: 't_3' })]))).toEqual(refused)
    })

    it('can be relied on to be as it was stored last', async () => {
      const { store } = ground
      await begin()
      const relying = async (at: number) => (await store.commit(change([], { expect: [streaming(at)] }))).ok
      expect([await relying(1000), await relying(999)]).toEqual([true, false])
      await done(store, change([step('Let me', 2000)]))
      expect([await relying(1000), await relying(2000)]).toEqual([false, true])
      await done(store, change([step('Let me', null)]))
      expect(await relying(2000)).toBe(false)
      const elsewhere = { ...streaming(2000), event_id: 't_9' } as Precondition
      expect(await store.commit(change([], { expect: [elsewhere] }))).toEqual({ ok: false, why: 'stale' })
    })

    it('[BOT6] can be relied on to be all that is being written in the chat', async () => {
      const { store } = ground
      await done(store, startChat())
      const relying = async (at: Record<string, number>) =>
        (await store.commit(change([], { expect: [{ holds: 'streams', chat_id: 'c', at }] }))).ok
      expect([await relying({}), await relying({ t_2: 1000 })]).toEqual([true, false])
      // Of what is committed together each sees what came before.
      const [, late] = await Promise.all([
        store.commit(change([begun])),
        store.commit(change([], { expect: [{ holds: 'streams', chat_id: 'c', at: {} }] })),
      ])
      expect(late).toEqual({ ok: false, why: 'stale' })
      expect([await relying({}), await relying({ t_2: 1000 }), await relying({ t_2: 999 })]).toEqual([false, true, false])
      await done(store, change([step('Let me', null)]))
      expect(await relying({})).toBe(true)
    })

    it('[EDT2] leaves nothing where it is deleted', async () => {
      const { store } = ground
      await begin({ ...begun, quick_replies: ['secret'] })
      await done(store, change([step('Let me tell you', 2000)]))
      await done(store, change([erase('t_2')]))
      expect(await read()).toMatchObject({ text: null, quick_replies: null, streaming_at: null, cut_by: null })
      expect(JSON.stringify(await store.entries('c', 'agents', 0, 10))).not.toMatch(/secret|Let me/)
      expect(await store.streams('c')).toEqual([])
    })

    it('[LOG8] is told to agents only where it is a note', async () => {
      const { store } = ground
      await done(store, startChat())
      await done(store, change([{ ...note('c', 't', 'Hm', 'bot'), streaming_at: 1000 } as Write]))
      const { entries } = await done(store, change([step('Hmm', 2000, { event_id: 't_a1' })]))
      expect(entries).toMatchObject([{ audience: 'agents', seq_agents: 4, seq_public: null }])
    })
  })

  describe('those that are being written', () => {
    it('are found in their chat, in order', async () => {
      const { store } = ground
      await begin()
      await done(store, change([message('c', 't', 'plain'), { ...begun, text: 'And' }]))
      expect((await store.streams('c')).map(({ id, text }) => [id, text])).toEqual([
        ['t_2', 'Let me'],
        ['t_4', 'And'],
      ])
      await done(store, change([step('Let me', null)]))
      expect((await store.streams('c')).map(({ id }) => id)).toEqual(['t_4'])
      expect(await store.streams('none')).toEqual([])
    })

    it('[BOT5] are found over all chats that are there, the longest silent first', async () => {
      const { store } = ground
      for (const [at, name] of ['a', 'b', 'gone'].entries()) {
        await done(store, startChat(name, `${name}-t`))
        await done(store, change([message(name, `${name}-t`, 'Hm', { author_id: 'bot', streaming_at: 3000 - at * 1000 })]))
      }
      await done(store, change([{ write: 'delete_chat', chat_id: 'gone', by: null }]))
      const silent = async (until: number, limit = 9) =>
        (await ground.store.silentStreams(until, limit)).map(({ organization_id, event: { chat_id } }) => [organization_id, chat_id])
      expect(await silent(1999)).toEqual([])
      expect(await silent(2000)).toEqual([['acme', 'b']])
      await ground.reopen()
      expect(await silent(3000)).toEqual([
        ['acme', 'b'],
        ['acme', 'a'],
      ])
      expect(await silent(3000, 1)).toEqual([['acme', 'b']])
    })
  })

  describe('a bot that goes out of a chat', () => {
    const out = { ...removeUser('c', 'bot', 'bot'), waiting: 'starts' } as Write
    const waits = async () => (await chatOf(ground.store, 'c')).waiting_since
    const enter = async () => {
      await done(ground.store, startChat())
      await done(
        ground.store,
        change([addUser('c', 'bot', { user_type: 'bot' }), message('c', 't', 'hi', { author_id: 'bot', waiting: 'ends' })]),
      )
    }

    it('[BOT7] leaves the customer waiting from then on', async () => {
      await enter()
      expect(await waits()).toBeNull()
      await done(ground.store, change([out], { at: 7000 }))
      expect(await waits()).toBe(7000)
      await ground.reopen()
      expect(await waits()).toBe(7000)
    })

    it('[BOT7] changes nothing of a wait that has begun, or where nobody waits', async () => {
      await enter()
      await done(ground.store, change([message('c', 't', 'hello?', { waiting: 'starts' })], { at: 3000 }))
      await done(ground.store, change([out], { at: 7000 }))
      expect(await waits()).toBe(3000)
      await done(ground.store, change([addUser('c', 'bot', { user_type: 'bot' }), closeThread('c', 't')]))
      await done(ground.store, change([out], { at: 9000 }))
      expect(await waits()).toBeNull()
      await done(ground.store, change([openThread('c', 't2')]))
      expect(await waits()).toBeNull()
    })
  })
}
