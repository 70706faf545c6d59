/** Repeated requests: known by their ids, answered with what the first one made. */
import { describe, expect, it } from 'vitest'
import { IDEMPOTENCY_KEY_TTL_S } from '../../../protocol/limits.ts'
import type { Change, Idempotency } from '../change.ts'
import {
  addUser,
  change,
  chatOf,
  closeThread,
  createChat,
  done,
  logOf,
  message,
  openThread,
  type Place,
  startChat,
  useGround,
} from './ground.contract.ts'

const sent = (custom_id: string, fingerprint = 'f', author_id = 'ann'): Idempotency => ({
  by: 'event',
  chat_id: 'c',
  author_id,
  custom_id,
  fingerprint,
})

const send = (custom_id: string, text: string, fingerprint = text): Change =>
  change([message('c', 't', text, { custom_id, fingerprint })], { idempotency: [sent(custom_id, fingerprint)] })

export function idempotencyContract(prepare: () => Promise<Place>): void {
  const ground = useGround(prepare)

  describe('repeated requests', () => {
    it('[IDM1] answer a custom id sent again with the same event and number, and write nothing', async () => {
      const { store } = ground
      await done(store, startChat())
      const first = await done(store, send('k', 'hi'))
      await done(store, send('k2', 'more'))
      const again = await done(store, send('k', 'hi'))
      expect(again).toMatchObject({ replayed: true, user_entries: [], audience: null })
      expect(again.entries.map(({ thread, ...entry }) => entry)).toEqual(first.entries.map(({ thread, ...entry }) => entry))
      expect(again.chat).toEqual(await chatOf(store, 'c'))
      expect((await chatOf(store, 'c')).seq_agents).toBe(4)
    })

    it('[IDM1] know an id per chat and author', async () => {
      const { store } = ground
      await done(store, startChat())
      await done(store, startChat('d', 'u'))
      await done(store, send('k', 'hi'))
      const robin = change([message('c', 't', 'hi', { custom_id: 'k', author_id: 'robin' })], { idempotency: [sent('k', 'hi', 'robin')] })
      expect(await done(store, robin)).toMatchObject({ replayed: false })
      const elsewhere = change([message('d', 'u', 'hi', { custom_id: 'k' })], {
        idempotency: [{ ...sent('k', 'hi'), chat_id: 'd' } as Idempotency],
      })
      expect(await done(store, elsewhere)).toMatchObject({ replayed: false })
    })

    it('[IDM1] know an id within one tick, and after the store was opened again', async () => {
      const { store } = ground
      await done(store, startChat())
      const [one, two] = await Promise.all([store.commit(send('k', 'hi')), store.commit(send('k', 'hi'))])
      expect([one, two]).toMatchObject([
        { ok: true, committed: { replayed: false } },
        { ok: true, committed: { replayed: true } },
      ])
      const reopened = await ground.reopen()
      expect(await done(reopened, send('k', 'hi'))).toMatchObject({ replayed: true, entries: [{ seq_agents: 3 }] })
    })

    it('[IDM1][LOG7] answer with all entries of the first request, however the chat is now', async () => {
      const { store } = ground
      await done(store, startChat())
      await done(store, change([closeThread('c', 't')]))
      const request = change([openThread('c', 't2'), addUser('c', 'robin'), message('c', 't2', 'hi', { custom_id: 'k' })], {
        expect: [{ holds: 'active_thread', chat_id: 'c', thread_id: null }],
        idempotency: [sent('k')],
      })
      const first = await done(store, request)
      await done(store, change([message('c', 't2', 'bye'), closeThread('c', 't2')]))
      const again = await done(store, request)
      expect(again.entries.map(({ seq_agents, kind }) => [seq_agents, kind])).toEqual([
        [4, 'thread_opened'],
        [5, 'user_added'],
        [6, 'event_added'],
      ])
      expect(again.entries[2]?.event).toEqual(first.entries[2]?.event)
      expect(again.entries[0]?.thread).toMatchObject({ id: 't2', active: false })
    })

    it('[IDM2] refuse the same id with other content', async () => {
      const { store } = ground
      await done(store, startChat())
      await done(store, send('k', 'hi'))
      expect(await store.commit(send('k', 'other'))).toEqual({ ok: false, why: 'mismatch' })
      expect((await chatOf(store, 'c')).seq_agents).toBe(3)
    })

    it('refuse an id that is there and that nobody asked about', async () => {
      const { store } = ground
      await done(store, startChat())
      await done(store, send('k', 'hi'))
      expect(await store.commit(change([message('c', 't', 'hi', { custom_id: 'k' })]))).toEqual({ ok: false, why: 'conflict' })
      expect(await logOf(store, 'c', 'agents')).toHaveLength(3)
    })

    it('[IDM3] answer a chat started again with the same chat', async () => {
      const { store } = ground
      const start = (chat_id: string, fingerprint: string): Change => ({
        ...startChat(chat_id, `${chat_id}-t`),
        idempotency: [{ by: 'chat', organization_id: 'acme', author_id: 'ann', custom_id: 's', fingerprint }],
      })
      const first = await done(store, start('c1', 'f'))
      await done(store, change([closeThread('c1', 'c1-t')]))
      const again = await done(store, start('c2', 'f'))
      expect(again).toMatchObject({ replayed: true, chat: { id: 'c1', seq_agents: 3 } })
      expect(again.entries.map(({ seq_agents, event }) => [seq_agents, event])).toEqual(
        first.entries.map(({ seq_agents, event }) => [seq_agents, event]),
      )
      expect(await store.commit(start('c3', 'other'))).toEqual({ ok: false, why: 'mismatch' })
      expect(await store.chat('acme', 'c2')).toBeNull()
    })

    it('[IDM3] answer a chat that was started without entries', async () => {
      const { store } = ground
      const start = change([createChat('c1')], {
        idempotency: [{ by: 'chat', organization_id: 'acme', author_id: 'ann', custom_id: 's', fingerprint: 'f' }],
      })
      await done(store, start)
      await done(store, change([openThread('c1', 't')]))
      expect(await done(store, start)).toMatchObject({ replayed: true, entries: [], chat: { id: 'c1' } })
    })

    it('[IDM5] know a request by its key for 24 hours, per principal', async () => {
      const { store } = ground
      await done(store, startChat())
      const request = (at: number, fingerprint = 'f', principal = 'ann'): Change =>
        change([message('c', 't', 'hi')], { at, idempotency: [{ by: 'request', principal, key: 'key', fingerprint }] })
      const day = IDEMPOTENCY_KEY_TTL_S * 1000
      await done(store, request(1000))
      expect(await done(store, request(999 + day))).toMatchObject({ replayed: true, entries: [{ seq_agents: 3 }] })
      expect(await store.commit(request(2000, 'other'))).toEqual({ ok: false, why: 'mismatch' })
      expect(await done(store, request(2000, 'f', 'robin'))).toMatchObject({ replayed: false, entries: [{ seq_agents: 4 }] })
      expect(await done(store, request(1000 + day))).toMatchObject({ replayed: false, entries: [{ seq_agents: 5 }] })
      expect(await done(store, request(1001 + day))).toMatchObject({ replayed: true, entries: [{ seq_agents: 5 }] })
    })

    it('[IDM5] leave the key free when the request was refused', async () => {
      const { store } = ground
      await done(store, startChat())
      const by: Idempotency = { by: 'request', principal: 'ann', key: 'key', fingerprint: 'f' }
      const refused = change([message('c', 'gone', 'hi')], { idempotency: [by] })
      expect(await store.commit(refused)).toEqual({ ok: false, why: 'stale' })
      const corrected = change([message('c', 't', 'hi')], { idempotency: [{ ...by, fingerprint: 'corrected' }] })
      expect(await done(store, corrected)).toMatchObject({ replayed: false })
    })

    it('[IDM5] are known where no chat was changed', async () => {
      const { store } = ground
      const request = change([{ write: 'profile_updated', user_id: 'ann' }], {
        idempotency: [{ by: 'request', principal: 'ann', key: 'key', fingerprint: 'f' }],
      })
      await done(store, request)
      expect(await done(store, request)).toMatchObject({ replayed: true, entries: [], chat: null })
      expect(await store.userHead('ann')).toBe(1)
    })
  })
}
