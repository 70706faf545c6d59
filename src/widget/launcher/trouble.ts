/** What the launcher shows while the widget is on its way, and what it says when it did not arrive. */
import type { ChatElement } from '../element.ts'
import troubleCss from './trouble.css?inline'

/** In English everywhere: what cannot load the widget cannot load a dictionary. */
const FAILED = 'The chat did not load. Try again.'

/** Returns the way to say how it stands. */
export function showFetching(element: ChatElement, button: HTMLElement): (isBusy: boolean, hasFailed?: boolean) => void {
  element.addStyles(troubleCss)
  const trouble = document.createElement('div')
  trouble.className = 'trouble'
  trouble.setAttribute('role', 'status')
  trouble.lang = 'en'
  button.after(trouble)
  return (isBusy, hasFailed) => {
    trouble.textContent = hasFailed ? FAILED : ''
    button.setAttribute('aria-busy', `${isBusy}`)
  }
}
