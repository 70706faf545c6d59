/** Storms as tests: so many seeds in groups, and the seed in every failure. */
import { expect, test } from 'vitest'
import { storm } from './storm.ts'

/** Files with schedules, which run side by side. */
const PARTS = 4
/** Storms of one test; small enough that a run shows where it is. */
const GROUP = 10
/** How many there are in all. `npm run torture` wants more. */
const STORMS = Number(process.env.STORMS ?? 200)

/** One seed, from the failure of an earlier run. */
const only = process.env.STORM_SEED

/** Registers this part of all schedules. With `STORM_SEED` set, only that one is run, wherever it belongs. */
export function schedules(part: number): void {
  const all = only ? [Number(only)] : Array.from({ length: STORMS }, (_, at) => at + 1)
  const seeds = all.filter((seed) => seed % PARTS === part - 1)
  for (let at = 0; at < seeds.length; at += GROUP) {
    const group = seeds.slice(at, at + GROUP)
    test(`storms ${group[0]} to ${group.at(-1)}`, async () => {
      for (const seed of group) expect(await storm(seed), `replay with STORM_SEED=${seed} npm run torture`).toEqual([])
    })
  }
  if (seeds.length === 0) test('another file has the seed', () => expect(only).toBeDefined())
}
