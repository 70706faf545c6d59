/** Rows whose time is up: a few are swept at a time, the oldest first, and none before its time. */
import { describe, expect, it } from 'vitest'
import { CHAT_START_TTL_S } from '../../../protocol/limits.ts'
import type { SweepWrite, Write } from '../change.ts'
import { agentRow, change, createChat, customerRow, done, type Place, useGround } from './ground.contract.ts'

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
  })
}
