/** What the launcher shows while the widget is on its way, and what it says when it did not arrive. */
import type { ChatElement } from '../element.ts'
import troubleCss from './trouble.css?inline'

/** In English everywhere: what cannot load the widget cannot load a dictionary. */
const FAILED = 'The chat did not load. Select it to try again.'

export interface Fetching {
  begin(): void
  end(failed: boolean): void
}

export function showFetching(element: ChatElement, button: HTMLElement): Fetching {
  element.addStyles(troubleCss)
  const trouble = document.createElement('div')
  trouble.className = 'trouble'
  trouble.setAttribute('role', 'status')
  trouble.lang = 'en'
  button.after(trouble)
  return {
    begin() {
      trouble.textContent = ''
      button.setAttribute('aria-busy', 'true')
    },
    end(failed) {
      trouble.textContent = failed ? FAILED : ''
      button.removeAttribute('aria-busy')
    },
  }
}
