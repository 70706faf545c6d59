/** Who is named in a text, and who might be meant by what is being written. */
import { describe, expect, test } from 'vitest'
import { askedAt, namedIn, namingOf, partedBy, suggestionsFor } from './mentions.ts'

const person = (name: string, id = name) => ({ id, name })
const ada = person('Ada Lovelace')
const adam = person('Ada')
const eva = person('Éva (shop)')
const people = [ada, adam, eva]

describe('what is asked for', () => {
  test.each([
    ['@', { from: 0, query: '' }],
    ['Hello @ad', { from: 6, query: 'ad' }],
    ['(@Ada Lo', { from: 1, query: 'Ada Lo' }],
    ['one\n@x', { from: 4, query: 'x' }],
  ])('%j', (text, asked) => expect(askedAt(text, text.length)).toEqual(asked))

  test.each(['', 'Hello', 'mail@shop', 'a.b@c', '@one\ntwo', `@${'x'.repeat(60)}`])('nothing in %j', (text) =>
    expect(askedAt(text, text.length)).toBeUndefined(),
  )

  test('only what is before the caret counts', () => {
    expect(askedAt('@ad and more', 3)).toEqual({ from: 0, query: 'ad' })
    expect(askedAt('Hello @ad', 5)).toBeUndefined()
  })
})

describe('suggestions', () => {
  test.each([
    ['', [ada, adam, eva]],
    ['ADA', [ada, adam]],
    ['eva', [eva]],
    ['love', [ada]],
    ['Ada L', [ada]],
    ['dam', []],
  ])('for %j', (query, found) => expect(suggestionsFor(query, people)).toEqual(found))

  test('whose name begins so comes first', () => expect(suggestionsFor('l', [ada, person('Lea')])).toEqual([person('Lea'), ada]))

  test('are never many', () =>
    expect(
      suggestionsFor(
        '',
        Array.from({ length: 50 }, (_, at) => person(`P ${at}`)),
      ),
    ).toHaveLength(6))
})

describe('names', () => {
  test.each([
    ['Hello @Ada Lovelace, and @Ada', ['Hello ', '@Ada Lovelace', ', and ', '@Ada', '']],
    ['@Éva (shop)', ['', '@Éva (shop)', '']],
    ['mail@Ada @Adam @ada', ['mail@Ada @Adam @ada']],
  ])('in %j', (text, parts) => expect(partedBy(namingOf(people), text)).toEqual(parts))

  test('of nobody leave the text as it is', () => {
    expect(partedBy(namingOf([]), '@Ada')).toEqual(['@Ada'])
    expect(partedBy(namingOf([person('  ')]), '@ x')).toEqual(['@ x'])
  })
})

describe('who is named', () => {
  test('by the whole name', () => {
    expect(namedIn('@Ada Lovelace?', people)).toEqual([ada.id])
    expect(namedIn('@Ada Love', people)).toEqual([adam.id])
    expect(namedIn('nobody', people)).toEqual([])
  })

  test('of two with one name whoever was chosen, or both', () => {
    const both = [person('Kim', '1'), person('Kim', '2')]
    expect(namedIn('@Kim', both)).toEqual(['1', '2'])
    expect(namedIn('@Kim', both, new Set(['2']))).toEqual(['2'])
  })
})
