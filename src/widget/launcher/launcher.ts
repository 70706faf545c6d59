/** The button that opens the chat. Plain DOM, so that the loader can paint it before anything else is there. */
import { CHAT } from '../../ui/icons.ts'
import type { ChatElement } from '../element.ts'
import { launcherWords } from '../words.ts'
import launcherCss from './launcher.css?inline'

const HTML = 'http://www.w3.org/1999/xhtml'
const SVG = 'http://www.w3.org/2000/svg'

/** What tells that a click may follow. */
export const INTENTS = ['pointerenter', 'focus', 'touchstart'] as const

/** The launcher in the element: painted by the loader and taken over, or painted now. */
export function launcherOf({ root, addStyles }: ChatElement, picture?: string): HTMLButtonElement {
  const known = root.querySelector<HTMLButtonElement>('.launcher button')
  if (known) return known
  addStyles(launcherCss)
  const { openChat, language } = launcherWords
  const button = create(HTML, 'button', { type: 'button', 'aria-expanded': 'false', 'aria-label': openChat }, icon(CHAT, 'when-closed'))
  show(button, picture)
  root.lang = language
  root.append(create(HTML, 'div', { class: 'launcher' }, button))
  return button as HTMLButtonElement
}

/** `src` is the address of the site's own picture, where it has one. */
export function show(button: Element, src: string | undefined): void {
  if (src) button.firstChild?.replaceWith(create(HTML, 'img', { class: 'icon when-closed', src, alt: '' }))
}

export function icon(path: string, when: string): Element {
  return create(SVG, 'svg', { class: `icon ${when}`, viewBox: '0 0 20 20', 'aria-hidden': 'true' }, create(SVG, 'path', { d: path }))
}

function create(space: string, name: string, attributes: Readonly<Record<string, string>>, ...children: Element[]): Element {
  const made = document.createElementNS(space, name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  made.append(...children)
  return made
}
