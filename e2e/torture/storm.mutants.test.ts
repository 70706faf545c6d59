/** The test of the test: each of the deliberate faults is noticed by some storm, and soon, for what it is. */
import { expect, test } from 'vitest'
import { MUTATIONS } from './mutations.ts'
import { storm } from './storm.ts'

const WITHIN = 500

for (const [name, { mutation, symptom }] of Object.entries(MUTATIONS)) {
  test(`notices: ${name}`, async () => {
    let seed = 1
    while (seed <= WITHIN && !(await storm(seed, mutation)).some((wrong) => symptom.test(wrong))) seed++
    expect(seed, 'storms it took to notice').toBeLessThanOrEqual(WITHIN)
  })
}
