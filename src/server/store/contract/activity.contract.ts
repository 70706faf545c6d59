/** What customers did on the site. */
import { describe, expect, it } from 'vitest'
import { MAX_ACTIVITIES } from '../../../protocol/limits.ts'
import type { TrackWrite } from '../change.ts'
import { change, customerRow, done, type Place, play, useGround } from './ground.contract.ts'

const row = customerRow
const track = (content: TrackWrite['content'], more: Partial<TrackWrite> = {}): TrackWrite => ({
  ...{ write: 'track', customer_id: 'ann', kind: 'event', content, instead: false },
  ...more,
})
const page = (url: string, more: Partial<TrackWrite> = {}) => track({ url }, { kind: 'page', ...more })

export function activityContract(prepare: () => Promise<Place>): void {
  const ground = useGround(prepare)

  const meet = (...ids: string[]) => done(ground.store, change(ids.map((id) => ({ write: 'insert', table: 'customers', row: row(id) }))))
  const did = async (customer_id = 'ann') =>
    (await ground.store.activity(customer_id)).map(({ content }) => content['url'] ?? content['name'])

  describe('what a customer did', () => {
    it('[CUS3] is kept with its time, pages and events in one order, the newest first', async () => {
      await meet('ann', 'ben')
      await play(
        ground.store,
        [page('/a'), track({ name: 'x', data: { sku: 12 } }), page('/b'), page('/of-ben', { customer_id: 'ben' })],
        2000,
      )
      expect(await ground.store.activity('ann')).toEqual([
        { customer_id: 'ann', kind: 'page', content: { url: '/b' }, created_at: 2002 },
        { customer_id: 'ann', kind: 'event', content: { name: 'x', data: { sku: 12 } }, created_at: 2001 },
        { customer_id: 'ann', kind: 'page', content: { url: '/a' }, created_at: 2000 },
      ])
      expect(await did('ben')).toEqual(['/of-ben'])
      expect(await did('nobody')).toEqual([])
    })

    it('[CUS3] stands in the place of the last of its kind where it is the same one, told better', async () => {
      await meet('ann')
      await play(ground.store, [page('/a', { instead: true }), track({ name: 'x' }), page('/b', { instead: true })], 2000)
      expect(await did()).toEqual(['x', '/b'])
      expect((await ground.store.activity('ann'))[1]).toMatchObject({ created_at: 2000 })
    })

    it('[CUS3] is forgotten beyond the newest of each kind', async () => {
      await meet('ann')
      await done(ground.store, change([page('/first')]))
      const many = Array.from({ length: MAX_ACTIVITIES + 5 }, (_, at) => track({ name: `e${at}` }))
      await done(ground.store, change(many, { at: 3000 }))
      const names = await did()
      expect(names).toHaveLength(MAX_ACTIVITIES + 1)
      expect([names[0], names.at(-2), names.at(-1)]).toEqual([`e${MAX_ACTIVITIES + 4}`, 'e5', '/first'])
    })

    it('[CUS3] goes with the customer, and is of nobody who is not there', async () => {
      const { store } = ground
      await meet('ann')
      await done(store, change([page('/a'), track({ name: 'x' })]))
      await done(store, change([{ write: 'delete', table: 'customers', key: { id: 'ann' } }]))
      expect(await did()).toEqual([])
      await expect(store.commit(change([page('/a')]))).rejects.toThrow()
    })
  })
}
