/** Telling a queue from the widget, whatever a page has under the name. */
import { expect, test } from 'vitest'
import { isPorchlight, queueOf } from './queue.ts'

const queue = Object.assign(() => undefined, { q: [['open']] })
const widget = Object.assign(() => undefined, { destroy: () => undefined })

test.each([
  ['a queue', queue, queue],
  ['the widget', widget, null],
  ['nothing', undefined, null],
  ['an element of that id', { nodeName: 'DIV' }, null],
])('%s', (_, found, expected) => {
  expect(queueOf(found)).toBe(expected)
  expect(isPorchlight(found)).toBe(found === widget)
})
