/** Rows whose time is up: a few are swept at a time, the oldest first, and none before its time. */
import { describe, expect, it } from 'vitest'
import { CHAT_START_TTL_S } from '../../../protocol/limits.ts'
import type { SweepWrite, Write } from '../change.ts'
import {
  agentRow,
  change,
  createChat,
  customerRow,
  done,
  edit,
  insertFile,
  logOf,
  message,
  type Place,
  page,
  startChat,
  useGround,
} from './ground.contract.ts'

const agent: Write = { write: 'insert', table: 'agents', row: agentRow('robin') }

const sweep = (table: SweepWrite['table'], until: number, limit = 100): Write => ({ write: 'sweep', table, until, limit })

export function sweepsContract(prepare: () => Promise<Place>): void {
  const ground = useGround(prepare)

  const session = (hash: string, expires_at: number): Write => ({
    write: 'insert',
    table: 'agent_sessions',
    row: { hash, organization_id: 'acme', agent_id: 'robin', created_at: 1, expires_at },
  })

  describe('a sweep', () => {
    it('takes the oldest first, so many at a time, and nothing that still holds', async () => {
      await done(ground.store, change([agent, session('c', 30), session('a', 10), session('b', 20), session('d', 31)]))
      const left = async () => {
        const found = await Promise.all(['a', 'b', 'c', 'd'].map((hash) => ground.store.agentSession(hash)))
        return found.flatMap((row) => row?.hash ?? [])
      }
      await done(ground.store, change([sweep('agent_sessions', 30, 2)]))
      expect(await left()).toEqual(['c', 'd'])
      await done(ground.store, change([sweep('agent_sessions', 30, 2)]))
      expect(await left()).toEqual(['d'])
    })

    it('knows links and refresh tokens as well', async () => {
      const { store } = ground
      const row = { organization_id: 'acme', expires_at: 10 }
      await done(
        store,
        change([
          agent,
          { write: 'insert', table: 'sign_in_links', row: { ...row, hash: 'link', agent_id: 'robin' } },
          { write: 'insert', table: 'customers', row: customerRow('ann') },
          { write: 'insert', table: 'refresh_tokens', row: { ...row, hash: 'token', customer_id: 'ann', client_id: 'web', created_at: 1 } },
        ]),
      )
      const both = async () => [(await store.signInLink('link'))?.hash, (await store.refreshToken('token'))?.hash]
      await done(store, change([sweep('sign_in_links', 9), sweep('refresh_tokens', 9)]))
      expect(await both()).toEqual(['link', 'token'])
      await done(store, change([sweep('sign_in_links', 10), sweep('refresh_tokens', 10)]))
      expect(await both()).toEqual([undefined, undefined])
    })

    it('[IDM3] forgets a chat start when nobody repeats it any more, and a start under its name is a new one, swept or not', async () => {
      const { store } = ground
      const ends = 1000 + CHAT_START_TTL_S * 1000
      const start = (chat_id: string, at: number) =>
        store.commit(
          change([createChat(chat_id)], {
            at,
            idempotency: [{ by: 'chat', organization_id: 'acme', author_id: 'ann', custom_id: 's', fingerprint: 'f' }],
          }),
        )
      expect(await start('c1', 1000)).toMatchObject({ ok: true, committed: { replayed: false } })
      await done(store, change([sweep('chat_starts', ends - 1)]))
      expect(await start('c2', ends - 1)).toMatchObject({ committed: { replayed: true, chat: { id: 'c1' } } })
      expect(await start('c3', ends)).toMatchObject({ committed: { replayed: false, chat: { id: 'c3' } } })
      await done(store, change([sweep('chat_starts', ends * 2)]))
      expect(await start('c4', ends)).toMatchObject({ committed: { replayed: false, chat: { id: 'c4' } } })
    })

    it('[KEY3] forgets the oldest uses of keys, of whichever key', async () => {
      const { store } = ground
      const use = (action: string, created_at: number, key_id = 'k'): Write => ({
        ...{ write: 'insert', table: 'audit' },
        row: { organization_id: 'acme', key_id, action, outcome: 'ok', request_id: 'r', address: 'a', created_at },
      })
      await done(store, change([use('new', 30), use('old', 10), use('older', 9, 'other'), use('middle', 20)]))
      const left = async () =>
        (await Promise.all(['k', 'other'].map((key) => store.audit('acme', key, 9)))).flat().map(({ action }) => action)
      await done(store, change([sweep('audit', 20, 2)]))
      expect(await left()).toEqual(['middle', 'new'])
      await done(store, change([sweep('audit', 19, 2)]))
      expect(await left()).toEqual(['middle', 'new'])
      await done(store, change([sweep('audit', 20, 2)]))
      expect(await left()).toEqual(['new'])
    })

    it('[MEM7] takes a deleted chat from the end of its log to the beginning, with its events and files, and no other chat', async () => {
      const { store } = ground
      await done(store, change([insertFile('f1')]))
      for (const id of ['c', 'd', 'e']) await done(store, startChat(id, `${id}-t`))
      const sent = message('c', 'c-t', '', { type: 'file', text: null, file_ids: ['f1'] })
      await done(store, change([sent, message('c', 'c-t', 'last')]))
      await done(store, change([{ write: 'edit_event', chat_id: 'c', thread_id: 'c-t', event_id: 'c-t_1', set: { text: 'x' }, by: null }]))
      for (const [id, at] of [
        ['c', 2000],
        ['e', 3000],
      ] as const)
        await done(store, change([{ write: 'delete_chat', chat_id: id, by: null }], { at }))
      const left = async (id: string) => (await logOf(store, id, 'agents')).length
      await done(store, change([sweep('chats', 1999)]))
      expect([await left('c'), await left('d'), await left('e')]).toEqual([6, 2, 3])
      await done(store, change([sweep('chats', 2000, 4)]))
      expect([await left('c'), await store.file('f1')]).toEqual([2, null])
      await done(store, change([sweep('chats', 2000, 4)]))
      expect([await left('c'), await left('d'), await left('e')]).toEqual([0, 2, 3])
      expect([await store.stays('c', 'ann'), (await store.events(page('c'))).events, await store.chatsOfUser('ann')]).toEqual([
        [],
        [],
        ['d', 'e'],
      ])
      expect(await store.fileRemovals(1e9, 9)).toMatchObject([{ file_id: 'f1' }])
      expect((await store.userEntries('ann', 0, 9)).head).toBe(5)
      await done(store, change([sweep('chats', 3000)]))
      expect(await done(store, startChat('c', 'c-t'))).toMatchObject({ chat: { id: 'c', seq_agents: 2 } })
    })

    it('[MEM7] in several turns takes nothing of what is said elsewhere meanwhile', async () => {
      const { store } = ground
      await done(store, change([insertFile('f1'), insertFile('f2')]))
      await done(store, startChat('d', 'd-t'))
      await done(store, startChat())
      await done(store, change([message('c', 't', 'last', { file_ids: ['f1'] })]))
      const react: Write = { write: 'react', chat_id: 'c', thread_id: 't', event_id: 't_2', kind: 'added', emoji: '👍', user_id: 'ann' }
      await done(store, change([react, edit({ text: 'x' }, 't_2')]))
      await done(store, change([{ write: 'delete_chat', chat_id: 'c', by: null }]))
      const turns = [['f2'], [], [], []]
      for (const [turn, file_ids] of turns.entries()) {
        await done(store, change([sweep('chats', 9000, 2)]))
        await done(store, change([message('d', 'd-t', `${turn}`, { file_ids })]))
      }
      expect(await logOf(store, 'c', 'agents')).toEqual([])
      const said = (await store.events(page('d'))).events.map(({ text, files }) => [text, files.map(({ id }) => id)])
      expect(said).toEqual([['hello', []], ...turns.map((file_ids, turn) => [`${turn}`, file_ids])])
      expect(await store.file('f1')).toBeNull()
    })

    it('[MEM7] takes as many deleted chats at once as its limit has room for', async () => {
      const { store } = ground
      const ids = ['c', 'd', 'e', 'f']
      for (const [at, id] of ids.entries()) {
        await done(store, startChat(id, `${id}-t`))
        await done(store, change([{ write: 'delete_chat', chat_id: id, by: null }], { at: 2000 + at }))
      }
      const left = async () => (await Promise.all(ids.map((id) => logOf(store, id, 'agents')))).map(({ length }) => length)
      expect(await left()).toEqual([3, 3, 3, 3])
      // Two whole chats of three entries, with themselves, and two entries of the next.
      await done(store, change([sweep('chats', 9000, 10)]))
      expect(await left()).toEqual([0, 0, 1, 3])
      await done(store, change([sweep('chats', 9000, 10)]))
      expect(await left()).toEqual([0, 0, 0, 0])
    })
  })
}
