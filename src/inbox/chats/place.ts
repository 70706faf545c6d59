/** Where the keyboard is when another chat is selected: at its row, or at its heading where the list has made room for it. */
import { chatAddress } from '../address.ts'

const inSight = (element: Element | null): element is HTMLElement => element instanceof HTMLElement && element.offsetParent !== null

/** Whoever is at work elsewhere is not called away. */
const isFree = (list: Element, { activeElement: active, body }: Document) => active === body || list.contains(active) || !inSight(active)

/** False while the chat's row may still be drawn. `settled`: it would be there by now, so the first one does as well. */
export function takePlace(list: Element, chat: string, settled: boolean): boolean {
  if (!isFree(list, document)) return true
  const places = [`[href="${chatAddress(chat)}"]`, ...(settled ? ['.chat-row'] : [])].map((row) => list.querySelector(row))
  const place = [...places, document.querySelector('#conversation-title')].find(inSight)
  place?.focus({ preventScroll: true })
  return settled || place !== undefined
}
