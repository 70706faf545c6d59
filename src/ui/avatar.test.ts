/** Initials of names from everywhere. */
import { expect, test } from 'vitest'
import { initials } from './avatar.tsx'

test.each([
  ['Ada Lovelace', 'AL'],
  ['robin', 'R'],
  ['  Juan  Carlos  de la Cruz ', 'JC'],
  ['李小龙', '李'],
  ['🦊 Fox', '🦊F'],
  ['', ''],
  [undefined, ''],
])('%j', (name, letters) => expect(initials(name)).toBe(letters))
