/** Which key press sends a message. */
import { expect, test } from 'vitest'
import { sendsMessage } from './composer-keys.ts'

const plain = { key: 'Enter', shiftKey: false, altKey: false, isComposing: false, keyCode: 13 }

test('Enter sends', () => expect(sendsMessage(plain)).toBe(true))

test.each([
  ['with Shift it breaks the line', { shiftKey: true }],
  ['with Alt it does nothing', { altKey: true }],
  ['while an input method composes it picks a candidate', { isComposing: true }],
  ['in Safari the composition is over when its Enter arrives', { keyCode: 229 }],
  ['any other key writes', { key: 'a', keyCode: 65 }],
])('%s', (_, change) => expect(sendsMessage({ ...plain, ...change })).toBe(false))
