/** Which dictionary and which formats a language tag gets, and the names that others rely on. */
import { expect, test } from 'vitest'
import { words as english } from './languages/en.ts'
import { languageFor } from './words.ts'

const wordsFor = (tag: string) => languageFor(tag, undefined, english)

test.each([
  ['en', 'en'],
  ['en-GB', 'en-GB'],
  ['EN-us', 'en-US'],
  ['en_AU', 'en-AU'],
  ['not a tag', 'en'],
  ['fi', 'en'],
  ['', 'en'],
  ['__proto__', 'en'],
  ['constructor-x', 'en'],
])('%j is formatted as %j', (tag, locale) => expect(wordsFor(tag).locale).toBe(locale))

test('accessible names', () => {
  const { launcher, panel, pieces } = wordsFor('en').words
  expect({ ...launcher }).toMatchObject({ openChat: 'Open chat', closeChat: 'Close chat' })
  expect({ ...panel }).toMatchObject({ chat: 'Chat', endChat: 'End chat', startChat: 'Start chat', newChat: 'New chat' })
  expect({ ...pieces }).toMatchObject({ messages: 'Messages', message: 'Message', send: 'Send', retry: 'Retry', discard: 'Discard' })
})

test('one message is not several', () => {
  const { unread } = wordsFor('en').words.panel
  expect([unread('1'), unread('2'), unread('99+')]).toEqual(['1 unread message', '2 unread messages', '99+ unread messages'])
})
