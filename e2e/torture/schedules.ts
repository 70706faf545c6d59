/** Storms as tests: so many seeds in groups, and the seed in every failure. */
import { expect, test } from 'vitest'
import { storm } from './storm.ts'

/** Storms of one test; small enough that a run shows where it is. */
const GROUP = 10

/** One seed, from the failure of an earlier run. */
const replayed = process.env.STORM_SEED

/** Registers `count` schedules from the seed `first` on. With `STORM_SEED` set, only that one is run, wherever it belongs. */
export function schedules(first: number, count: number): void {
  const seeds = Array.from({ length: count }, (_, at) => first + at).filter((seed) => !replayed || seed === Number(replayed))
  for (let at = 0; at < seeds.length; at += GROUP) {
    const group = seeds.slice(at, at + GROUP)
    test(`storms ${group[0]} to ${group.at(-1)}`, async () => {
      for (const seed of group) expect(await storm(seed), `replay with STORM_SEED=${seed} npx vitest run --project torture`).toEqual([])
    })
  }
  if (seeds.length === 0) test('another file has the seed', () => expect(replayed).toBeDefined())
}
