/** The launcher of a chat that can be open: it closes it too, and says which of the two it does. */
import { CHEVRON_DOWN } from '../../ui/icons.ts'
import tokensCss from '../../ui/tokens-panel.css?inline'
import type { ChatElement } from '../element.ts'
import type { launcherWords } from '../words.ts'
import { icon } from './launcher.ts'
import openingCss from './opening.css?inline'

export function showOpening(
  isOpen: boolean,
  words: typeof launcherWords,
  button: HTMLButtonElement,
  { root, addStyles }: ChatElement,
): void {
  addStyles(tokensCss)
  addStyles(openingCss)
  if (!button.querySelector('.when-open')) button.append(icon(CHEVRON_DOWN, 'when-open'))
  root.lang = words.language
  button.setAttribute('aria-expanded', `${isOpen}`)
  button.setAttribute('aria-label', isOpen ? words.closeChat : words.openChat)
}
