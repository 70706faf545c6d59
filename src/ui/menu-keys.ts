/** The keys of a menu whose first row runs along the line: arrows go from choice to choice, round at the ends. */

const CHOICE = '[role^="menuitem"]'
const ROW = '[role="group"]'

export function moveInMenu(event: KeyboardEvent): void {
  const menu = event.currentTarget as HTMLElement
  const choices = [...menu.querySelectorAll<HTMLElement>(CHOICE)]
  const next = choices[stepOf(event, choices)]
  if (!next) return
  event.preventDefault()
  next.focus()
}

/** Where the key leads, as a place among all; -1 for a key that leads nowhere. */
function stepOf({ key, target }: KeyboardEvent, choices: readonly HTMLElement[]): number {
  const at = choices.indexOf(target as HTMLElement)
  const count = choices.length
  const isInRow = (choice: HTMLElement | undefined) => choice?.closest(ROW) !== null
  const row = choices.filter(isInRow).length
  const onward = getComputedStyle(target as Element).direction === 'rtl' ? -1 : 1
  const along = { ArrowRight: onward, ArrowLeft: -onward }[key]
  if (along !== undefined) return isInRow(choices[at]) ? (at + along + row) % row : -1
  switch (key) {
    case 'Home':
      return 0
    case 'End':
      return count - 1
    case 'ArrowDown':
      return isInRow(choices[at]) ? row % count : (at + 1) % count
    case 'ArrowUp':
      return isInRow(choices[at]) ? count - 1 : at === row ? 0 : (at + count - 1) % count
    default:
      return -1
  }
}
