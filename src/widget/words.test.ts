/** Which dictionary and which formats a language tag gets, and the names that others rely on. */
import { expect, test } from 'vitest'
import { words as english } from './languages/en.ts'
import { later } from './later.ts'
import { languageFor, languageOf } from './words.ts'

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

test.each([
  ['pt-BR', 'pt-BR'],
  ['pt', 'pt'],
  ['de_AT', 'de-AT'],
  ['iw', 'he'],
])('%j, once its dictionary is there, is formatted as %j', async (tag, locale) => {
  const { words } = await later(languageOf(tag) as 'de', '')
  expect(languageFor(tag, undefined, words)).toMatchObject({ locale, known: true })
})

test('until a dictionary is there everything is English, except the launcher', () => {
  const { words, ...language } = languageFor('ar-EG')
  expect(language).toEqual({ locale: 'en', dir: 'ltr', known: false })
  expect([words.panel.chat, words.launcher.openChat]).toEqual(['Chat', 'فتح الدردشة'])
})

test('a site gives words of its own by their names, in whatever language', async () => {
  const own = { greeting: 'Ahoy', send: 'Off it goes', hello: (name: string | undefined) => `Ahoy ${name}` }
  for (const tag of ['en', 'de']) {
    const { words } = languageFor(tag, own, (await later(tag as 'de', '')).words)
    expect([words.panel.greeting, words.pieces.send, words.more.hello('Ada')]).toEqual(['Ahoy', 'Off it goes', 'Ahoy Ada'])
    expect(words.panel.chats).toBe('Chats')
  }
})

test('accessible names', () => {
  const { launcher, panel, pieces, more } = wordsFor('en').words
  expect({ ...launcher }).toMatchObject({ openChat: 'Open chat', closeChat: 'Close chat' })
  expect({ ...panel }).toMatchObject({ chat: 'Chat', endChat: 'End chat', startChat: 'Start chat' })
  expect({ ...more }).toMatchObject({ newChat: 'New chat', attachFile: 'Attach file', good: 'Good', bad: 'Bad' })
  expect({ ...pieces }).toMatchObject({ messages: 'Messages', message: 'Message', send: 'Send', retry: 'Retry', discard: 'Discard' })
})

test('one message is not several', () => {
  const { unread } = wordsFor('en').words.panel
  expect([unread('1'), unread('2'), unread('99+')]).toEqual(['1 unread message', '2 unread messages', '99+ unread messages'])
})
