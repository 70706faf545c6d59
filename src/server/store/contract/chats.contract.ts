/** Chats as they are read: by id, in listings by activity, and catching up with their logs. */
import { describe, expect, it } from 'vitest'
import type { ChatListing } from '../store.ts'
import {
  addUser,
  change,
  closeThread,
  createChat,
  done,
  message,
  note,
  organization,
  type Place,
  play,
  removeUser,
  startChat,
  useGround,
} from './ground.contract.ts'

const listing = (more: Partial<ChatListing> = {}): ChatListing => ({
  organization_id: 'acme',
  reader: { user_id: 'robin', view: 'agents' },
  scope: 'organization',
  active: null,
  from: { offset: 0 },
  limit: 100,
  ...more,
})

const mine = (user_id: string, more: Partial<ChatListing> = {}) => listing({ reader: { user_id, view: 'public' }, scope: 'own', ...more })

export function chatsContract(prepare: () => Promise<Place>): void {
  const ground = useGround(prepare)

  const list = async (wanted: ChatListing) => {
    const { chats, total } = await ground.store.chats(wanted)
    return [chats.map(({ chat }) => chat.id).join(' '), total]
  }

  /** Walks a listing by cursor, page by page. */
  const walk = async (wanted: ChatListing): Promise<string[]> => {
    const ids: string[] = []
    for (let from = wanted.from; ; ) {
      const { chats } = await ground.store.chats({ ...wanted, from })
      const last = chats.at(-1)?.chat
      if (!last) return ids
      ids.push(...chats.map(({ chat }) => chat.id))
      from = { at: wanted.reader.view === 'agents' ? last.activity_agents_at : last.activity_public_at, chat_id: last.id }
    }
  }

  /** Support chats c1 … cn of Ann's, each later than the one before, the even ones closed. */
  const startMany = async (count: number) => {
    const { store } = ground
    for (let at = 1; at <= count; at++) {
      await done(store, { ...startChat(`c${at}`, `t${at}`), at: at * 1000 })
      if (at % 2 === 0) await done(store, change([closeThread(`c${at}`, `t${at}`)], { at: at * 1000 + 1 }))
    }
  }

  describe('a chat', () => {
    it('[MEM6] is found in its own organization only', async () => {
      const { store } = ground
      await done(store, startChat())
      expect(await store.chat('acme', 'c')).toMatchObject({ id: 'c', kind: 'support', created_by: 'ann', created_at: 1000 })
      expect(await store.chat('other', 'c')).toBeNull()
      expect(await store.chat('acme', 'nope')).toBeNull()
    })

    it('[RES3] is caught up with from any place, in pages, with the head of the same moment', async () => {
      const { store } = ground
      await done(store, startChat())
      await play(store, [note('c', 't', 'n1'), message('c', 't', 'm1'), note('c', 't', 'n2'), message('c', 't', 'm2')])
      const agents = await store.entries('c', 'agents', 2, 3)
      expect(agents.entries.map(({ seq_agents }) => seq_agents)).toEqual([3, 4, 5])
      expect(agents.head).toBe(6)
      const customers = await store.entries('c', 'public', 2, 100)
      expect(customers.entries.map(({ seq_public, event }) => [seq_public, event?.text])).toEqual([
        [3, 'm1'],
        [4, 'm2'],
      ])
      expect(customers.head).toBe(4)
      expect((await store.entries('c', 'public', 1, 100, 3)).entries.map(({ seq_public }) => seq_public)).toEqual([2, 3])
      expect((await store.entries('c', 'agents', 1, 100, 3)).entries.map(({ seq_agents }) => seq_agents)).toEqual([2, 3])
      expect((await store.entries('c', 'public', 4, 100)).entries).toEqual([])
      expect(await store.entries('nope', 'public', 0, 100)).toEqual({ entries: [], head: 0 })
    })
  })

  describe('a listing of chats', () => {
    it('[MEM2] gives agents all support chats and of the others their own, most recent first', async () => {
      const { store } = ground
      await startMany(4)
      const direct = (user_id: string) => ({ kind: 'direct' as const, members: [{ user_id, user_type: 'agent' as const }] })
      await done(store, change([createChat('d1', direct('robin'))], { at: 2500 }))
      await done(store, change([createChat('d2', direct('kim'))], { at: 2600 }))
      expect(await list(listing())).toEqual(['c4 c3 d1 c2 c1', 5])
      expect(await list(listing({ active: true }))).toEqual(['c3 c1', 2])
      expect(await list(listing({ active: false }))).toEqual(['c4 d1 c2', 3])
      await done(store, change([addUser('c1', 'robin')]))
      expect(await list(listing())).toEqual(['c4 c3 d1 c2 c1', 5])
    })

    it('[MEM1] gives customers the chats they are in', async () => {
      const { store } = ground
      await startMany(3)
      await done(store, change([createChat('b', { created_by: 'ben', members: [{ user_id: 'ben', user_type: 'customer' }] })]))
      expect(await list(mine('ann'))).toEqual(['c3 c2 c1', 3])
      expect(await list(mine('ann', { active: true }))).toEqual(['c3 c1', 2])
      expect(await list(mine('ben'))).toEqual(['b', 1])
      expect(await list(mine('nobody'))).toEqual(['', 0])
      await done(store, change([removeUser('c2', 'ann')]))
      expect(await list(mine('ann'))).toEqual(['c3 c1', 2])
    })

    it('[MEM6] holds no chat of another organization', async () => {
      const { store } = ground
      await done(store, change([organization('other', 2)]))
      await done(store, change([createChat('foreign', { organization_id: 'other' })]))
      await startMany(1)
      expect(await list(listing())).toEqual(['c1', 1])
      expect(await list(mine('ann'))).toEqual(['c1', 1])
    })

    it('[LOG8] is ordered by what its reader sees', async () => {
      const { store } = ground
      await startMany(3)
      await done(store, change([note('c1', 't1', 'n')], { at: 9000 }))
      expect(await list(listing())).toEqual(['c1 c3 c2', 3])
      expect(await list(mine('ann'))).toEqual(['c3 c2 c1', 3])
      await done(store, change([message('c2', 't2', 'm')], { at: 9500 }))
      expect(await list(mine('ann'))).toEqual(['c2 c3 c1', 3])
    })

    it('goes on by offset and by cursor, through chats of the same moment too', async () => {
      const { store } = ground
      await startMany(5)
      for (const id of ['x1', 'x2', 'x3', 'x10']) await done(store, change([createChat(id)], { at: 3000 }))
      const all = 'c5 c4 x3 x2 x10 x1 c3 c2 c1'
      expect(await list(listing())).toEqual([all, 9])
      expect((await walk(listing({ limit: 2 }))).join(' ')).toBe(all)
      expect((await walk(mine('ann', { limit: 4 }))).join(' ')).toBe(all)
      expect(await list(listing({ from: { offset: 3 }, limit: 3 }))).toEqual(['x2 x10 x1', 9])
      expect(await list(listing({ from: { offset: 20 } }))).toEqual(['', 9])
    })

    it('gives an agent of 2 000 chats each of them once', async () => {
      const { store } = ground
      const starts = Array.from({ length: 2000 }, (_, at) => ({ ...startChat(`c${at}`, `t${at}`), at: 1000 + (at % 50) }))
      await Promise.all(starts.map((start) => store.commit(start)))
      const ids = await walk(listing({ limit: 100 }))
      expect(ids).toHaveLength(2000)
      expect(new Set(ids).size).toBe(2000)
    })

    it('shows of each chat what its summary has', async () => {
      const { store } = ground
      await startMany(1)
      const reader = { user_id: 'robin', view: 'agents' } as const
      const [listed] = (await store.chats(listing())).chats
      const chat = await store.chat('acme', 'c1')
      expect(listed).toEqual(chat && (await store.summary(chat, reader)))
      expect(listed).toMatchObject({ unread: 1, last_thread: { id: 't1', events_public: 1 }, last_events: [{ text: 'hello' }] })
    })
  })
}
