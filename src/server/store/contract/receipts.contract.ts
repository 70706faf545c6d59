/** Read marks and what is unread. */
import { describe, expect, it } from 'vitest'
import {
  addUser,
  change,
  chatOf,
  closeThread,
  done,
  markOf,
  markSeen,
  message,
  note,
  type Place,
  play,
  removeUser,
  startChat,
  summaryOf,
  useGround,
} from './ground.contract.ts'

const ALL = { organization_id: 'acme', scope: 'own', active: null, from: { offset: 0 }, limit: 10 } as const

export function receiptsContract(prepare: () => Promise<Place>): void {
  const ground = useGround(prepare)

  describe('read marks', () => {
    it('[SEE1] become an entry when they move, and write nothing when they are there already', async () => {
      const { store } = ground
      await done(store, startChat())
      const moved = await done(store, change([markSeen('c', 'robin', 2)], { at: 3000 }))
      const mark = { seq_agents: 2, seq_public: 2, seen_up_to: 1000 }
      expect(moved.entries).toMatchObject([{ kind: 'seen', audience: 'all', user_id: 'robin', seq_agents: 3, seq_public: 3, mark }])
      expect(await markOf(store, 'c', 'robin')).toEqual({ chat_id: 'c', user_id: 'robin', ...mark })
      for (const seq of [2, 1, 0]) {
        const again = await done(store, change([markSeen('c', 'robin', seq)]))
        expect(again).toMatchObject({ entries: [], chat: { seq_agents: 3 } })
      }
      expect(await markOf(store, 'c', 'robin')).toMatchObject(mark)
    })

    it('go no further than the log', async () => {
      const { store } = ground
      await done(store, startChat())
      await done(store, change([markSeen('c', 'robin', 99)]))
      expect(await markOf(store, 'c', 'robin')).toMatchObject({ seq_agents: 2, seq_public: 2 })
    })

    it("[SEE3] follow one's own event, and no entry says so", async () => {
      const { store } = ground
      await done(store, startChat())
      expect(await markOf(store, 'c', 'ann')).toMatchObject({ seq_agents: 2, seq_public: 2, seen_up_to: 1000 })
      const { entries } = await done(store, change([message('c', 't', 'hi', { author_id: 'robin' })], { at: 2000 }))
      expect(entries.map(({ kind }) => kind)).toEqual(['event_added'])
      expect(await markOf(store, 'c', 'robin')).toMatchObject({ seq_agents: 3, seq_public: 3, seen_up_to: 2000 })
    })

    it('[SEE5] that pass notes only are told to agents only', async () => {
      const { store } = ground
      await done(store, startChat())
      await play(store, [markSeen('c', 'robin', 2), note('c', 't', 'n', 'kim')])
      const { entries, chat } = await done(store, change([markSeen('c', 'robin', 4)]))
      expect(entries).toMatchObject([
        { kind: 'seen', audience: 'agents', seq_public: null, mark: { seq_agents: 4, seq_public: 2, seen_up_to: 1000 } },
      ])
      expect(chat?.seq_public).toBe(3)
    })

    it("[LOG8] by one's own note move nothing that customers see, and can move there after", async () => {
      const { store } = ground
      await done(store, startChat())
      await play(store, [message('c', 't', 'unread'), note('c', 't', 'n')], 2000)
      expect(await markOf(store, 'c', 'robin')).toMatchObject({ seq_agents: 4, seq_public: 0, seen_up_to: null })
      expect((await summaryOf(store, 'c', 'ann', 'public')).marks.map(({ user_id }) => user_id)).toEqual(['ann'])
      expect((await summaryOf(store, 'c', 'robin', 'agents')).unread).toBe(0)
      const { entries } = await done(store, change([markSeen('c', 'robin', 4)]))
      expect(entries).toMatchObject([{ audience: 'all', mark: { seq_agents: 4, seq_public: 3, seen_up_to: 2000 } }])
    })

    it('of users who come back stay where they were', async () => {
      const { store } = ground
      await done(store, startChat())
      await play(store, [addUser('c', 'robin'), markSeen('c', 'robin', 3)])
      await play(store, [{ write: 'remove_user', chat_id: 'c', user_id: 'robin', by: null }, addUser('c', 'robin')])
      expect(await markOf(store, 'c', 'robin')).toMatchObject({ seq_agents: 3, seq_public: 2 })
    })

    it('[SEE6] make the unread count: events of others after the mark, up to 100', async () => {
      const { store } = ground
      await done(store, startChat())
      const unread = async (user: string, view: 'agents' | 'public') => (await summaryOf(store, 'c', user, view)).unread
      expect([await unread('ann', 'public'), await unread('robin', 'agents')]).toEqual([0, 1])
      await play(store, [message('c', 't', 'hi', { author_id: 'robin' }), note('c', 't', 'n'), message('c', 't', 's', { author_id: null })])
      expect(await unread('ann', 'public')).toBe(2)
      expect(await unread('kim', 'agents')).toBe(4)
      const many = Array.from({ length: 150 }, () => message('c', 't', 'm', { author_id: 'robin' }))
      await done(store, change(many))
      expect([await unread('ann', 'public'), await unread('kim', 'agents')]).toEqual([100, 100])
      await done(store, change([closeThread('c', 't'), markSeen('c', 'ann', (await chatOf(store, 'c')).seq_agents)]))
      expect(await unread('ann', 'public')).toBe(0)
    })

    it('[SEE7] count over all chats a customer is in: what is unread in each, up to 100', async () => {
      const { store } = ground
      const say = (chat_id: string, count: number) =>
        done(store, change(Array.from({ length: count }, () => message(chat_id, `t ${chat_id}`, 'm', { author_id: 'robin' }))))
      for (const chat_id of ['a', 'b', 'c']) await done(store, startChat(chat_id, `t ${chat_id}`))
      expect(await store.unread('acme', 'ann')).toBe(0)
      await say('a', 2)
      await play(store, [note('b', 't b', 'n'), message('b', 't b', 's', { author_id: null }), message('b', 't b', 'own')])
      await say('b', 3)
      const each = async () => (await store.chats({ ...ALL, reader: { user_id: 'ann', view: 'public' } })).chats.map(({ unread }) => unread)
      expect(await each()).toEqual(expect.arrayContaining([0, 2, 3]))
      expect(await store.unread('acme', 'ann')).toBe(5)
      expect([await store.unread('other', 'ann'), await store.unread('acme', 'ben')]).toEqual([0, 0])
      await play(store, [markSeen('a', 'ann', 3), closeThread('b', 't b')])
      expect(await store.unread('acme', 'ann')).toBe(4)
      await say('c', 99)
      expect(await store.unread('acme', 'ann')).toBe(100)
      await play(store, [removeUser('c', 'ann')])
      expect(await store.unread('acme', 'ann')).toBe(4)
    })
  })
}
