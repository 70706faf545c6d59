/** A small subset of Markdown, parsed to nodes and never to HTML: bold, italic, code, lists, links, line breaks. */

export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'bold' | 'italic'; readonly children: readonly Inline[] }
  | { readonly kind: 'link'; readonly href: string; readonly text: string }
  | { readonly kind: 'break' }

export type Block =
  | { readonly kind: 'paragraph'; readonly children: readonly Inline[] }
  | { readonly kind: 'code_block'; readonly text: string }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly start: number; readonly items: readonly (readonly Inline[])[] }

const FENCE = /^```/
const ITEM = /^ {0,3}(?:[-*•]|(\d{1,9})[.)])[ \t]+(.*)$/

export function parseMarkdown(source: string): Block[] {
  const lines = source.replace(/\r\n?/g, '\n').split('\n')
  const blocks: Block[] = []
  let at = 0
  while (at < lines.length) {
    const line = lines[at] ?? ''
    const take = FENCE.test(line) ? takeFence : ITEM.test(line) ? takeList : takeParagraph
    const taken = take(lines, at)
    if (taken.block) blocks.push(taken.block)
    at = taken.next
  }
  return blocks
}

interface Taken {
  readonly block: Block | null
  readonly next: number
}

function takeFence(lines: readonly string[], from: number): Taken {
  let end = from + 1
  while (end < lines.length && !FENCE.test(lines[end] ?? '')) end++
  return { block: { kind: 'code_block', text: lines.slice(from + 1, end).join('\n') }, next: end + 1 }
}

function takeList(lines: readonly string[], from: number): Taken {
  const items: Inline[][] = []
  const ordered = number(lines[from]) !== undefined
  let at = from
  for (; at < lines.length; at++) {
    const match = ITEM.exec(lines[at] ?? '')
    if (!match || (match[1] !== undefined) !== ordered) break
    items.push(parseInline(match[2] ?? ''))
  }
  return { block: { kind: 'list', ordered, start: number(lines[from]) ?? 1, items }, next: at }
}

function number(line: string | undefined): number | undefined {
  const digits = ITEM.exec(line ?? '')?.[1]
  return digits === undefined ? undefined : Number(digits)
}

function takeParagraph(lines: readonly string[], from: number): Taken {
  let at = from
  while (at < lines.length && lines[at]?.trim() !== '' && !FENCE.test(lines[at] ?? '') && !ITEM.test(lines[at] ?? '')) at++
  if (at === from) return { block: null, next: from + 1 }
  const children: Inline[] = []
  for (const line of lines.slice(from, at)) {
    if (children.length > 0) children.push({ kind: 'break' })
    children.push(...parseInline(line))
  }
  return { block: { kind: 'paragraph', children }, next: at }
}

/**
 * One alternation, tried at each place, earliest match first: code, asterisks, underscores, a labelled link, an address,
 * a mail address. Every repetition excludes its own end, so no stretch is read twice and the time stays linear. It also
 * keeps nesting at two: what stands in asterisks holds no asterisk. Underscores mark only whole words: `snake_case` is a name.
 */
const MARK =
  /`([^`]+)`|(\*\*?)([^\s*](?:[^*]*[^\s*])?)\2|(?<![\p{L}\p{N}])(__?)([^\s_](?:[^_]*[^\s_])?)\4(?![\p{L}\p{N}])|\[([^[\]]+)\]\(([^\s()]+)\)|(https?:\/\/[^\s<>"]+)|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/gu

function parseInline(source: string): Inline[] {
  const nodes: Inline[] = []
  let from = 0
  for (const match of source.matchAll(MARK)) {
    const { node, length } = toNode(match)
    if (match.index > from) nodes.push({ kind: 'text', text: source.slice(from, match.index) })
    nodes.push(node)
    from = match.index + length
  }
  if (from < source.length) nodes.push({ kind: 'text', text: source.slice(from) })
  return nodes
}

/** The node of a match, and how much of the source it covers: an address gives its closing punctuation back. */
function toNode(match: RegExpExecArray): { node: Inline; length: number } {
  const [whole, code, asterisks, starred, underscores, underscored, label, target, url] = match
  const marks = asterisks ?? underscores
  const { length } = whole
  if (code) return { node: { kind: 'code', text: code }, length }
  if (marks) return { node: { kind: marks[1] ? 'bold' : 'italic', children: parseInline(starred ?? underscored ?? '') }, length }
  if (label && target) {
    const href = safeHref(target)
    return { node: href ? { kind: 'link', href, text: label } : { kind: 'text', text: whole }, length }
  }
  const text = url ? withoutClosing(url) : whole
  return { node: { kind: 'link', href: url ? text : `mailto:${text}`, text }, length: text.length }
}

/** `(see https://a.example/b).` links `https://a.example/b`; a bracket that the address itself opened stays. */
function withoutClosing(url: string): string {
  let end = url.length
  while (/[.,;:!?'*_~)\]}]/.test(url[end - 1] ?? '')) {
    if (url[end - 1] === ')' && url.slice(0, end).includes('(')) break
    end--
  }
  return url.slice(0, end)
}

/** The address if its scheme is one that only leads somewhere, else null. `javascript:`, `data:` and relative ones are not links. */
export function safeHref(address: string): string | null {
  return /^(?:https?:\/\/|mailto:|tel:)[^\s]/i.test(address) ? address : null
}
