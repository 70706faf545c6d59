/** Loading once: for whoever asks, and again after a failure. */
import { expect, it } from 'vitest'
import { once } from './once.ts'

it('is shared by whoever asks, from the first on, and begun anew after a failure', async () => {
  const asked: string[] = []
  const load = once(async (from: string) => {
    asked.push(from)
    if (asked.length === 1) throw new TypeError('Failed to fetch dynamically imported module')
    return { from }
  })
  const outcomes = await Promise.allSettled([load('a'), load('b')])
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  const [one, two] = await Promise.all([load('c'), load('d')])
  expect(one).toBe(two)
  expect(await load('e')).toEqual({ from: 'c' })
  expect(asked).toEqual(['a', 'c'])
})
