/** Chats that are renamed, opened to others, and deleted: gone for every reader at once, and after a while from the store. */
import { describe, expect, it } from 'vitest'
import type { Write } from '../change.ts'
import type { ChatListing } from '../store.ts'
import {
  addUser,
  change,
  chatOf,
  createChat,
  done,
  logOf,
  message,
  openThread,
  organization,
  type Place,
  startChat,
  useGround,
} from './ground.contract.ts'

type Of<W extends Write['write']> = Extract<Write, { write: W }>

const describeChat = (set: Of<'update_chat'>['set']): Write => ({ write: 'update_chat', chat_id: 'c', set, by: 'ann' })
const deletion = (chat_id = 'c'): Write => ({ write: 'delete_chat', chat_id, by: null })

const group = createChat('c', {
  ...{ kind: 'group', name: 'General', joinable: true, history: true },
  members: [
    { user_id: 'ann', user_type: 'customer' },
    { user_id: 'ben', user_type: 'customer' },
  ],
})

export function deletionsContract(prepare: () => Promise<Place>): void {
  const ground = useGround(prepare)
  const started = () => done(ground.store, change([group, openThread('c', 't'), message('c', 't', 'hello')]))

  describe('a chat that is described', () => {
    it('has a name, and says whether others may join and what they read', async () => {
      await started()
      const shown = { name: 'General', joinable: true, history: true }
      expect(await chatOf(ground.store, 'c')).toMatchObject(shown)
      expect(await chatOf(await ground.reopen(), 'c')).toMatchObject(shown)
    })

    it('is described anew by an entry, and by none where nothing is new', async () => {
      const { store } = ground
      await started()
      const { entries } = await done(store, change([describeChat({ name: null, joinable: false })]))
      expect(entries).toMatchObject([{ kind: 'chat_updated', seq_agents: 3, seq_public: 3, actor_id: 'ann' }])
      const same = await done(store, change([describeChat({ name: null, history: true })]))
      expect(same.entries).toEqual([])
      const now = { name: null, joinable: false, history: true, seq_agents: 3 }
      expect(await chatOf(store, 'c')).toMatchObject(now)
      expect(await chatOf(await ground.reopen(), 'c')).toMatchObject(now)
    })
  })

  describe('what is said of a chat as a whole', () => {
    const settings = { theme: { color: 'red' }, tags: ['a', 1, null] }
    const rich = { avatar: 'https://acme.test/g.png', user_limit: 7, settings }

    it('is there from its beginning, or is nothing', async () => {
      const { chat } = await done(ground.store, change([{ ...group, ...rich }]))
      await done(ground.store, change([createChat('plain')]))
      const nothing = { name: null, avatar: null, user_limit: null, settings: null, joinable: false, history: false }
      const said = { name: 'General', joinable: true, history: true, ...rich }
      expect(chat).toMatchObject(said)
      const reopened = await ground.reopen()
      expect([await chatOf(reopened, 'c'), await chatOf(reopened, 'plain')]).toMatchObject([said, nothing])
      expect(await chatOf(reopened, 'c')).toEqual(chat)
    })

    it('is said anew part by part, each time by one entry, and taken away by null', async () => {
      await started()
      const told = async (set: Of<'update_chat'>['set']) => {
        const { entries, chat } = await done(ground.store, change([describeChat(set)]))
        expect(await chatOf(await ground.reopen(), 'c')).toEqual(chat)
        return entries.map(({ kind }) => kind)
      }
      expect(await told(rich)).toEqual(['chat_updated'])
      expect(await chatOf(ground.store, 'c')).toMatchObject({ name: 'General', ...rich })
      expect(await told({ avatar: 'https://acme.test/h.png' })).toEqual(['chat_updated'])
      expect(await told({ settings: structuredClone(settings), user_limit: 7 })).toEqual([])
      expect(await told({ settings: { tags: [] } })).toEqual(['chat_updated'])
      const now = { avatar: 'https://acme.test/h.png', user_limit: 7, settings: { tags: [] } }
      expect(await chatOf(ground.store, 'c')).toMatchObject(now)
      expect(await told({ avatar: null, user_limit: null, settings: null })).toEqual(['chat_updated'])
      expect(await chatOf(ground.store, 'c')).toMatchObject({ avatar: null, user_limit: null, settings: null, seq_agents: 6 })
    })

    it('is as it was after a change that fails, on the disk and in memory', async () => {
      const { store } = ground
      await started()
      await done(store, change([describeChat(rich)]))
      const before = await chatOf(store, 'c')
      const anew = describeChat({ avatar: null, user_limit: 2, settings: {} })
      expect(await store.commit(change([anew, message('c', 'gone', 'x')]))).toEqual({ ok: false, why: 'stale' })
      expect(await store.commit(change([anew, organization('acme', 9)]))).toEqual({ ok: false, why: 'conflict' })
      expect(await chatOf(store, 'c')).toEqual(before)
      expect(await chatOf(await ground.reopen(), 'c')).toEqual(before)
    })

    it('stands still when other things happen', async () => {
      await started()
      await done(ground.store, change([describeChat(rich)]))
      await done(ground.store, change([message('c', 't', 'more'), addUser('c', 'kim')]))
      expect(await chatOf(await ground.reopen(), 'c')).toMatchObject({ name: 'General', ...rich })
    })
  })

  describe('a chat that is deleted', () => {
    const listing = (more: Partial<ChatListing> = {}): ChatListing => ({
      ...{ organization_id: 'acme', reader: { user_id: 'ann', view: 'public' }, scope: 'own', active: null },
      ...{ from: { offset: 0 }, limit: 10, ...more },
    })

    it('[MEM7] ends its log and every stay with one entry, which those hear who were in it', async () => {
      const { store } = ground
      await started()
      const { entries, audience, user_entries } = await done(store, change([deletion()]))
      expect(entries).toMatchObject([{ kind: 'chat_deleted', seq_agents: 3, seq_public: 3, actor_id: null, audience: 'all' }])
      expect(audience?.members.map(({ user_id }) => user_id).sort()).toEqual(['ann', 'ben'])
      expect(user_entries.map(({ user_id, kind, chat_id }) => [user_id, kind, chat_id]).sort()).toEqual([
        ['ann', 'chat_removed', 'c'],
        ['ben', 'chat_removed', 'c'],
      ])
      for (const user of ['ann', 'ben'])
        expect(await store.stays('c', user)).toMatchObject([{ from_agents: 1, to_agents: 3, to_public: 3 }])
      expect(await store.present('c')).toEqual([])
    })

    it('[MEM7] is read by nobody: not by its id, nor in any listing, nor in what is unread', async () => {
      await started()
      await done(ground.store, startChat('s', 'st'))
      const agents = listing({ scope: 'organization', reader: { user_id: 'robin', view: 'agents' } })
      const all = { organization_id: 'acme', reader: agents.reader, kind: null, active: null, limit: 10, count: true } as const
      const seen = async ({ store } = ground) => [
        ...(await Promise.all(['c', 's'].map(async (id) => (await store.chat('acme', id)) !== null))),
        ...(await Promise.all([listing(), agents].map(async (wanted) => (await store.chats(wanted)).total))),
        (await store.organizationChats({ ...all, from: { offset: 0 } })).total,
        await store.unread('acme', 'ben'),
      ]
      expect(await seen()).toEqual([true, true, 2, 1, 2, 1])
      await done(ground.store, change([deletion()]))
      expect(await seen()).toEqual([false, true, 1, 1, 1, 0])
      await done(ground.store, change([deletion('s')]))
      expect(await seen()).toEqual([false, false, 0, 0, 0, 0])
      await ground.reopen()
      expect(await seen()).toEqual([false, false, 0, 0, 0, 0])
    })

    it('is written to no more: a send, a joining, a change, another deletion are stale', async () => {
      const { store } = ground
      await started()
      await done(store, change([deletion()]))
      const writes = [message('c', 't', 'late'), addUser('c', 'kim'), describeChat({ name: 'x' }), deletion(), openThread('c', 't2')]
      for (const write of writes) expect(await store.commit(change([write]))).toEqual({ ok: false, why: 'stale' })
      expect(await logOf(store, 'c', 'agents')).toHaveLength(3)
    })

    it('of a send and a deletion at once each is whole or not at all', async () => {
      const { store } = ground
      await started()
      const made = await Promise.all([
        store.commit(change([message('c', 't', 'in time')])),
        store.commit(change([deletion()])),
        store.commit(change([message('c', 't', 'late')])),
      ])
      expect(made).toMatchObject([{ ok: true }, { ok: true }, { ok: false, why: 'stale' }])
      expect((await logOf(store, 'c', 'agents')).map(({ kind }) => kind).slice(2)).toEqual(['event_added', 'chat_deleted'])
    })

    it('goes in the change in which the last one leaves', async () => {
      const { store } = ground
      await started()
      await done(store, change([{ write: 'remove_user', chat_id: 'c', user_id: 'ben', by: 'ben' }]))
      const { entries } = await done(store, change([{ write: 'remove_user', chat_id: 'c', user_id: 'ann', by: 'ann' }, deletion()]))
      expect(entries.map(({ kind }) => kind)).toEqual(['user_removed', 'chat_deleted'])
      expect(await store.chat('acme', 'c')).toBeNull()
      expect((await store.userEntries('ann', 0, 10)).entries.map(({ kind }) => kind)).toEqual(['chat_added', 'chat_removed'])
    })
  })
}
