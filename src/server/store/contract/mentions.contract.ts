/** Mentions: whom an event names, and what the logs of those say who are to hear of it. */
import { describe, expect, it } from 'vitest'
import type { Change, Write } from '../change.ts'
import {
  addUser,
  change,
  done,
  edit,
  erase,
  message,
  note,
  organization,
  type Place,
  page,
  startChat,
  useGround,
} from './ground.contract.ts'

const stale = { ok: false, why: 'stale' }

const naming = (tells: readonly string[], text = 'look', more: object = {}) => message('c', 't', text, { mentions: tells, tells, ...more })

const sweepChats: Write = { write: 'sweep', table: 'chats', until: 9000, limit: 100 }

export function mentionsContract(prepare: () => Promise<Place>): void {
  const ground = useGround(prepare)
  const started = () => done(ground.store, startChat())

  const logOf = async (user_id: string, { store } = ground) => (await store.userEntries(user_id, 0, 100)).entries
  const mentioned = async (user_id: string, limit = 100, { store } = ground) =>
    (await store.mentions(user_id, limit)).map(({ event_id, seq_agents }) => `${event_id} ${seq_agents}`)
  const told = (user_id: string, seq: number, event_id: string, created_at: number) => ({
    ...{ user_id, seq, kind: 'mentioned', chat_id: 'c', event_id, author_id: 'ann', created_at },
  })

  describe('a mention', () => {
    it('[MEN2] is in the log of whom the event tells, numbered as what else is there, and with the event', async () => {
      const { store } = ground
      await started()
      await done(store, change([{ write: 'profile_updated', user_id: 'robin' }]))
      const { entries, user_entries } = await done(store, change([naming(['robin', 'kim'])], { at: 2000 }))
      expect(entries).toMatchObject([{ kind: 'event_added', event: { id: 't_2', mentions: ['robin', 'kim'] } }])
      expect(user_entries).toEqual([told('robin', 2, 't_2', 2000), told('kim', 1, 't_2', 2000)])
      await ground.reopen()
      expect((await logOf('robin')).slice(1)).toEqual(user_entries.slice(0, 1))
      expect(await logOf('kim')).toEqual(user_entries.slice(1))
      expect(await ground.store.userHead('robin')).toBe(2)
      expect((await ground.store.events(page('c'))).events.map(({ mentions }) => mentions)).toEqual([null, ['robin', 'kim']])
    })

    it('[MEN2] tells nobody whom the event only names', async () => {
      await started()
      const { user_entries } = await done(ground.store, change([naming([], 'look', { mentions: ['ann', 'robin'] })]))
      expect([user_entries, await ground.store.userHead('robin')]).toEqual([[], 0])
      expect((await ground.store.event('c', 't', 't_2'))?.mentions).toEqual(['ann', 'robin'])
    })

    it('[MEN2] by an edit is told to whom that tells, and what the event named before it names no more', async () => {
      const { store } = ground
      await started()
      await done(store, change([naming(['robin'])], { at: 2000 }))
      const { user_entries } = await done(store, change([{ ...edit({ mentions: ['kim'] }, 't_2'), tells: ['kim'] }], { at: 3000 }))
      expect(user_entries).toEqual([told('kim', 1, 't_2', 3000)])
      await ground.reopen()
      expect((await ground.store.event('c', 't', 't_2'))?.mentions).toEqual(['kim'])
      expect(await logOf('kim')).toEqual(user_entries)
      expect(await logOf('robin')).toEqual([told('robin', 1, 't_2', 2000)])
      await done(ground.store, change([edit({ mentions: null }, 't_2')]))
      expect((await ground.store.event('c', 't', 't_2'))?.mentions).toBeNull()
    })

    it('comes after the chat itself in the log of whom the same change lets in', async () => {
      await started()
      const { user_entries } = await done(ground.store, change([addUser('c', 'kim'), naming(['kim'])]))
      expect(user_entries.map(({ seq, kind }) => [seq, kind])).toEqual([
        [1, 'chat_added'],
        [2, 'mentioned'],
      ])
      expect(await logOf('kim')).toEqual(user_entries)
    })

    it('[EDT2] leaves the event with its content, and nothing but its id in the logs', async () => {
      await started()
      await done(ground.store, change([naming(['robin'], 'secret')], { at: 2000 }))
      await done(ground.store, change([erase('t_2')]))
      expect((await ground.store.event('c', 't', 't_2'))?.mentions).toBeNull()
      expect(await logOf('robin')).toEqual([told('robin', 1, 't_2', 2000)])
    })

    it('of a change that fails is none, and the next has its number', async () => {
      const { store } = ground
      await started()
      for (const part of [naming(['robin']), { ...edit({ mentions: ['robin'] }), tells: ['robin'] }]) {
        expect(await store.commit(change([part, message('c', 'gone', 'x')]))).toEqual(stale)
        expect(await store.commit(change([part, organization('acme', 9)]))).toEqual({ ok: false, why: 'conflict' })
      }
      expect([await store.userHead('robin'), await mentioned('robin')]).toEqual([0, []])
      expect((await done(store, change([naming(['robin'])]))).user_entries).toMatchObject([{ seq: 1, event_id: 't_2' }])
    })

    it('[IDM1] is told once, however often its event is sent', async () => {
      await started()
      const send: Change = change([naming(['robin'], 'look', { custom_id: 'k', fingerprint: 'f' })], {
        idempotency: [{ by: 'event', chat_id: 'c', author_id: 'ann', custom_id: 'k', fingerprint: 'f' }],
      })
      await done(ground.store, send)
      const again = await done(await ground.reopen(), send)
      expect(again).toMatchObject({ replayed: true, user_entries: [], entries: [{ event: { mentions: ['robin'] } }] })
      expect(await ground.store.userHead('robin')).toBe(1)
    })
  })

  describe('the mentions of a user', () => {
    it('[MEN3] are the newest of their log, so many, the oldest first, with the places of their events', async () => {
      const { store } = ground
      await started()
      await done(store, change([naming(['robin']), note('c', 't', 'psst'), naming(['kim'])]))
      await done(store, change([{ write: 'profile_updated', user_id: 'robin' }, addUser('c', 'robin')]))
      await done(store, change([naming(['robin'], 'hush', { audience: 'agents', author_id: 'kim' }), naming(['robin', 'kim'])]))
      expect(await mentioned('robin')).toEqual(['t_2 3', 't_a2 7', 't_4 8'])
      expect([await mentioned('robin', 2), await mentioned('kim'), await mentioned('ann')]).toEqual([
        ['t_a2 7', 't_4 8'],
        ['t_3 5', 't_4 8'],
        [],
      ])
      const [first] = await (await ground.reopen()).mentions('robin', 3)
      expect(first).toEqual({ ...told('robin', 1, 't_2', 1000), seq_agents: 3 })
    })

    it('[MEN3] have the place of an event, whenever it came to name them', async () => {
      await started()
      await done(ground.store, change([message('c', 't', 'two'), message('c', 't', 'three')]))
      await done(ground.store, change([naming(['robin'])]))
      await done(ground.store, change([{ ...edit({ mentions: ['robin'] }, 't_2'), tells: ['robin'] }]))
      expect(await mentioned('robin')).toEqual(['t_4 5', 't_2 3'])
    })

    it('[MEM7] are none of a chat that is gone, whose events come back in no other', async () => {
      const { store } = ground
      await started()
      await done(store, startChat('d', 'u'))
      await done(store, change([message('d', 'u', 'look', { mentions: ['robin'], tells: ['robin'] })]))
      await done(store, change([naming(['robin']), naming(['robin'], 'again')], { at: 2000 }))
      await done(store, change([{ write: 'delete_chat', chat_id: 'c', by: null }]))
      await done(store, change([sweepChats]))
      await done(store, startChat('e', 'v'))
      await done(store, change([message('e', 'v', 'x'), message('e', 'v', 'y'), message('e', 'v', 'z')]))
      const gone = { event_id: null, author_id: null }
      expect(await logOf('robin')).toEqual([
        { ...told('robin', 1, 'u_2', 1000), chat_id: 'd' },
        { ...told('robin', 2, '', 2000), ...gone },
        { ...told('robin', 3, '', 2000), ...gone },
      ])
      expect(await mentioned('robin', 1)).toEqual(['u_2 3'])
    })
  })
}
