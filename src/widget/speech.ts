/** The language that a widget speaks: English at once, any other as soon as its words are there. */
import { createCell, type View } from '../ui/view.ts'
import { later } from './later.ts'
import { type Language, languageFor, languageOf, type OwnWords } from './words.ts'

export interface Speech extends View<Language> {
  /** Resolves when all words are there, those of what is loaded later among them. What fails is tried anew for whoever asks next. */
  learn(): Promise<void>
  choose(tag: string, own: OwnWords | undefined): void
}

export function createSpeech(tag: string, own: OwnWords | undefined, server: string): Speech {
  const cell = createCell(languageFor(tag, own))
  let chosen = { tag, own, learned: false }
  return Object.assign(cell, {
    async learn() {
      const asked = chosen
      const { words } = await later[languageOf(asked.tag) as 'en'](server)
      if (asked.learned || asked !== chosen) return
      asked.learned = true
      cell.set(languageFor(asked.tag, asked.own, words))
    },
    choose(tag: string, own: OwnWords | undefined) {
      chosen = { tag, own, learned: false }
      cell.set(languageFor(tag, own))
    },
  })
}
