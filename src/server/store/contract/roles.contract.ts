/** Who is in a chat now, and what each may do with it. */
import { describe, expect, it } from 'vitest'
import { addUser, change, createChat, done, message, type Place, removeUser, summaryOf, useGround } from './ground.contract.ts'

const group = createChat('c', {
  kind: 'group',
  members: [
    { user_id: 'ann', user_type: 'customer', role: 'owner' },
    { user_id: 'ben', user_type: 'customer', role: 'member' },
    { user_id: 'robin', user_type: 'agent' },
  ],
})

export function rolesContract(prepare: () => Promise<Place>): void {
  const ground = useGround(prepare)
  const started = () => done(ground.store, change([group]))
  const present = async () => (await ground.store.presentStays('c')).map(({ user_id, role, from_agents }) => [user_id, role, from_agents])
  const rolesOf = async (user_id: string) => (await ground.store.stays('c', user_id)).map(({ role }) => role)

  describe('who is in a chat now', () => {
    it('[MEM11] has the role in which they came, or none', async () => {
      await started()
      expect(await ground.store.stays('c', 'kim')).toEqual([])
      await done(ground.store, change([addUser('c', 'kim', { role: 'admin', history: false }), addUser('c', 'lee')]))
      const all = [
        ['ann', 'owner', 1],
        ['ben', 'member', 1],
        ['robin', null, 1],
        ['kim', 'admin', 1],
        ['lee', null, 1],
      ]
      const { stays } = await summaryOf(ground.store, 'c', 'ann', 'public')
      expect([await present(), await rolesOf('kim'), stays.map(({ role }) => role)]).toEqual([all, ['admin'], all.map(([, role]) => role)])
      const reopened = await ground.reopen()
      expect([await present(), await rolesOf('kim'), await rolesOf('robin')]).toEqual([all, ['admin'], [null]])
      expect(await reopened.presentStays('nope')).toEqual([])
    })

    it('[MEM11] is nobody who left, and whoever came back in the role of their last coming', async () => {
      await started()
      await done(ground.store, change([removeUser('c', 'ann'), removeUser('c', 'ben')]))
      expect(await present()).toEqual([['robin', null, 1]])
      await done(ground.store, change([addUser('c', 'ann', { role: 'member', history: false })]))
      for (const _ of ['remembered', 'read again']) {
        expect(await present()).toEqual([
          ['ann', 'member', 3],
          ['robin', null, 1],
        ])
        expect([await rolesOf('ann'), await rolesOf('ben')]).toEqual([['owner', 'member'], ['member']])
        await ground.reopen()
      }
    })

    it('keeps their role, whoever lets them in again', async () => {
      await started()
      expect((await done(ground.store, change([addUser('c', 'ben', { role: 'owner' })]))).entries).toEqual([])
      expect(await rolesOf('ben')).toEqual(['member'])
    })

    it('is whoever was there before a change that fails, and nobody once the chat is deleted', async () => {
      const { store } = ground
      await started()
      const before = [await present(), await rolesOf('kim'), await rolesOf('ann')]
      for (const part of [addUser('c', 'kim', { role: 'admin' }), removeUser('c', 'ann')]) {
        expect(await store.commit(change([part, message('c', 'gone', 'x')]))).toEqual({ ok: false, why: 'stale' })
      }
      expect([await present(), await rolesOf('kim'), await rolesOf('ann')]).toEqual(before)
      await done(store, change([{ write: 'delete_chat', chat_id: 'c', by: null }]))
      expect([await present(), await rolesOf('ann')]).toEqual([[], ['owner']])
    })
  })
}
