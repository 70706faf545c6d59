/** Files: rows that an event takes once, and whose bytes are to go when they do. */
import { describe, expect, it } from 'vitest'
import type { Change, Precondition, Write } from '../change.ts'
import type { Store } from '../store.ts'
import {
  change,
  chatOf,
  done,
  fileRow,
  insertFile,
  message,
  organization,
  type Place,
  page,
  startChat,
  useGround,
} from './ground.contract.ts'

const removal = (file_id: string, due_at: number): Write => ({ write: 'insert', table: 'file_removals', row: { file_id, due_at } })
const withFile = (file_id: string, more: object = {}): Write =>
  message('c', 't', '', { type: 'file', text: null, file_ids: [file_id], ...more })
const expecting = (expected: Precondition, writes: Write[] = []): Change => change(writes, { expect: [expected] })

export function filesContract(prepare: () => Promise<Place>): void {
  const ground = useGround(prepare)

  describe('a file', () => {
    it('[FIL2] is found by its id, and by the name that its uploader gave it', async () => {
      const { store } = ground
      await done(store, change([insertFile('f1', { custom_id: 'mine' }), insertFile('f2'), insertFile('f3')]))
      expect(await store.file('f1')).toEqual(fileRow('f1', { custom_id: 'mine' }))
      expect(await store.file('none')).toBeNull()
      expect(await store.fileByCustomId('acme', 'ann', 'mine')).toMatchObject({ id: 'f1' })
      expect(await store.fileByCustomId('acme', 'ben', 'mine')).toBeNull()
      expect(await store.fileByCustomId('other', 'ann', 'mine')).toBeNull()
      expect(await store.commit(change([insertFile('f4', { custom_id: 'mine' })]))).toEqual({ ok: false, why: 'conflict' })
      await done(store, change([organization('other', 2), insertFile('f5', { organization_id: 'other', custom_id: 'mine' })]))
    })

    it('[FIL4] is taken by one event, with which it comes wherever that is read, and outlives its time', async () => {
      const { store } = ground
      await done(store, startChat())
      await done(store, change([insertFile('f1')]))
      const used = fileRow('f1', { expires_at: null })
      const { entries } = await done(store, change([withFile('f1')]))
      expect(entries[0]?.event).toMatchObject({ type: 'file', files: [used] })
      const read = async ({ events, entries, summary }: Store) => [
        (await events(page('c'))).events.map(({ files }) => files),
        (await entries('c', 'public', 2, 10)).entries[0]?.event?.files,
        (await summary(await chatOf(ground.store, 'c'), { user_id: 'ann', view: 'public' })).last_events[0]?.files,
      ]
      const expected = [[[], [used]], [used], [used]]
      expect(await read(store)).toEqual(expected)
      expect(await read(await ground.reopen())).toEqual(expected)
    })

    it('[FIL4] is no other event’s, and none that there is not: the change is stale, and nothing of it stays', async () => {
      const { store } = ground
      await done(store, startChat())
      await done(store, change([insertFile('f1'), insertFile('f2')]))
      const both = await Promise.all([store.commit(change([withFile('f1')])), store.commit(change([withFile('f1')]))])
      expect(both).toMatchObject([{ ok: true }, { ok: false, why: 'stale' }])
      expect(await store.commit(change([withFile('none')]))).toEqual({ ok: false, why: 'stale' })
      expect(await store.commit(change([withFile('f2'), withFile('f2')]))).toEqual({ ok: false, why: 'stale' })
      expect((await store.file('f2'))?.expires_at).toBe(5000)
      expect((await chatOf(store, 'c')).seq_agents).toBe(3)
    })

    it('[FIL4] of a repeated send is that of the first', async () => {
      const { store } = ground
      await done(store, startChat())
      await done(store, change([insertFile('f1')]))
      const idempotency = [{ by: 'event', chat_id: 'c', author_id: 'ann', custom_id: 'k', fingerprint: 'f' }] as const
      const send = change([withFile('f1', { custom_id: 'k', fingerprint: 'f' })], { idempotency })
      await done(store, send)
      expect(await done(store, send)).toMatchObject({ replayed: true, entries: [{ event: { files: [{ id: 'f1' }] } }] })
    })

    it('that is gone leaves its event without one', async () => {
      const { store } = ground
      await done(store, startChat())
      await done(store, change([insertFile('f1')]))
      await done(store, change([withFile('f1')]))
      await done(store, change([{ write: 'delete', table: 'files', key: { id: 'f1' } }]))
      expect((await store.events(page('c'))).events.at(-1)).toMatchObject({ type: 'file', files: [] })
    })
  })

  describe('what a change expects of files', () => {
    it('is looked at when it is made', async () => {
      const { store } = ground
      await done(store, startChat())
      await done(store, change([insertFile('f1', { custom_id: 'mine' }), insertFile('f2'), removal('f3', 9)]))
      await done(store, change([withFile('f2')]))
      const named = (custom_id: string): Precondition => ({ holds: 'unnamed', organization_id: 'acme', uploader_id: 'ann', custom_id })
      const all: [Precondition, boolean][] = [
        [{ holds: 'unused', file_id: 'f1' }, true],
        [{ holds: 'unused', file_id: 'f2' }, false],
        [{ holds: 'unused', file_id: 'none' }, false],
        [{ holds: 'free', file_id: 'f1' }, false],
        [{ holds: 'free', file_id: 'none' }, true],
        [named('mine'), false],
        [named('other'), true],
        [{ holds: 'exists', table: 'file_removals', file_id: 'f3' }, true],
        [{ holds: 'exists', table: 'file_removals', file_id: 'f1' }, false],
      ]
      for (const [expected, ok] of all) expect({ expected, ...(await store.commit(expecting(expected))) }).toMatchObject({ expected, ok })
    })
  })

  describe('[FIL5] bytes that are to go', () => {
    it('are named when they are due, the oldest first and so many at a time, until they are gone', async () => {
      const { store } = ground
      await done(store, change([removal('c', 30), removal('a', 10), removal('b', 20)]))
      const due = async (until: number, limit = 10) => (await store.fileRemovals(until, limit)).map(({ file_id }) => file_id)
      expect([await due(9), await due(20), await due(30, 2)]).toEqual([[], ['a', 'b'], ['a', 'b']])
      await done(store, change([{ write: 'delete', table: 'file_removals', key: { file_id: 'a' } }]))
      expect(await due(30)).toEqual(['b', 'c'])
    })

    it('are those of every row that goes: deleted, or swept because no event has it', async () => {
      const { store } = ground
      await done(store, startChat())
      await done(store, change([insertFile('used'), insertFile('deleted'), insertFile('old'), insertFile('new', { expires_at: 6000 })]))
      await done(store, change([withFile('used'), { write: 'delete', table: 'files', key: { id: 'deleted' } }]))
      await done(store, change([{ write: 'sweep', table: 'files', until: 5999, limit: 10 }]))
      expect((await store.fileRemovals(0, 10)).map(({ file_id }) => file_id).sort()).toEqual(['deleted', 'old'])
      expect([(await store.file('used'))?.id, (await store.file('new'))?.id, await store.file('old')]).toEqual(['used', 'new', null])
    })
  })
}
