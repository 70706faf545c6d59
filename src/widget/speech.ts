/** The language that a widget speaks: English at once, any other as soon as its words are there. */
import { createCell, type View } from '../ui/view.ts'
import { later } from './later.ts'
import { type Language, languageFor, languageOf, type OwnWords, type Words } from './words.ts'

export interface Speech extends View<Language> {
  /** Resolves when there are words for everything; English ones where the others did not arrive, which are tried anew for whoever asks next. */
  learn(): Promise<void>
  choose(tag: string, own: OwnWords | undefined): void
}

interface Chosen {
  readonly tag: string
  readonly own: OwnWords | undefined
  /** What has been learned so far. */
  words?: Partial<Words>
}

export function createSpeech(tag: string, own: OwnWords | undefined, server: string): Speech {
  const cell = createCell(languageFor(tag, own))
  let chosen: Chosen = { tag, own }
  return Object.assign(cell, {
    async learn() {
      const asked = chosen
      const { words } = await later(languageOf(asked.tag) as 'en', server).catch(() => later('en', server))
      if (asked.words === words || asked !== chosen) return
      asked.words = words
      cell.set(languageFor(asked.tag, asked.own, words))
    },
    choose(tag: string, own: OwnWords | undefined) {
      chosen = { tag, own }
      cell.set(languageFor(tag, own))
    },
  })
}
