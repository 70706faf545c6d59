/** A preview reads like the message, without the signs that shape it. */
import { expect, test } from 'vitest'
import { lineOf, plainText } from './plain-text.ts'

test.each([
  ['Hello', 'Hello'],
  ['Where is my **order**, _please_?', 'Where is my order, please?'],
  ['**bold with `code` and _more_**', 'bold with code and more'],
  ['- apples\n- pears', 'apples pears'],
  ['Run this:\n```\nnpm  start\n```\nthanks', 'Run this: npm start thanks'],
  ['See [our shop](https://shop.example/1) or https://a.example/b.', 'See our shop or https://a.example/b.'],
  ['one\n\n  two\nthree', 'one two three'],
  ['2 * 3 * 4 and snake_case_name', '2 * 3 * 4 and snake_case_name'],
  ['', ''],
])('%j', (source, text) => expect(plainText(source)).toBe(text))

const event = { id: 'e', type: 'message', thread_id: 't', created_at: '2026-03-01T12:00:00.000Z', seq: 1 }

test('an event is its text, or the name of its file, or nothing that could be read', () => {
  expect(lineOf({ ...event, text: '**Hello**' })).toBe('Hello')
  expect(lineOf({ ...event, type: 'file', name: '**photo**.png' })).toBe('**photo**.png')
  expect(lineOf({ ...event, type: 'custom', content: { name: 'x' } })).toBeUndefined()
})
