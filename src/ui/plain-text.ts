/** What an event says in one line, where a list has room for no more: a text without its marks, or the name of its first file. */
import type { Event } from '../protocol/events.ts'
import { type Block, type Inline, parseMarkdown } from './markdown.ts'

/** Nothing, for what this version cannot draw: a site's own data is not for reading. */
export const lineOf = ({ text, name, attachments }: Event): string | undefined =>
  text === undefined ? (name ?? attachments?.[0]?.name) : plainText(text)

export function plainText(source: string): string {
  return parseMarkdown(source).map(textOf).join(' ').replace(/\s+/g, ' ').trim()
}

function textOf(node: Block | Inline): string {
  if (node.kind === 'break') return ' '
  if (node.kind === 'list') return node.items.map((item) => item.map(textOf).join('')).join(' ')
  return 'text' in node ? node.text : node.children.map(textOf).join('')
}
