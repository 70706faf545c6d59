/** Files that go with the next message, as far as they may. */
import { MAX_FILE_BYTES } from '../../protocol/limits.ts'
import type { Cell } from '../../ui/view.ts'
import type { MoreWords } from '../languages/en.ts'

/** More at once are a mistake more often than a wish. */
const MAX_FILES = 10

/** Returns what there is to say about those that may not. */
export function attach(attached: Cell<readonly File[]>, files: readonly File[], words: MoreWords): string {
  const fitting = files.filter(({ size }) => size <= MAX_FILE_BYTES)
  const large = files.find(({ size }) => size > MAX_FILE_BYTES)
  const all = [...attached.state, ...fitting]
  attached.set(all.slice(0, MAX_FILES))
  if (large) return words.tooLarge(large.name)
  return all.length > MAX_FILES ? words.tooMany : ''
}
