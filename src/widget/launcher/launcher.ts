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
  setBusy(busy: boolean): void
  /** Says in words what went wrong; an empty text takes it back. */
  setTrouble(text: string): void
}

/** The launcher in the element: painted by the loader and taken over, or painted now. */
export function launcherOf(element: ChatElement, words = launcherWords): Launcher {
  const { root } = element
  if (!root.querySelector('.launcher')) paint(element)
  const button = root.querySelector('.launcher button') as HTMLButtonElement
  const trouble = root.querySelector('.trouble') as HTMLElement
  const set = (name: string, value: string | boolean) => button.setAttribute(`aria-${name}`, `${value}`)
  const launcher: Launcher = {
    button,
    setOpen(open) {
      set('expanded', open)
      set('label', open ? words.closeChat : words.openChat)
    },
    setBusy: (busy) => set('busy', busy),
    setTrouble(text) {
      trouble.textContent = text
    },
  }
  launcher.setOpen(false)
  return launcher
}

function paint(element: ChatElement): void {
  element.addStyles(launcherCss)
  const button = create(HTML, 'button', { type: 'button' }, icon(CHAT, 'when-closed'), icon(CHEVRON_DOWN, 'when-open'))
  const trouble = create(HTML, 'div', { class: 'trouble', role: 'status' })
  element.root.append(create(HTML, 'div', { class: 'launcher' }, button, trouble))
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
