/** Quotes: an event shows another as that is now, wherever it is read and whatever became of either. */
import { describe, expect, it } from 'vitest'
import type { Quoted } from '../rows.ts'
import {
  change,
  chatOf,
  closeThread,
  done,
  edit,
  erase,
  fileRow,
  insertFile,
  message,
  note,
  openThread,
  type Place,
  page,
  startChat,
  useGround,
} from './ground.contract.ts'

const HELLO = { thread_id: 't', event_id: 't_1' }
const stale = { ok: false, why: 'stale' }

const quoting = (text: string, more: object = {}) => message('c', 't', text, { author_id: 'robin', quotes: HELLO, ...more })

const hello: Quoted = {
  ...{ id: 't_1', seq_agents: 2, type: 'message', author_id: 'ann', text: 'hello', files: [] },
  ...{ edited_at: null, deleted_at: null, created_at: 1000 },
}

export function quotesContract(prepare: () => Promise<Place>): void {
  const ground = useGround(prepare)
  const started = () => done(ground.store, startChat())

  /** What the second event quotes, wherever it is read: by its id, in a page, in the entry that brought it, in the chat's summary. */
  async function quoted(): Promise<(Quoted | null | undefined)[]> {
    const { store } = ground
    const reader = { user_id: 'ann', view: 'agents' } as const
    const { last_events } = await store.summary(await chatOf(store, 'c'), reader)
    return [
      (await store.event('c', 't', 't_2'))?.quoted,
      (await store.events(page('c', { replies: 'apart' }))).events[1]?.quoted,
      (await store.entries('c', 'agents', 2, 1)).entries[0]?.event?.quoted,
      last_events.find(({ id }) => id === 't_2')?.quoted,
    ]
  }

  const everywhere = (now: Quoted | null) => [now, now, now, now]

  describe('what an event quotes', () => {
    it('[RPL3] is shown with it, and it stays in the feed', async () => {
      await started()
      const { entries } = await done(ground.store, change([quoting('see above')]))
      expect(entries).toMatchObject([{ kind: 'event_added', event: { id: 't_2', text: 'see above', quoted: hello, parent: null } }])
      expect(await quoted()).toEqual(everywhere(hello))
      await ground.reopen()
      expect(await quoted()).toEqual(everywhere(hello))
      expect(await ground.store.event('c', 't', 't_1')).toMatchObject({ quoted: null, replies: null })
    })

    it('[RPL3] is as it is now: edited, and deleted', async () => {
      await started()
      await done(ground.store, change([quoting('see above')]))
      await done(ground.store, change([edit({ text: 'goodbye' })], { at: 2000 }))
      expect(await quoted()).toEqual(everywhere({ ...hello, text: 'goodbye', edited_at: 2000 }))
      await done(ground.store, change([erase()], { at: 3000 }))
      await ground.reopen()
      expect(await quoted()).toEqual(everywhere({ ...hello, text: null, edited_at: 2000, deleted_at: 3000 }))
      expect(JSON.stringify(await ground.store.entries('c', 'agents', 0, 9))).not.toContain('goodbye')
    })

    it('[RPL3] is as the whole change leaves it, whichever part of that comes first', async () => {
      await started()
      const edited = { ...hello, text: 'goodbye', edited_at: 2000 }
      const after = await done(ground.store, change([quoting('see above'), edit({ text: 'goodbye' })], { at: 2000 }))
      expect(after.entries[0]?.event?.quoted).toEqual(edited)
      const before = await done(ground.store, change([erase(), quoting('see above')], { at: 3000 }))
      expect(before.entries[1]?.event?.quoted).toEqual({ ...edited, text: null, deleted_at: 3000 })
    })

    it('[RPL3] has its files, without those that are gone', async () => {
      await started()
      const ids = ['f1', 'f2']
      await done(ground.store, change(ids.map((id) => insertFile(id))))
      await done(ground.store, change([message('c', 't', '', { text: null, file_ids: ids })]))
      const { entries } = await done(ground.store, change([quoting('nice', { quotes: { thread_id: 't', event_id: 't_2' } })]))
      const names = async () => (await ground.store.event('c', 't', 't_3'))?.quoted?.files.map(({ id }) => id)
      expect(entries[0]?.event?.quoted?.files).toEqual(ids.map((id) => fileRow(id, { expires_at: null })))
      await done(ground.store, change([{ write: 'delete', table: 'files', key: { id: 'f1' } }]))
      expect(await names()).toEqual(['f2'])
      await done(ground.store, change([erase('t_2')]))
      expect(await names()).toEqual([])
    })

    it('[EDT2] is shown no more by one that is deleted itself', async () => {
      await started()
      await done(ground.store, change([quoting('see above')]))
      await done(ground.store, change([edit({ text: 'see there' }, 't_2')]))
      expect(await quoted()).toEqual(everywhere(hello))
      await done(ground.store, change([erase('t_2')]))
      expect(await quoted()).toEqual(everywhere(null))
    })

    it('[RPL3] may be from an earlier thread, a note of a note, and what quotes another itself', async () => {
      const { store } = ground
      await started()
      await done(store, change([note('c', 't', 'psst'), quoting('see above'), closeThread('c', 't'), openThread('c', 't2')]))
      const later = { quotes: { thread_id: 't', event_id: 't_2' } }
      const { entries } = await done(store, change([message('c', 't2', 'indeed', later)]))
      expect(entries[0]?.event?.quoted).toEqual({ ...hello, id: 't_2', seq_agents: 4, author_id: 'robin', text: 'see above' })
      const hush = { author_id: 'robin', audience: 'agents', quotes: { thread_id: 't', event_id: 't_a1' } } as const
      expect((await done(store, change([message('c', 't2', 'hush', hush)]))).entries).toMatchObject([
        { audience: 'agents', event: { quoted: { id: 't_a1', text: 'psst' } } },
      ])
    })

    it('goes together with what the event is a reply to', async () => {
      await started()
      const { entries } = await done(ground.store, change([quoting('both', { reply_to: HELLO })]))
      expect(entries[0]?.event).toMatchObject({ quoted: hello, parent: { id: 't_1', replies: { count: 1 } } })
    })

    it('is an event of the chat, or the change is stale', async () => {
      const { store } = ground
      await started()
      await done(store, startChat('d', 'u'))
      for (const [event_id, thread_id] of [
        ['t_2', 't'],
        ['u_1', 'u'],
        ['u_1', 't'],
        ['t_1', 'u'],
      ] as const) {
        expect(await store.commit(change([message('c', 't', 'x'), quoting('y', { quotes: { thread_id, event_id } })]))).toEqual(stale)
      }
      expect((await chatOf(store, 'c')).seq_agents).toBe(2)
    })
  })
}
