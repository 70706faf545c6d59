/** Every dictionary says everything, in its own language, and with what it was given in it. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ChatUser } from '../../protocol/users.ts'
import { pieceWords } from '../../ui/words.ts'
import { later } from '../later.ts'
import { languageFor, languageOf, launcherWordsFor, type Words } from '../words.ts'

const TAGS = readdirSync(import.meta.dirname).flatMap((file) => /^([a-z]{2})\.ts$/.exec(file)?.[1] ?? [])
/** What is the same word in some other language. */
const SHARED = new Set(['Chat', 'Chats', 'Emoji', 'Message', 'Messages', 'Online', 'Options', 'Photo', 'Smileys', 'Nature'])
/** 0, 1, 2, 3, 5, 11 and 100 unread messages. */
const COUNTED: Readonly<Record<string, string>> = {
  ar: 'لا رسائل غير مقروءة, رسالة واحدة غير مقروءة, رسالتان غير مقروءتين, 3 رسائل غير مقروءة, 5 رسائل غير مقروءة, 11 رسالة غير مقروءة, 100 رسالة غير مقروءة',
  de: '0 ungelesene Nachrichten, 1 ungelesene Nachricht, 2 ungelesene Nachrichten, 3 ungelesene Nachrichten, 5 ungelesene Nachrichten, 11 ungelesene Nachrichten, 100 ungelesene Nachrichten',
  en: '0 unread messages, 1 unread message, 2 unread messages, 3 unread messages, 5 unread messages, 11 unread messages, 100 unread messages',
  es: '0 mensajes sin leer, 1 mensaje sin leer, 2 mensajes sin leer, 3 mensajes sin leer, 5 mensajes sin leer, 11 mensajes sin leer, 100 mensajes sin leer',
  fr: '0 message non lu, 1 message non lu, 2 messages non lus, 3 messages non lus, 5 messages non lus, 11 messages non lus, 100 messages non lus',
  he: '0 הודעות שלא נקראו, הודעה אחת שלא נקראה, שתי הודעות שלא נקראו, 3 הודעות שלא נקראו, 5 הודעות שלא נקראו, 11 הודעות שלא נקראו, 100 הודעות שלא נקראו',
  it: '0 messaggi non letti, 1 messaggio non letto, 2 messaggi non letti, 3 messaggi non letti, 5 messaggi non letti, 11 messaggi non letti, 100 messaggi non letti',
  ja: '未読メッセージ0件, 未読メッセージ1件, 未読メッセージ2件, 未読メッセージ3件, 未読メッセージ5件, 未読メッセージ11件, 未読メッセージ100件',
  nl: '0 ongelezen berichten, 1 ongelezen bericht, 2 ongelezen berichten, 3 ongelezen berichten, 5 ongelezen berichten, 11 ongelezen berichten, 100 ongelezen berichten',
  pl: '0 nieprzeczytanych wiadomości, 1 nieprzeczytana wiadomość, 2 nieprzeczytane wiadomości, 3 nieprzeczytane wiadomości, 5 nieprzeczytanych wiadomości, 11 nieprzeczytanych wiadomości, 100 nieprzeczytanych wiadomości',
  pt: '0 mensagem não lida, 1 mensagem não lida, 2 mensagens não lidas, 3 mensagens não lidas, 5 mensagens não lidas, 11 mensagens não lidas, 100 mensagens não lidas',
  tr: '0 okunmamış mesaj, 1 okunmamış mesaj, 2 okunmamış mesaj, 3 okunmamış mesaj, 5 okunmamış mesaj, 11 okunmamış mesaj, 100 okunmamış mesaj',
}

/** Those that say how many. */
const COUNTS = new Set(['unread', 'replyCount'])

type Group = Readonly<Record<string, unknown>>
const GROUPS = ['launcher', 'panel', 'pieces', 'more'] as const
const groupsOf = (words: Words) => GROUPS.map((group) => [group, words[group] as Group] as const)

async function load(tag: string): Promise<Words> {
  const { words } = await later(tag as 'de', '')
  return languageFor(tag, undefined, words).words
}

/** What a word that is a function is given; the first has to be found in what it says. */
function given(name: string): unknown[] {
  if (COUNTS.has(name)) return ['5']
  if (name === 'reactions') return ['Ada', '5', true]
  if (name === 'nameOf') return [{ id: 'ada', type: 'agent', name: 'Ada' } as ChatUser]
  return name === 'rated' ? ['good', 'Ada'] : ['Ada']
}

/** What everything says. */
const said = (words: Words): [name: string, text: string][] =>
  groupsOf(words).flatMap(([, group]) =>
    Object.entries(group).map(([name, word]): [string, string] => [
      name,
      typeof word === 'function' ? (word as (...all: unknown[]) => string)(...given(name)) : String(word),
    ]),
  )

const english = await load('en')

it('there are twelve, all of which the launcher speaks', () => {
  expect(TAGS).toEqual(['ar', 'de', 'en', 'es', 'fr', 'he', 'it', 'ja', 'nl', 'pl', 'pt', 'tr'])
  expect(TAGS.map(languageOf)).toEqual(TAGS)
})

it('no name stands in two groups, so that a site can give its own word by the name alone', () => {
  const names = groupsOf(english).flatMap(([, group]) => Object.keys(group))
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
})

describe.each(TAGS)('%s', (tag) => {
  it('says everything, and nothing else', async () => {
    const words = await load(tag)
    for (const [group, all] of groupsOf(words)) expect(Object.keys(all).sort()).toEqual(Object.keys(english[group]).sort())
    expect(said(words).filter(([, text]) => text.trim() === '')).toEqual([])
  })

  it('is called by its tag, and by the launcher before it is loaded', async () => {
    const { launcher } = await load(tag)
    expect(launcher).toMatchObject({ language: tag, openChat: launcherWordsFor(tag).openChat })
  })

  it('has in its sentences what they are about', async () => {
    const sentences = said(await load(tag)).filter(([name]) => name !== 'rated')
    const about = groupsOf(english).flatMap(([, group]) => Object.keys(group).filter((name) => typeof group[name] === 'function'))
    const without = sentences.filter(([name, text]) => about.includes(name) && !text.includes(COUNTS.has(name) ? '5' : 'Ada'))
    expect(without).toEqual([])
  })

  it('shouts at nobody', async () => {
    expect(said(await load(tag)).filter(([, text]) => /[!¡！]/.test(text))).toEqual([])
  })

  it('counts', async () => {
    const { unread } = (await load(tag)).panel
    expect(['0', '1', '2', '3', '5', '11', '100'].map(unread).join(', ')).toBe(COUNTED[tag])
    expect(unread('99+')).toContain('99+')
  })

  it('counts replies, and says of a reaction that one’s own is among it', async () => {
    const { replyCount, reactions } = (await load(tag)).more
    const counted = ['1', '2', '5', '11'].map(replyCount)
    expect(new Set(counted).size).toBe(counted.length)
    expect(counted.filter((text) => text.includes('#'))).toEqual([])
    expect(reactions('👍', '2', true)).toMatch(/^👍 2.+/)
    expect(reactions('👍', '2', false)).toMatch(/^👍 2/)
    expect(reactions('👍', '2', true)).not.toBe(reactions('👍', '2', false))
  })

  it('rates with the words of the buttons', async () => {
    const { pieces, more } = await load(tag)
    expect(pieces.rated('good', '')).toContain(more.good)
    expect(pieces.rated('bad', '')).toContain(more.bad)
    expect(pieces.rated(null, '')).not.toMatch(/null|undefined/)
  })
})

it.each(TAGS.filter((tag) => tag !== 'en'))('%s is not English', async (tag) => {
  const known = new Map(said(english))
  const left = said(await load(tag)).filter(([name, text]) => text === known.get(name) && !SHARED.has(text))
  expect(left.map(([name]) => name)).toEqual(['nameOf'].filter((name) => !['ar', 'he'].includes(tag) && name))
})

describe('names', () => {
  const ada = { id: 'ada', type: 'agent', name: 'Ada L.' } as ChatUser
  const apart = (name: string) => `\u2068${name}\u2069`

  it('are kept apart in a language that runs right to left', async () => {
    const { pieces, more } = await load('ar')
    const name = pieces.nameOf(ada)
    expect(name).toBe(apart('Ada L.'))
    expect(pieces.joined(name)).toBe(`انضم ${apart('Ada L.')} إلى الدردشة`)
    expect(more.fileFailed('a (1).pdf')).toBe(`لم يُرسل ${apart('a (1).pdf')}.`)
  })

  it('are kept apart where they run right to left themselves, and are as they are elsewhere', async () => {
    const { pieces, more } = await load('de')
    expect(pieces.nameOf(ada)).toBe('Ada L.')
    expect(pieces.nameOf({ ...ada, name: 'דנה' })).toBe(apart('דנה'))
    expect(more.remove('חשבון 1.pdf')).toBe(`${apart('חשבון 1.pdf')} entfernen`)
    expect(english.more.remove('חשבון 1.pdf')).toBe(`Remove ${apart('חשבון 1.pdf')}`)
    expect(english.more.remove('a.pdf')).toBe('Remove a.pdf')
  })

  it('are not missing where nobody gave one', async () => {
    for (const tag of TAGS) expect((await load(tag)).pieces.nameOf(undefined)).toMatch(/\p{L}/u)
  })
})

it('the pieces say the same in the inbox', () => expect(english.pieces).toEqual(pieceWords))

it('the docs list each word that a site can give its own for', () => {
  const docs = readFileSync(join(import.meta.dirname, '../../../docs/languages.md'), 'utf8')
  const listed = [...docs.matchAll(/^\| `(\w+)/gm)].map(([, name]) => name)
  expect(listed).toEqual(groupsOf(english).flatMap(([, group]) => Object.keys(group).filter((name) => name !== 'language')))
})
