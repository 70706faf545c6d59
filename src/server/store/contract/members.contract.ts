/** Who is in a chat and may read what, and each user's own log. */
import { describe, expect, it } from 'vitest'
import {
  addUser,
  change,
  createChat,
  done,
  message,
  openThread,
  type Place,
  play,
  removeUser,
  startChat,
  summaryOf,
  useGround,
} from './ground.contract.ts'

export function membersContract(prepare: () => Promise<Place>): void {
  const ground = useGround(prepare)

  const group = () =>
    change([
      createChat('c', {
        kind: 'group',
        members: [
          { user_id: 'ann', user_type: 'customer' },
          { user_id: 'robin', user_type: 'agent' },
        ],
      }),
      openThread('c', 't'),
      message('c', 't', 'hello'),
    ])

  describe('stays', () => {
    it('[MEM4] of the first members last from entry 1', async () => {
      const { store } = ground
      const { audience } = await done(store, group())
      const always = { chat_id: 'c', role: null, from_agents: 1, from_public: 1, to_agents: null, to_public: null }
      expect(await store.stays('c', 'ann')).toEqual([{ ...always, user_id: 'ann', user_type: 'customer' }])
      expect(await store.stays('c', 'robin')).toEqual([{ ...always, user_id: 'robin', user_type: 'agent' }])
      const members = [
        { user_id: 'ann', user_type: 'customer' },
        { user_id: 'robin', user_type: 'agent' },
      ]
      expect(await store.present('c')).toEqual(members)
      expect(audience).toEqual({ organization_id: 'acme', chat_id: 'c', kind: 'group', members })
    })

    it('[MEM4] begin at the joining, or at entry 1 with history', async () => {
      const { store } = ground
      await done(store, group())
      await done(store, change([message('c', 't', 'n', { audience: 'agents' })]))
      const joined = await done(store, change([addUser('c', 'kim', { history: false, by: 'robin' })]))
      expect(joined.entries).toMatchObject([{ kind: 'user_added', user_id: 'kim', actor_id: 'robin', seq_agents: 4, seq_public: 3 }])
      await done(store, change([addUser('c', 'lee', { history: true })]))
      expect(await store.stays('c', 'kim')).toMatchObject([{ from_agents: 4, from_public: 3, to_agents: null, to_public: null }])
      expect(await store.stays('c', 'lee')).toMatchObject([{ from_agents: 1, from_public: 1 }])
      expect((await summaryOf(store, 'c', 'kim', 'agents')).unread).toBe(0)
      expect((await summaryOf(store, 'c', 'lee', 'agents')).unread).toBe(2)
    })

    it('[MEM5] end with the leaving, and another may begin', async () => {
      const { store } = ground
      await done(store, group())
      const left = await done(store, change([removeUser('c', 'robin', 'ann')]))
      expect(left.entries).toMatchObject([{ kind: 'user_removed', user_id: 'robin', actor_id: 'ann', seq_agents: 3 }])
      expect(left.audience?.members.map(({ user_id }) => user_id).sort()).toEqual(['ann', 'robin'])
      expect(await store.present('c')).toEqual([{ user_id: 'ann', user_type: 'customer' }])
      expect(await store.stays('c', 'robin')).toMatchObject([{ from_agents: 1, to_agents: 3, to_public: 3 }])
      await done(store, change([message('c', 't', 'unheard')]))
      const back = await done(store, change([addUser('c', 'robin', { history: false })]))
      expect(back.audience?.members.map(({ user_id }) => user_id).sort()).toEqual(['ann', 'robin'])
      expect(await store.stays('c', 'robin')).toMatchObject([
        { from_agents: 1, to_agents: 3 },
        { from_agents: 5, to_agents: null },
      ])
      expect((await summaryOf(store, 'c', 'ann', 'public')).stays).toMatchObject([
        { user_id: 'ann', to_agents: null },
        { user_id: 'robin', from_agents: 5, to_agents: null },
      ])
    })

    it('may begin at entry 1 any number of times', async () => {
      const { store } = ground
      await done(store, startChat())
      for (let round = 0; round < 3; round++) {
        await done(store, change([addUser('c', 'kim')]))
        await done(store, change([removeUser('c', 'kim')]))
      }
      expect((await store.stays('c', 'kim')).map(({ from_agents, to_agents }) => [from_agents, to_agents])).toEqual([
        [1, 4],
        [1, 6],
        [1, 8],
      ])
    })

    it('of who is there already, or is not there, change nothing', async () => {
      const { store } = ground
      await done(store, group())
      const same = await done(store, change([addUser('c', 'robin'), removeUser('c', 'stranger')]))
      expect(same).toMatchObject({ entries: [], user_entries: [], chat: { seq_agents: 2 } })
      expect(await store.userHead('robin')).toBe(1)
    })
  })

  describe('the user’s own log', () => {
    it('[RES7] names chats gained and lost, densely from 1', async () => {
      const { store } = ground
      const started = await done(store, { ...startChat('c1', 't1'), at: 1000 })
      expect(started.user_entries).toEqual([
        { user_id: 'ann', seq: 1, kind: 'chat_added', chat_id: 'c1', event_id: null, author_id: null, created_at: 1000 },
      ])
      await done(store, startChat('c2', 't2'))
      const changed = await done(store, change([removeUser('c1', 'ann'), { write: 'profile_updated', user_id: 'ann' }], { at: 2000 }))
      expect(changed.user_entries.map(({ seq, kind }) => [seq, kind]).sort()).toEqual([
        [3, 'chat_removed'],
        [4, 'profile_updated'],
      ])
      const { entries, head } = await store.userEntries('ann', 0, 10)
      expect(head).toBe(4)
      expect(entries.map(({ seq, kind, chat_id }) => [seq, kind, chat_id])).toEqual([
        [1, 'chat_added', 'c1'],
        [2, 'chat_added', 'c2'],
        [3, 'chat_removed', 'c1'],
        [4, 'profile_updated', null],
      ])
    })

    it('is read in pages after a cursor', async () => {
      const { store } = ground
      await play(
        store,
        Array.from({ length: 5 }, () => ({ write: 'profile_updated', user_id: 'ann' }) as const),
      )
      const read = async (after: number) => (await store.userEntries('ann', after, 2)).entries.map(({ seq }) => seq)
      expect([await read(0), await read(2), await read(4), await read(5)]).toEqual([[1, 2], [3, 4], [5], []])
      expect(await store.userHead('ann')).toBe(5)
      expect(await store.userEntries('nobody', 0, 2)).toEqual({ entries: [], head: 0 })
    })

    it('a profile alone tells no chat', async () => {
      const { store } = ground
      const { chat, audience, entries } = await done(store, change([{ write: 'profile_updated', user_id: 'ann' }]))
      expect({ chat, audience, entries }).toEqual({ chat: null, audience: null, entries: [] })
    })
  })
}
