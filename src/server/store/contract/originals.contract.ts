/** What messages said before they were edited: kept where the organization wants it, and forgotten for all of it at once. */
import { describe, expect, it } from 'vitest'
import type { Write } from '../change.ts'
import { change, done, edit, erase, message, organization, type Place, startChat, useGround } from './ground.contract.ts'

export function originalsContract(prepare: () => Promise<Place>): void {
  const ground = useGround(prepare)
  const event = (chat_id = 'c', thread_id = 't') => ground.store.event(chat_id, thread_id, `${thread_id}_1`)

  describe('what an event said at first', () => {
    it('[EDT6] is kept beside what it says now, and goes with that', async () => {
      await done(ground.store, startChat())
      const { entries } = await done(ground.store, change([edit({ text: 'two', original: 'hello' })]))
      expect(entries[0]?.event).toMatchObject({ text: 'two', original: 'hello' })
      await done(ground.store, change([edit({ text: 'three' })]))
      await ground.reopen()
      expect(await event()).toMatchObject({ text: 'three', original: 'hello' })
      await done(ground.store, change([erase()]))
      expect(await event()).toMatchObject({ text: null, original: null })
      expect(JSON.stringify(await ground.store.entries('c', 'agents', 0, 9))).not.toContain('hello')
    })

    it('[EDT6] goes with the message of somebody who is erased, in a deleted chat too', async () => {
      await done(ground.store, startChat())
      await done(ground.store, change([edit({ text: 'two', original: 'hello' })]))
      await done(ground.store, change([{ write: 'delete_chat', chat_id: 'c', by: null }]))
      await done(ground.store, change([{ write: 'forget_said', chat_id: 'c', user_id: 'ann' }]))
      expect(await event()).toMatchObject({ text: null, original: null })
    })

    it('[EDT6] is forgotten in all chats of an organization at once, deleted ones too, and in none of another', async () => {
      const { store } = ground
      await done(store, change([organization('other', 2)]))
      const chats = ['a', 'b', 'deleted', 'theirs']
      for (const chat_id of chats) {
        const { writes } = startChat(chat_id, `${chat_id}-t`)
        const owned = chat_id === 'theirs' ? { organization_id: 'other' } : {}
        await done(store, change(writes.map((write) => (write.write === 'create_chat' ? { ...write, ...owned } : write))))
        const named = { chat_id, thread_id: `${chat_id}-t`, event_id: `${chat_id}-t_1` }
        await done(store, change([{ ...edit({ text: 'now', original: 'hello' }), ...named }]))
      }
      await done(store, change([{ write: 'delete_chat', chat_id: 'deleted', by: null }]))
      const originals = () => Promise.all(chats.map(async (id) => (await event(id, `${id}-t`))?.original))
      const forget: Write = { write: 'forget_originals', organization_id: 'acme' }
      expect(await store.commit(change([forget, message('a', 'gone', 'x')]))).toEqual({ ok: false, why: 'stale' })
      expect(await originals()).toEqual(['hello', 'hello', 'hello', 'hello'])
      expect(await done(store, change([forget]))).toMatchObject({ entries: [], chat: null })
      await ground.reopen()
      expect(await originals()).toEqual([null, null, null, 'hello'])
      expect((await event('a', 'a-t'))?.text).toBe('now')
    })
  })
}
