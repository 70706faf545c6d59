/** Every word the widget says, in English. Another language is another object of the type `Words`. */
import { type PieceWords, pieceWords } from '../ui/words.ts'

/** Apart from the rest, because the loader says only these. */
export const launcherWords = {
  language: 'en',
  openChat: 'Open chat',
  closeChat: 'Close chat',
  loadFailed: 'The chat could not be loaded. Select it to try again.',
}

const panelWords = {
  unread: (count: string) => (count === '1' ? '1 unread message' : `${count} unread messages`),
  chat: 'Chat',
  chats: 'Chats',
  startChat: 'Start chat',
  newChat: 'New chat',
  endChat: 'End chat',
  welcome: 'How can we help?',
  welcomeMore: 'Write to us here. The answer comes to this window, also when you come back.',
  started: 'You can write now.',
  writeMessage: 'Write a message',
  writeToGoOn: 'Write to continue this chat',
  connecting: 'Connecting',
  inThisChat: 'In this chat',
  nobodyYet: 'We reply in this chat',
  reconnecting: 'Reconnecting. What you send goes out when you are back.',
  closed: 'This chat has ended. Write to continue it.',
  unavailable: 'The chat is not available here right now.',
  unavailableMore: 'Nothing you wrote is lost. Come back later.',
  listFailed: 'The chats could not be loaded. Try again.',
  endFailed: 'The chat could not be ended. Try again later.',
  ended: 'Ended',
  noMessages: 'No messages yet',
  moreChats: 'Show earlier chats',
}

export interface Words {
  readonly pieces: PieceWords
  readonly launcher: typeof launcherWords
  readonly panel: typeof panelWords
}

const english: Words = { pieces: pieceWords, launcher: launcherWords, panel: panelWords }

const dictionaries: ReadonlyMap<string, Words> = /* @__PURE__ */ new Map([['en', english]])

/**
 * The dictionary for a language tag, and the tag to format dates with: the reader's own (`en-GB`) where we speak its
 * language, else the dictionary's, since a Finnish date in an English sentence helps nobody.
 */
export function wordsFor(tag: string): { readonly words: Words; readonly locale: string } {
  const locale = canonical(tag)
  const known = dictionaries.get(locale.split('-')[0] ?? '')
  return known ? { words: known, locale } : { words: english, locale: 'en' }
}

/** A page's `lang` may be anything, `en_US` for one, at which `Intl` throws. */
function canonical(tag: string): string {
  try {
    return Intl.getCanonicalLocales(tag.replaceAll('_', '-'))[0] ?? ''
  } catch {
    return ''
  }
}
