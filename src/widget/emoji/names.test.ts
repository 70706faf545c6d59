/** Emoji are found by what people call them, in each of the widget's languages. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ALL, found, renamed } from '../../ui/emoji/data.ts'

const folder = join(import.meta.dirname, 'names')
const namesIn = async (language: string): Promise<string> => (await import(join(folder, `${language}.ts`))).names
const signs = (query: string, groups = ALL) => found(query, groups).map(({ sign }) => sign)

describe('emoji', () => {
  it('each is one sign, with a name', () => {
    const segments = new Intl.Segmenter('en', { granularity: 'grapheme' })
    for (const { sign, name } of ALL.flatMap(({ emoji }) => emoji)) {
      expect([...segments.segment(sign)], sign).toHaveLength(1)
      expect(name, sign).toMatch(/^[\p{L}\d]/u)
    }
  })

  it('are found by the beginning of each word', () => {
    expect(signs('hear bro')).toEqual(['💔'])
    expect(signs('1ST')).toEqual(['🥇'])
    expect(signs('art')).not.toContain('❤️')
    expect(signs('no such thing')).toEqual([])
  })

  it.each(readdirSync(folder))('each has a name of its own in %s', async (file) => {
    const names = await namesIn(file.slice(0, 2))
    const all = renamed(names).flatMap(({ emoji }) => emoji)
    expect(names.split(',')).toHaveLength(all.length)
    expect(all.map(({ sign }) => sign)).toEqual(ALL.flatMap(({ emoji }) => emoji).map(({ sign }) => sign))
    expect(all.filter(({ name }) => !name)).toEqual([])
  })

  it.each([
    ['de', 'HERZ rot', '❤️'],
    ['de', 'red heart', '❤️'],
    ['es', 'corazon', '❤️'],
    ['pt', 'coração', '❤️'],
    ['fr', "tete a l'envers", '🙃'],
    ['tr', 'KIRIK kalp', '💔'],
    ['ja', '笑', '😀'],
    ['ar', 'قلب', '❤️'],
    ['he', 'לב', '❤️'],
  ])('are found in %s by %s', async (language, query, sign) => {
    expect(signs(query, renamed(await namesIn(language)))).toContain(sign)
  })
})
