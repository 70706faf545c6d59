/** The session's cookie is out of everyone's reach but the server's. */
import { expect, test } from 'vitest'
import { clearSessionCookie, readSessionCookie, writeSessionCookie } from './cookies.ts'

test('under TLS it is bound to this very host', () => {
  const cookie = writeSessionCookie('s3cret', true)
  expect(cookie).toMatch(/^__Host-porchlight=s3cret; Path=\/; /)
  for (const attribute of ['HttpOnly', 'Secure', 'SameSite=Strict']) expect(cookie.split('; ')).toContain(attribute)
  expect(cookie).not.toContain('Domain')
})

test('without TLS it is as strict as it can be', () => {
  const cookie = writeSessionCookie('s3cret', false)
  expect(cookie).toMatch(/^porchlight=s3cret; /)
  expect(cookie).toContain('HttpOnly; SameSite=Strict')
  expect(cookie).not.toContain('Secure')
  expect(clearSessionCookie(false)).toContain('Max-Age=0')
})

test('it is found among others, and a look-alike of a neighbour is not', () => {
  expect(readSessionCookie('a=b; porchlight=s3cret; c=d', false)).toBe('s3cret')
  expect(readSessionCookie('xporchlight=s3cret', false)).toBeNull()
  expect(readSessionCookie('porchlight=fixed-by-a-neighbour', true)).toBeNull()
  expect(readSessionCookie('porchlight=', false)).toBeNull()
  expect(readSessionCookie(null, false)).toBeNull()
})
