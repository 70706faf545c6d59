/** What a command prints for people. */
import { expect, it } from 'vitest'
import { show } from './show.ts'

it('writes fields one a line, lists as tables, and what has parts by their names', () => {
  const policies = { agents_edit: 'own', originals: 'shown' }
  expect(show({ id: 'a', policies, tags: ['x', 'y'], none: null })).toBe(
    ['id        a', 'policies  agents_edit=own originals=shown', 'tags      x, y', 'none      –'].join('\n'),
  )
  expect(show({ organizations: [{ id: 'a', policies }] })).toBe(['id  policies', 'a   agents_edit=own originals=shown'].join('\n'))
})
