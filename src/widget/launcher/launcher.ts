/** The button that opens and closes the chat. Plain DOM, so that the loader can paint it before anything else is there. */
import { CHAT, CHEVRON_DOWN } from '../../ui/icons.ts'
import type { ChatElement } from '../element.ts'
import { launcherWords } from '../words.ts'
import launcherCss from './launcher.css?inline'

const HTML = 'http://www.w3.org/1999/xhtml'
const SVG = 'http://www.w3.org/2000/svg'

export interface Launcher {
  readonly button: HTMLButtonElement
  setOpen(open: boolean): void
  speak(words: typeof launcherWords): void
}

/** The launcher in the element: painted by the loader and taken over, or painted now. */
export function launcherOf(element: ChatElement, first = launcherWords): Launcher {
  const { root } = element
  let words = first
  if (!root.querySelector('.launcher')) paint(element)
  const button = root.querySelector('.launcher button') as HTMLButtonElement
  const launcher: Launcher = {
    button,
    setOpen(open) {
      button.setAttribute('aria-expanded', `${open}`)
      button.setAttribute('aria-label', open ? words.closeChat : words.openChat)
    },
    speak(next) {
      words = next
      root.lang = words.language
      launcher.setOpen(button.ariaExpanded === 'true')
    },
  }
  launcher.speak(words)
  return launcher
}

function paint(element: ChatElement): void {
  element.addStyles(launcherCss)
  const button = create(HTML, 'button', { type: 'button' }, icon(CHAT, 'when-closed'), icon(CHEVRON_DOWN, 'when-open'))
  element.root.append(create(HTML, 'div', { class: 'launcher' }, button))
}

function icon(path: string, when: string): Element {
  return create(SVG, 'svg', { class: `icon ${when}`, viewBox: '0 0 20 20', 'aria-hidden': 'true' }, create(SVG, 'path', { d: path }))
}

function create(space: string, name: string, attributes: Readonly<Record<string, string>>, ...children: Element[]): Element {
  const made = document.createElementNS(space, name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  made.append(...children)
  return made
}
