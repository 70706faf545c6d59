/** Several files of one event: in their order, taken together or not at all, and gone one by one or with the event. */
import { describe, expect, it } from 'vitest'
import type { Change } from '../change.ts'
import {
  change,
  chatOf,
  done,
  edit,
  erase,
  fileRow,
  insertFile,
  message,
  organization,
  type Place,
  page,
  startChat,
  useGround,
} from './ground.contract.ts'

const withFiles = (...file_ids: string[]) => message('c', 't', '', { text: null, file_ids })
const insertAll = (...ids: string[]): Change => change(ids.map((id) => insertFile(id)))

export function attachmentsContract(prepare: () => Promise<Place>): void {
  const ground = useGround(prepare)

  describe('files of one event', () => {
    const used = (...ids: string[]) => ids.map((id) => fileRow(id, { expires_at: null }))
    const filesOf = async (event_id = 't_2') => (await ground.store.event('c', 't', event_id))?.files
    const due = async () => (await ground.store.fileRemovals(1e9, 20)).map(({ file_id }) => file_id).sort()

    it('[FIL4] come with it in the order in which it names them, wherever it is read', async () => {
      await done(ground.store, startChat())
      await done(ground.store, insertAll('a', 'b', 'c', 'd'))
      const { entries } = await done(ground.store, change([withFiles('c', 'a', 'b')]))
      expect(entries[0]?.event).toMatchObject({ type: 'message', text: null, files: used('c', 'a', 'b') })
      const store = await ground.reopen()
      const { last_events } = await store.summary(await chatOf(store, 'c'), { user_id: 'ann', view: 'public' })
      const read = [(await store.events(page('c'))).events[1], (await store.entries('c', 'public', 2, 9)).entries[0]?.event, last_events[0]]
      expect([await filesOf(), ...read.map((event) => event?.files)]).toEqual(Array(4).fill(used('c', 'a', 'b')))
      expect(await Promise.all(['a', 'b', 'c', 'd'].map(async (id) => (await store.eventOfFile(id))?.id))).toEqual([
        ...['t_2', 't_2', 't_2'],
        undefined,
      ])
    })

    it('[FIL4] are none that it names twice, that another event has, or that there is not: then it has taken nothing', async () => {
      const { store } = ground
      await done(store, startChat())
      await done(store, insertAll('a', 'b', 'c'))
      await done(store, change([withFiles('c')]))
      for (const one of [withFiles('a', 'b', 'a'), withFiles('a', 'c'), withFiles('a', 'b', 'none')])
        expect(await store.commit(change([one]))).toEqual({ ok: false, why: 'stale' })
      expect(await store.commit(change([withFiles('a', 'b'), organization('acme', 9)]))).toEqual({ ok: false, why: 'conflict' })
      expect([await store.file('a'), await store.file('b'), await store.eventOfFile('a')]).toEqual([fileRow('a'), fileRow('b'), null])
      expect((await done(store, change([withFiles('b', 'a')]))).entries).toMatchObject([{ event: { id: 't_3', files: used('b', 'a') } }])
    })

    it('[FIL4] are those of the first, where its send is repeated', async () => {
      await done(ground.store, startChat())
      await done(ground.store, insertAll('a', 'b'))
      const idempotency = [{ by: 'event', chat_id: 'c', author_id: 'ann', custom_id: 'k', fingerprint: 'f' }] as const
      const send = change([{ ...withFiles('b', 'a'), custom_id: 'k', fingerprint: 'f' }], { idempotency })
      await done(ground.store, send)
      const again = await done(await ground.reopen(), send)
      expect(again).toMatchObject({ replayed: true, entries: [{ event: { files: used('b', 'a') } }] })
    })

    it('[FIL10] go one by one, and the others stay as they were', async () => {
      const { store } = ground
      await done(store, startChat())
      await done(store, insertAll('a', 'b', 'c'))
      await done(store, change([withFiles('c', 'a', 'b')]))
      const remove = (id: string) => change([{ write: 'delete', table: 'files', key: { id } }, edit({}, 't_2', null)], { at: 2000 })
      const { entries } = await done(store, remove('a'))
      expect(entries).toMatchObject([{ kind: 'event_updated', event: { files: used('c', 'b') } }])
      expect([await filesOf(), await store.eventOfFile('a'), await due()]).toEqual([used('c', 'b'), null, ['a']])
      for (const id of ['b', 'c']) await done(store, remove(id))
      await ground.reopen()
      expect([await filesOf(), await due()]).toEqual([[], ['a', 'b', 'c']])
    })

    it('[EDT2] stay when it is edited, and all go when it is deleted', async () => {
      await done(ground.store, startChat())
      await done(ground.store, insertAll('a', 'b', 'c'))
      await done(ground.store, change([withFiles('b', 'a'), withFiles('c')]))
      await done(ground.store, change([edit({ text: 'look' }, 't_2')]))
      expect(await filesOf()).toEqual(used('b', 'a'))
      const failed = change([erase('t_2'), message('c', 'gone', 'x')])
      expect(await ground.store.commit(failed)).toEqual({ ok: false, why: 'stale' })
      expect([await filesOf(), await due()]).toEqual([used('b', 'a'), []])
      const { entries } = await done(ground.store, change([erase('t_2')]))
      expect([entries[0]?.event?.files, await filesOf(), await filesOf('t_3'), await due()]).toEqual([[], [], used('c'), ['a', 'b']])
    })

    it('[USR4] go with what somebody said in a deleted chat, and with all else that they uploaded', async () => {
      const { store } = ground
      await done(store, startChat())
      await done(store, insertAll('a', 'b', 'unused'))
      await done(store, change(['x', 'y'].map((id) => insertFile(id, { uploader_id: 'ben' }))))
      await done(store, change([withFiles('b', 'a'), { ...withFiles('y', 'x'), author_id: 'ben' }]))
      await done(store, change([{ write: 'delete_chat', chat_id: 'c', by: null }]))
      await done(store, change([{ write: 'forget_said', chat_id: 'c', user_id: 'ann' }]))
      expect([await filesOf(), (await filesOf('t_3'))?.map(({ id }) => id), await due()]).toEqual([[], ['y', 'x'], ['a', 'b']])
      await done(store, change([{ write: 'delete', table: 'files', key: { organization_id: 'acme', uploader_id: 'ann' } }]))
      expect(await due()).toEqual(['a', 'b', 'unused'])
    })

    it('[MEM7] go with its chat', async () => {
      const { store } = ground
      await done(store, startChat())
      await done(store, insertAll('a', 'b', 'unused'))
      await done(store, change([withFiles('b', 'a')]))
      await done(store, change([{ write: 'delete_chat', chat_id: 'c', by: null }]))
      await done(store, change([{ write: 'sweep', table: 'chats', until: 1000, limit: 100 }]))
      expect([await store.file('a'), await store.file('b'), await due()]).toEqual([null, null, ['a', 'b']])
      expect(await store.file('unused')).toEqual(fileRow('unused'))
    })
  })
}
