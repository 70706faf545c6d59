/** Loading once: for whoever asks, by name, and again after a failure. */
import { expect, it } from 'vitest'
import { once } from './once.ts'

it('is shared by whoever asks, from the first on, and begun anew after a failure', async () => {
  const asked: string[] = []
  const load = once(async (name: string, from: string) => {
    asked.push(`${name} from ${from}`)
    if (asked.length === 1) throw new TypeError('Failed to fetch dynamically imported module')
    return { from }
  })
  const outcomes = await Promise.allSettled([load('home', 'a'), load('home', 'b')])
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  const [one, two] = await Promise.all([load('home', 'c'), load('home', 'd')])
  expect(one).toBe(two)
  expect(await load('home', 'e')).toEqual({ from: 'c' })
  expect(await load('files', 'f')).toEqual({ from: 'f' })
  expect(asked).toEqual(['home from a', 'home from c', 'files from f'])
})
