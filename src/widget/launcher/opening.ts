/** The launcher of a chat that can be open: it closes it too, and says which of the two it does. */
import { CHEVRON_DOWN } from '../../ui/icons.ts'
import type { ChatElement } from '../element.ts'
import { launcherWords } from '../words.ts'
import { icon } from './launcher.ts'
import openingCss from './opening.css?inline'

export interface Opening {
  setOpen(open: boolean): void
  speak(words: typeof launcherWords): void
}

export function openingOf(button: HTMLButtonElement, { root, addStyles }: ChatElement): Opening {
  let words = launcherWords
  addStyles(openingCss)
  button.append(icon(CHEVRON_DOWN, 'when-open'))
  const opening: Opening = {
    setOpen(open) {
      button.setAttribute('aria-expanded', `${open}`)
      button.setAttribute('aria-label', open ? words.closeChat : words.openChat)
    },
    speak(next) {
      words = next
      root.lang = words.language
      opening.setOpen(button.ariaExpanded === 'true')
    },
  }
  return opening
}
