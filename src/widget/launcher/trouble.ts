/** What the launcher shows while the widget is on its way, and what it says when it did not arrive. */
import type { ChatElement } from '../element.ts'
import { launcherWords } from '../words.ts'
import troubleCss from './trouble.css?inline'

export interface Fetching {
  begin(): void
  end(failed: boolean): void
}

export function showFetching(element: ChatElement, button: HTMLElement): Fetching {
  element.addStyles(troubleCss)
  const trouble = document.createElement('div')
  trouble.className = 'trouble'
  trouble.setAttribute('role', 'status')
  button.after(trouble)
  return {
    begin() {
      trouble.textContent = ''
      button.setAttribute('aria-busy', 'true')
    },
    end(failed) {
      trouble.textContent = failed ? launcherWords.loadFailed : ''
      button.removeAttribute('aria-busy')
    },
  }
}
