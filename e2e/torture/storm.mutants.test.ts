/** The test of the test: each of five deliberate faults is noticed by some storm, and soon. */
import { expect, test } from 'vitest'
import { MUTATIONS } from './mutations.ts'
import { storm } from './storm.ts'

const WITHIN = 500

for (const [name, mutation] of Object.entries(MUTATIONS)) {
  test(`notices: ${name}`, async () => {
    let wrong: string[] = []
    for (let seed = 1; seed <= WITHIN && wrong.length === 0; seed++) wrong = await storm(seed, mutation)
    expect(wrong.length, `not noticed in ${WITHIN} storms`).toBeGreaterThan(0)
  })
}
