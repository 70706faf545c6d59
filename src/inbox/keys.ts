/** Which key means which command, and when a key is somebody's typing rather than a command. */

export type Command = 'next' | 'previous' | 'reply' | 'note' | 'close' | 'undo' | 'search' | 'details' | 'shortcuts'

export interface KeyPress {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly repeat: boolean
  readonly isComposing: boolean
  readonly defaultPrevented: boolean
}

export const SHORTCUTS: readonly (readonly [key: string, command: Command])[] = [
  ['j', 'next'],
  ['k', 'previous'],
  ['r', 'reply'],
  ['n', 'note'],
  ['e', 'close'],
  ['z', 'undo'],
  ['i', 'details'],
  ['/', 'search'],
  ['?', 'shortcuts'],
]
const COMMANDS = new Map(SHORTCUTS)

export const keyOf = (command: Command) => SHORTCUTS.find((shortcut) => shortcut[1] === command)?.[0] ?? null

/** Held down, these go on; the others act once. */
const REPEATABLE: readonly Command[] = ['next', 'previous']

/** Null for every key that is not ours: combinations belong to the browser, and letters in a field to the field. */
export function commandOf(press: KeyPress, inField: boolean): Command | null {
  if (inField || press.defaultPrevented || press.isComposing) return null
  if (press.ctrlKey || press.metaKey || press.altKey) return null
  const command = COMMANDS.get(press.key.length === 1 ? press.key.toLowerCase() : press.key)
  if (command === undefined || (press.repeat && !REPEATABLE.includes(command))) return null
  return command
}

/** Where text is being typed, or a choice made, by keys of its own; and the tools around the field, where letters are meant for it. */
export function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target.matches('textarea, select') || target.closest('.reply')) return true
  return target instanceof HTMLInputElement && !['button', 'checkbox', 'radio', 'submit'].includes(target.type)
}
