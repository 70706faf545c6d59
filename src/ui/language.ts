/** The language of a face, handed to every piece in it. */
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import { type PieceWords, pieceWords } from './words.ts'

export interface Language {
  /** A BCP 47 tag, for dates and numbers. */
  readonly locale: string
  readonly words: PieceWords
}

export const LanguageContext = createContext<Language>({ locale: 'en', words: pieceWords })

export function useLanguage(): Language {
  return useContext(LanguageContext)
}
