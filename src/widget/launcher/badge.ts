/** The number of unread messages: a badge for the eye, a description of the button for those who hear it. */
import type { ChatElement } from '../element.ts'
import type { Words } from '../words.ts'
import badgeCss from './badge.css?inline'

/** The badge counts to here; the server counts no further. */
const MAX_SHOWN = 99

/** In the words of whoever tells it. */
export function showUnread(
  count: number,
  words: Pick<Words['panel'], 'unread'>,
  button: HTMLButtonElement,
  { root, addStyles }: ChatElement,
): void {
  addStyles(badgeCss)
  const badge = root.querySelector('.badge') ?? document.createElement('span')
  badge.className = 'badge'
  badge.setAttribute('aria-hidden', 'true')
  button.after(badge)
  const shown = count > MAX_SHOWN ? `${MAX_SHOWN}+` : String(count)
  badge.textContent = count > 0 ? shown : ''
  if (count > 0) button.setAttribute('aria-description', words.unread(shown))
  else button.removeAttribute('aria-description')
}
