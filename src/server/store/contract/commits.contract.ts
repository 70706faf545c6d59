/** Changes: whole or not at all, in order, together in one tick, and still there when the store is opened again. */
import { describe, expect, it } from 'vitest'
import type { Change, Outcome } from '../change.ts'
import {
  addUser,
  change,
  chatOf,
  closeThread,
  createChat,
  done,
  logOf,
  message,
  organization,
  type Place,
  page,
  startChat,
  texts,
  useGround,
} from './ground.contract.ts'

const stale = { ok: false, why: 'stale' }

export function commitsContract(prepare: () => Promise<Place>): void {
  const ground = useGround(prepare)

  describe('a change', () => {
    it('is refused when what it relied on is no longer so', async () => {
      const { store } = ground
      await done(store, startChat())
      const relying = (expected: Change['expect'][number]) => store.commit(change([message('c', 't', 'hi')], { expect: [expected] }))
      expect(await relying({ holds: 'active_thread', chat_id: 'c', thread_id: null })).toEqual(stale)
      expect(await relying({ holds: 'active_thread', chat_id: 'c', thread_id: 'other' })).toEqual(stale)
      expect(await relying({ holds: 'present', chat_id: 'c', user_id: 'ann', present: false })).toEqual(stale)
      expect(await relying({ holds: 'present', chat_id: 'c', user_id: 'robin', present: true })).toEqual(stale)
      expect(await relying({ holds: 'exists', table: 'sign_in_links', hash: 'none' })).toEqual(stale)
      expect(await relying({ holds: 'active_thread', chat_id: 'c', thread_id: 't' })).toMatchObject({ ok: true })
      expect(await relying({ holds: 'present', chat_id: 'c', user_id: 'ann', present: true })).toMatchObject({ ok: true })
      expect(await relying({ holds: 'present', chat_id: 'c', user_id: 'robin', present: false })).toMatchObject({ ok: true })
      expect((await chatOf(store, 'c')).seq_agents).toBe(5)
    })

    it('leaves nothing behind when a late part of it fails', async () => {
      const { store } = ground
      await done(store, startChat())
      const parts = [message('c', 't', 'hi'), addUser('c', 'robin'), { write: 'profile_updated', user_id: 'ann' } as const]
      expect(await store.commit(change([...parts, message('c', 'gone', 'x')]))).toEqual(stale)
      expect(await store.commit(change([...parts, organization('acme', 9)]))).toEqual({ ok: false, why: 'conflict' })
      expect(await logOf(store, 'c', 'agents')).toHaveLength(2)
      expect(texts((await store.events(page('c'))).events)).toEqual(['hello'])
      expect(await store.present('c')).toEqual([{ user_id: 'ann', user_type: 'customer' }])
      expect([await store.userHead('ann'), await store.userHead('robin')]).toEqual([1, 0])
    })

    it('conflicts with a chat of the same id', async () => {
      const { store } = ground
      await done(store, startChat())
      expect(await store.commit(startChat())).toEqual({ ok: false, why: 'conflict' })
      expect(await logOf(store, 'c', 'agents')).toHaveLength(2)
    })

    it('about two chats is refused as wrong, alone', async () => {
      const { store } = ground
      await done(store, startChat())
      await done(store, startChat('d', 'u'))
      const wrong = store.commit(change([message('c', 't', 'x'), message('d', 'u', 'x')]))
      const right = store.commit(change([message('c', 't', 'right')]))
      await expect(wrong).rejects.toThrow('chat')
      expect(await right).toMatchObject({ ok: true, committed: { entries: [{ seq_agents: 3 }] } })
    })
  })

  describe('changes of one tick', () => {
    it('[LOG1] are carried out in the order of the calls, and told in it', async () => {
      const { store } = ground
      await done(store, startChat())
      const told: number[] = []
      const all = Array.from({ length: 700 }, (_, at) =>
        store.commit(change([message('c', 't', `${at}`)])).then((outcome) => {
          told.push(at)
          return outcome
        }),
      )
      const outcomes = await Promise.all(all)
      expect(told).toEqual(all.map((_, at) => at))
      const seqs = outcomes.map((outcome) => (outcome.ok ? outcome.committed.entries[0]?.seq_agents : null))
      expect(seqs).toEqual(all.map((_, at) => at + 3))
    })

    it('fail alone', async () => {
      const { store } = ground
      await done(store, startChat())
      await done(store, startChat('d', 'u'))
      const of = (at: number): Change => {
        if (at % 5 === 1) return change([message('c', 't', 'half'), message('c', 'gone', 'lost')])
        if (at % 5 === 2) return change([addUser('c', 'kim'), organization('acme', 9)])
        if (at % 5 === 3) return change([message('d', 'u', `${at}`)])
        return change([message('c', 't', `${at}`)])
      }
      const outcomes: Outcome[] = await Promise.all(Array.from({ length: 100 }, (_, at) => store.commit(of(at))))
      expect(outcomes.map((outcome) => (outcome.ok ? 'ok' : outcome.why))).toEqual(
        Array.from({ length: 100 }, (_, at) => ['ok', 'stale', 'conflict', 'ok', 'ok'][at % 5]),
      )
      const kept = [...Array(100).keys()]
      expect(texts((await store.events(page('c'))).events).slice(1)).toEqual(kept.filter((at) => [0, 4].includes(at % 5)).map(String))
      expect(texts((await store.events(page('d'))).events).slice(1)).toEqual(kept.filter((at) => at % 5 === 3).map(String))
      expect((await logOf(store, 'c', 'agents')).map(({ seq }) => seq)).toEqual(Array.from({ length: 42 }, (_, at) => at + 1))
    })

    it('see what those before them made', async () => {
      const { store } = ground
      const outcomes = await Promise.all([
        store.commit(startChat()),
        store.commit(change([closeThread('c', 't')], { expect: [{ holds: 'active_thread', chat_id: 'c', thread_id: 't' }] })),
        store.commit(change([message('c', 't', 'x')], { expect: [{ holds: 'active_thread', chat_id: 'c', thread_id: 't' }] })),
      ])
      expect(outcomes.map(({ ok }) => ok)).toEqual([true, true, false])
    })

    it('[LOG4] are told when reading finds them, and not before', async () => {
      const { store } = ground
      await done(store, startChat())
      const outcome = store.commit(change([message('c', 't', 'hi')]))
      expect((await chatOf(store, 'c')).seq_agents).toBe(2)
      await outcome
      expect((await chatOf(store, 'c')).seq_agents).toBe(3)
    })
  })

  describe('a store', () => {
    it('opened again has everything, its epoch and its secret', async () => {
      const { store } = ground
      await done(store, startChat())
      await done(store, change([addUser('c', 'robin'), closeThread('c', 't')]))
      const [log, chat, { epoch, secret }] = [await store.entries('c', 'agents', 0, 100), await chatOf(store, 'c'), store]
      const again = await ground.reopen()
      expect(await again.entries('c', 'agents', 0, 100)).toEqual(log)
      expect(await chatOf(again, 'c')).toEqual(chat)
      expect([again.epoch, again.secret]).toEqual([epoch, secret])
      expect(epoch).toMatch(/^[\w-]{16,}$/)
      expect(secret.byteLength).toBeGreaterThanOrEqual(32)
    })

    it('finishes what it took before it closes, and takes nothing after', async () => {
      const { store } = ground
      await done(store, startChat())
      const taken = Array.from({ length: 300 }, (_, at) => store.commit(change([message('c', 't', `${at}`)])))
      const again = await ground.reopen()
      expect((await Promise.all(taken)).every(({ ok }) => ok)).toBe(true)
      expect((await chatOf(again, 'c')).seq_agents).toBe(302)
      await expect(store.commit(change([createChat('late')]))).rejects.toThrow('closed')
    })

    it('counts what it does', async () => {
      const { store } = ground
      const before = store.stats()
      const outcomes = [startChat(), startChat('d', 'u')].map((wanted) => store.commit(wanted))
      expect(store.stats().waiting).toBe(2)
      await Promise.all(outcomes)
      const after = store.stats()
      expect([after.changes - before.changes, after.waiting]).toEqual([2, 0])
      expect(after.commits).toBeGreaterThan(before.commits)
      expect(after.commit_ms).toHaveLength(after.commits)
      expect(after.commit_ms.every((ms) => ms >= 0)).toBe(true)
      await store.ping()
    })
  })
}
