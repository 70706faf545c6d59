/** Passwords are checked against their own cost and salt, and an account that is not there takes as long as one that is. */
import { expect, test } from 'vitest'
import { hashPassword, verifyPassword } from './passwords.ts'

test('the right one passes, others do not, and two hashes of one password differ', async () => {
  const [one, two] = await Promise.all([hashPassword('correct horse'), hashPassword('correct horse')])
  expect(one).not.toBe(two)
  expect(await verifyPassword('correct horse', one)).toBe(true)
  expect(await verifyPassword('correct horsf', one)).toBe(false)
  expect(await verifyPassword('', one)).toBe(false)
})

test('the same letters typed another way are the same password', async () => {
  expect(await verifyPassword('cafe\u0301', await hashPassword('caf\u00e9'))).toBe(true)
})

test('nobody, and an account without a password, let nobody in', async () => {
  expect(await verifyPassword('', null)).toBe(false)
  expect(await verifyPassword('x', 'md5$x$y')).toBe(false)
  const started = performance.now()
  await verifyPassword('guess', await hashPassword('x'))
  const known = performance.now() - started
  const again = performance.now()
  await verifyPassword('guess', null)
  expect(performance.now() - again).toBeGreaterThan(known / 20)
})
