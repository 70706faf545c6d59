/** As much of a text as fits a message, with no character cut in two. */
import { MAX_TEXT_BYTES } from '../../protocol/limits.ts'

/** In UTF-8. */
const bytesOf = (code: number): number => (code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4)

export function fitting(text: string): string {
  let bytes = 0
  let end = 0
  for (const character of text) {
    bytes += bytesOf(character.codePointAt(0) ?? 0)
    if (bytes > MAX_TEXT_BYTES) return text.slice(0, end)
    end += character.length
  }
  return text
}
