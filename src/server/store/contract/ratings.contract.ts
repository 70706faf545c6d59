/** Ratings of threads. */
import { describe, expect, it } from 'vitest'
import type { Write } from '../change.ts'
import type { Rating } from '../rows.ts'
import { change, closeThread, done, openThread, type Place, play, startChat, useGround } from './ground.contract.ts'

const rate = (rating: Rating | null, thread_id = 't'): Write => ({ write: 'rate_thread', chat_id: 'c', thread_id, rating, by: 'ann' })

export function ratingsContract(prepare: () => Promise<Place>): void {
  const ground = useGround(prepare)
  const ratingOf = async (id: string) => (await ground.store.threads('c', { from: 1, to: null }, [id]))[0]?.rating
  const good = { value: 'good', comment: 'quick' } as const

  describe('ratings', () => {
    it('[RAT1] become an entry and stand in the thread, the last one or one before it', async () => {
      await done(ground.store, startChat())
      const { entries } = await done(ground.store, change([rate(good)]))
      expect(entries).toMatchObject([
        { kind: 'rated', audience: 'all', seq_public: 3, thread_id: 't', actor_id: 'ann', value: 'good', thread: { rating: good } },
      ])
      await play(ground.store, [closeThread('c', 't'), openThread('c', 't2'), rate({ value: 'bad' })])
      expect([await ratingOf('t'), await ratingOf('t2')]).toEqual([{ value: 'bad' }, null])
      await ground.reopen()
      expect([await ratingOf('t'), await ratingOf('t2')]).toEqual([{ value: 'bad' }, null])
    })

    it('[RAT2] write nothing when they are so already', async () => {
      await done(ground.store, startChat())
      expect((await done(ground.store, change([rate(null)]))).entries).toEqual([])
      await play(ground.store, [rate(good)])
      expect((await done(ground.store, change([rate(good)]))).entries).toEqual([])
      expect((await done(ground.store, change([rate({ value: 'good' })]))).entries).toHaveLength(1)
      expect((await done(ground.store, change([rate(null)]))).entries).toMatchObject([
        { kind: 'rated', value: null, thread: { rating: null } },
      ])
    })

    it('of an unknown thread are not written', async () => {
      await done(ground.store, startChat())
      expect(await ground.store.commit(change([rate(good, 'nope')]))).toEqual({ ok: false, why: 'stale' })
    })
  })
}
