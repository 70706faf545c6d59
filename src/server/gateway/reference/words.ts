/** How the reference writes prose: escaped, in paragraphs, with the little markup that descriptions have. */
import { text } from '../html.ts'

/** Of a line: `code` and *stress*. */
export const inline = (words: string): string =>
  text(words)
    .replace(/`([^`]+)`/g, '<code>$1</code>')
    .replace(/\*([^*]+)\*/g, '<em>$1</em>')

export const prose = (words: string): string =>
  words
    .split('\n\n')
    .filter((paragraph) => paragraph !== '')
    .map((paragraph) => `<p>${inline(paragraph)}</p>`)
    .join('')

export const code = (words: string): string => `<code>${text(words)}</code>`

/** As in *a, b or c*. */
export const either = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} or ${parts.at(-1)}`
