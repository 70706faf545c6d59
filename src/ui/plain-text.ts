/** A message's text without its marks, in one line, where a list has room for no more. */
import { type Block, type Inline, parseMarkdown } from './markdown.ts'

export function plainText(source: string): string {
  return parseMarkdown(source).map(textOf).join(' ').replace(/\s+/g, ' ').trim()
}

function textOf(node: Block | Inline): string {
  if (node.kind === 'break') return ' '
  if (node.kind === 'list') return node.items.map((item) => item.map(textOf).join('')).join(' ')
  return 'text' in node ? node.text : node.children.map(textOf).join('')
}
