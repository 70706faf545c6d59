/** Reactions: one of each user with each emoji, told as all of them are now, and gone with the event's content. */
import { describe, expect, it } from 'vitest'
import type { Write } from '../change.ts'
import type { Reactions } from '../rows.ts'
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
  summaryOf,
  useGround,
} from './ground.contract.ts'

const stale = { ok: false, why: 'stale' }

const react = (user_id: string, emoji = '👍', more: object = {}): Write => ({
  ...{ write: 'react', chat_id: 'c', thread_id: 't', event_id: 't_1', kind: 'added', emoji, user_id },
  ...more,
})
const unreact = (user_id: string, emoji = '👍'): Write => react(user_id, emoji, { kind: 'removed' })

export function reactionsContract(prepare: () => Promise<Place>): void {
  const ground = useGround(prepare)

  const of = async (event_id = 't_1', { store } = ground): Promise<Reactions | null | undefined> =>
    (await store.event('c', 't', event_id))?.reactions
  const started = () => done(ground.store, startChat())
  const play = async (...writes: Write[]) => {
    for (const write of writes) await done(ground.store, change([write]))
  }

  describe('a reaction', () => {
    it('[REA1] is an entry of whoever reacts, and with the event wherever that is read', async () => {
      await started()
      const { entries } = await done(ground.store, change([react('robin')], { at: 2000 }))
      expect(entries).toMatchObject([
        { kind: 'reaction_added', seq_agents: 3, seq_public: 3, audience: 'all', thread_id: 't', event_id: 't_1', created_at: 2000 },
      ])
      expect(entries).toMatchObject([{ user_id: 'robin', actor_id: 'robin', value: '👍', event: { reactions: { '👍': ['robin'] } } }])
      const taken = await done(ground.store, change([unreact('robin')], { at: 3000 }))
      expect(taken.entries).toMatchObject([{ kind: 'reaction_removed', seq_agents: 4, user_id: 'robin', value: '👍' }])
      expect(taken.entries[0]?.event?.reactions).toBeNull()
      await play(react('kim', '🎉'))
      const now = { '🎉': ['kim'] }
      const reopened = await ground.reopen()
      const { entries: log } = await reopened.entries('c', 'public', 1, 9)
      expect(log.map(({ kind, value, event }) => [kind, value, event?.reactions])).toEqual([
        ['event_added', null, now],
        ['reaction_added', '👍', now],
        ['reaction_removed', '👍', now],
        ['reaction_added', '🎉', now],
      ])
      expect((await reopened.events(page('c'))).events[0]?.reactions).toEqual(now)
      expect((await summaryOf(reopened, 'c', 'ann', 'public')).last_events[0]?.reactions).toEqual(now)
    })

    it('[REA1] that is there already, or is not there to be taken back, makes no entry', async () => {
      await started()
      await play(react('robin'))
      const { entries, chat } = await done(ground.store, change([react('robin'), unreact('kim'), unreact('robin', '🎉')]))
      expect([entries, chat?.seq_agents, await of()]).toEqual([[], 3, { '👍': ['robin'] }])
    })

    it('[REA1] stands beside others in the order in which they came', async () => {
      await started()
      await play(react('kim', '🎉'), react('ann'), react('robin'), react('robin', '🎉'), react('lee'))
      const orderOf = (reactions: Reactions | null | undefined) => Object.entries(reactions ?? {})
      const all = [
        ['🎉', ['kim', 'robin']],
        ['👍', ['ann', 'robin', 'lee']],
      ]
      expect(orderOf(await of())).toEqual(all)
      await play(unreact('ann'), unreact('kim', '🎉'), unreact('robin', '🎉'), react('ann'), react('kim', '🎉'))
      await ground.reopen()
      expect(orderOf(await of())).toEqual([
        ['👍', ['robin', 'lee', 'ann']],
        ['🎉', ['kim']],
      ])
    })

    it('[REA1] of many at once is of each, in one change or in as many', async () => {
      await started()
      const users = Array.from({ length: 40 }, (_, at) => `user-${at}`)
      await done(ground.store, change(users.slice(0, 20).map((user) => react(user))))
      await Promise.all(users.slice(20).map((user) => done(ground.store, change([react(user)]))))
      expect(await of()).toEqual({ '👍': users })
      expect((await chatOf(ground.store, 'c')).seq_agents).toBe(42)
    })

    it('[LOG8] to a note is told to agents only', async () => {
      await started()
      await play(note('c', 't', 'psst'))
      const { entries, chat } = await done(ground.store, change([react('robin', '👀', { event_id: 't_a1' })]))
      expect(entries).toMatchObject([{ audience: 'agents', seq_agents: 4, seq_public: null, event_id: 't_a1' }])
      expect(chat).toMatchObject({ seq_agents: 4, seq_public: 2 })
      expect([await of('t_a1'), await of()]).toEqual([{ '👀': ['robin'] }, null])
    })

    it('counts as no news: nothing is unread by it, no mark moves, and the chat is no more active', async () => {
      await started()
      const read = async () => {
        const { chat, unread, marks, last_events, last_thread } = await summaryOf(ground.store, 'c', 'kim', 'agents')
        return [chat.activity_agents_at, chat.activity_public_at, chat.waiting_since, unread, marks, last_events.length, last_thread]
      }
      const before = await read()
      await done(ground.store, change([react('robin')], { at: 9000 }))
      expect(await read()).toEqual(before)
    })

    it('[REA3] stays when the event is edited, and goes with its content; then there is nothing to react to', async () => {
      await started()
      await play(react('robin'), edit({ text: 'goodbye' }))
      expect(await of()).toEqual({ '👍': ['robin'] })
      await play(erase())
      expect(await of()).toBeNull()
      for (const write of [react('kim'), unreact('robin')]) expect(await ground.store.commit(change([write]))).toEqual(stale)
      expect((await ground.store.entries('c', 'agents', 2, 9)).entries.map(({ event }) => event?.reactions)).toEqual([null, null, null])
    })

    it('is to an event of its thread in its chat, or the change is stale', async () => {
      const { store } = ground
      await started()
      await done(store, startChat('d', 'u'))
      await done(store, change([closeThread('c', 't'), openThread('c', 't2')]))
      for (const named of [{ event_id: 't_2' }, { event_id: 'u_1' }, { thread_id: 't2' }, { chat_id: 'd' }, { thread_id: 'u' }])
        expect(await store.commit(change([react('robin', '👍', named)]))).toEqual(stale)
      // One before the last thread can still be reacted to.
      expect(await done(store, change([react('robin')]))).toMatchObject({ entries: [{ seq_agents: 5, thread_id: 't' }] })
    })

    it('of a change that fails is none', async () => {
      await started()
      await play(react('robin'))
      for (const part of [react('kim'), unreact('robin'), react('robin', '🎉')]) {
        expect(await ground.store.commit(change([part, message('c', 'gone', 'x')]))).toEqual(stale)
        expect(await ground.store.commit(change([part, organization('acme', 9)]))).toEqual({ ok: false, why: 'conflict' })
      }
      expect([await of(), (await chatOf(ground.store, 'c')).seq_agents]).toEqual([{ '👍': ['robin'] }, 3])
    })

    it('[IDM1] is in the answer to a repeated send of its event', async () => {
      await started()
      const send = change([message('c', 't', 'two', { custom_id: 'k', fingerprint: 'f' })], {
        idempotency: [{ by: 'event', chat_id: 'c', author_id: 'ann', custom_id: 'k', fingerprint: 'f' }],
      })
      expect((await done(ground.store, send)).entries[0]?.event?.reactions).toBeNull()
      await play(react('robin', '👍', { event_id: 't_2' }))
      expect(await done(ground.store, send)).toMatchObject({ replayed: true, entries: [{ event: { reactions: { '👍': ['robin'] } } }] })
    })
  })
}
