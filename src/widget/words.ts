/** The words of the first message, in English, and which words a page gets. Other languages are loaded: each is a file in `languages/`. */
import { type PieceWords, pieceWords } from '../ui/words.ts'
import type { MoreWords } from './languages/en.ts'

/** Apart from the rest, because the loader says only these. */
export const launcherWords = {
  language: 'en',
  openChat: 'Open chat',
  closeChat: 'Close chat',
}

/** The loader says this too. */
export const unread = (count: string): string => (count === '1' ? '1 unread message' : `${count} unread messages`)

const panelWords = {
  unread,
  chat: 'Chat',
  chats: 'Chats',
  startChat: 'Start chat',
  endChat: 'End chat',
  greeting: 'How can we help?',
  greetingMore: 'Write to us and we reply here, even if you come back later.',
  started: 'You can write now.',
  writeMessage: 'Write a message',
  writeToGoOn: 'Write to continue',
  connecting: 'Connecting',
  inThisChat: 'In this chat',
  nobodyYet: 'We reply here',
  reconnecting: 'Reconnecting. What you send goes out when you are back.',
  listFailed: 'The chats could not be loaded. Try again.',
}

export interface Words {
  readonly pieces: PieceWords
  readonly launcher: typeof launcherWords
  readonly panel: typeof panelWords
  /** Of what is loaded later. */
  readonly more: MoreWords
}

/** Words of the site's own in the place of ours, by their names. */
export type OwnWords = Partial<PieceWords & typeof launcherWords & typeof panelWords & MoreWords>

export interface Language {
  /** To format dates and numbers with: the reader's own (`en-GB`) where we speak its language, else the dictionary's, since a Finnish date in an English sentence helps nobody. */
  readonly locale: string
  readonly dir: 'ltr' | 'rtl'
  readonly words: Words
  /** These are in the language that was asked for; English ones else. */
  readonly known: boolean
}

/** What the launcher says before anything is loaded, in the languages that there is a dictionary for. */
const OPEN_CHAT: Readonly<Record<string, string>> = {
  en: launcherWords.openChat,
  ar: 'فتح الدردشة',
  de: 'Chat öffnen',
  es: 'Abrir chat',
  fr: 'Ouvrir le chat',
  he: 'פתיחת הצ׳אט',
  it: 'Apri la chat',
  ja: 'チャットを開く',
  nl: 'Chat openen',
  pl: 'Otwórz czat',
  pt: 'Abrir o chat',
  tr: 'Sohbeti aç',
}

/** The language of a tag, as far as we speak it. */
export function languageOf(tag: string): string {
  const [language = ''] = canonical(tag).split('-')
  return Object.hasOwn(OPEN_CHAT, language) ? language : 'en'
}

/** The launcher's words for a language tag. */
export function launcherWordsFor(tag: string): typeof launcherWords {
  const language = languageOf(tag)
  return { ...launcherWords, language, openChat: OPEN_CHAT[language] as string }
}

/** All words for a language tag: those of `dictionary`, which is loaded, and English ones for what it lacks. */
export function languageFor(tag: string, own?: OwnWords, dictionary: Partial<Words> = {}): Language {
  const { pieces = pieceWords, launcher = launcherWordsFor(tag), panel = panelWords, more = {} as MoreWords } = dictionary
  const locale = canonical(tag)
  const spoken = panel === panelWords ? 'en' : launcher.language
  return {
    words: { pieces: { ...pieces, ...own }, launcher: { ...launcher, ...own }, panel: { ...panel, ...own }, more: { ...more, ...own } },
    locale: locale.split('-')[0] === spoken ? locale : spoken,
    dir: /ar|he/.test(spoken) ? 'rtl' : 'ltr',
    known: spoken === languageOf(tag),
  }
}

/** A page's `lang` may be anything, `en_US` for one, at which `Intl` throws. */
function canonical(tag: string): string {
  try {
    return Intl.getCanonicalLocales(tag.replaceAll('_', '-'))[0] ?? ''
  } catch {
    return ''
  }
}
