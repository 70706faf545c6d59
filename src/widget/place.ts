/** The widget's place in the page, and what it needs of it. */
import { type ChatElement, chatElement } from './element.ts'
import type { Settings } from './settings.ts'

/** What is typed in the chat is nobody else's shortcut, and who comes to it has not broken out of a modal of the page's. */
const OUR_OWN = ['keydown', 'keypress', 'keyup', 'focusin'] as const

/** What the element goes into. */
export const homeOf = ({ container = document.body }: Settings): Element | null =>
  typeof container === 'string' ? document.querySelector(container) : container

/** Moves in. The same style comes once, however often it is asked for. */
export function settle(settings: Settings): ChatElement {
  const home = homeOf(settings)
  if (!home) throw new Error(`unable to init; the page has no ${settings.container}`)
  const element = chatElement(settings, home)
  for (const name of OUR_OWN) element.host.addEventListener(name, (event) => event.stopPropagation())
  const styled = new Set<string>()
  const addStyles = (css: string) => {
    if (!styled.has(css)) element.addStyles(css)
    styled.add(css)
  }
  return { ...element, addStyles }
}
