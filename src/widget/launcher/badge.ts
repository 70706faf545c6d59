/** The number of unread messages: a badge for the eye, a description of the button for those who hear it. */
import type { ChatElement } from '../element.ts'
import type { Words } from '../words.ts'
import badgeCss from './badge.css?inline'

/** The badge counts to here; the server counts no further. */
const MAX_SHOWN = 99

/** Returns the way to set the number, and the words to tell it in. The badge may be there already. */
export function badgeOn(button: HTMLButtonElement, element: ChatElement): (count: number, words: Pick<Words['panel'], 'unread'>) => void {
  element.addStyles(badgeCss)
  const badge = button.nextElementSibling ?? document.createElement('span')
  badge.className = 'badge'
  badge.setAttribute('aria-hidden', 'true')
  button.after(badge)
  return (count, words) => {
    const shown = count > MAX_SHOWN ? `${MAX_SHOWN}+` : String(count)
    badge.textContent = count > 0 ? shown : ''
    if (count > 0) button.setAttribute('aria-description', words.unread(shown))
    else button.removeAttribute('aria-description')
  }
}
