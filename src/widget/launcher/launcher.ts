/** The button that opens the chat. Plain DOM, so that the loader can paint it before anything else is there. */
import { CHAT } from '../../ui/icons.ts'
import type { ChatElement } from '../element.ts'
import { launcherWords } from '../words.ts'

const SVG = 'http://www.w3.org/2000/svg'

/** What tells that a click may follow. */
export const INTENTS = ['pointerenter', 'focus', 'touchstart'] as const

/** The launcher in the element: painted by the loader and taken over, or painted now. */
export function launcherOf({ root }: ChatElement, picture?: string): HTMLButtonElement {
  const known = root.querySelector<HTMLButtonElement>('.launcher button')
  if (known) return known
  const { openChat, language } = launcherWords
  const button = fill(
    document.createElement('button'),
    { type: 'button', 'aria-expanded': 'false', 'aria-label': openChat },
    icon(CHAT, 'when-closed'),
  )
  show(button, picture)
  root.lang = language
  root.append(fill(document.createElement('div'), { class: 'launcher' }, button))
  return button
}

/** `src` is the address of the site's own picture, where it has one. */
export function show(button: Element, src: string | undefined): void {
  if (src) button.firstChild?.replaceWith(fill(new Image(), { class: 'icon when-closed', src, alt: '' }))
}

export function icon(path: string, when: string): Element {
  const svg = document.createElementNS(SVG, 'svg')
  const line = document.createElementNS(SVG, 'path')
  return fill(svg, { class: `icon ${when}`, viewBox: '0 0 20 20', 'aria-hidden': 'true' }, fill(line, { d: path }))
}

function fill<Made extends Element>(made: Made, attributes: Readonly<Record<string, string>>, ...children: Element[]): Made {
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  made.append(...children)
  return made
}
