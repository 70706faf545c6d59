/** The test of the test: each of five deliberate faults is noticed by some storm, and soon, for what it is. */
import { expect, test } from 'vitest'
import { MUTATIONS } from './mutations.ts'
import { storm } from './storm.ts'

const WITHIN = 500

for (const [name, { mutation, symptom }] of Object.entries(MUTATIONS)) {
  test(`notices: ${name}`, async () => {
    let noticed = false
    for (let seed = 1; seed <= WITHIN && !noticed; seed++) noticed = (await storm(seed, mutation)).some((wrong) => symptom.test(wrong))
    expect(noticed, `not noticed in ${WITHIN} storms`).toBe(true)
  })
}
