/** The language of a face, handed to every piece in it. */
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { LateWords } from './late-words.ts'
import { type PieceWords, pieceWords } from './words.ts'

export interface Language {
  /** A BCP 47 tag, for dates and numbers. */
  readonly locale: string
  /** Late ones from the moment on at which anything is drawn that says them. */
  readonly words: PieceWords & LateWords
}

export const LanguageContext = createContext<Language>({ locale: 'en', words: pieceWords as Language['words'] })

export function useLanguage(): Language {
  return useContext(LanguageContext)
}
