/** A message's text, shown with the Markdown subset, and with whom it names set apart. */
import type { ComponentChildren } from 'preact'
import { useMemo } from 'preact/hooks'
import { type Block, type Inline, parseMarkdown } from './markdown.ts'
import { namingOf, type Person, partedBy } from './mentions.ts'

interface RichTextProps {
  readonly text: string
  /** Whom it names. */
  readonly named?: readonly Person[]
}

const NOBODY: readonly Person[] = []

export function RichText({ text, named = NOBODY }: RichTextProps) {
  // The text finds its own direction; the bubble around it keeps the page's.
  return useMemo(() => {
    const naming = namingOf(named)
    return (
      <div dir="auto">
        {parseMarkdown(text).map((block) =>
          showBlock(block, (plain) => partedBy(naming, plain).map((part, at) => (at % 2 ? <span class="mention">{part}</span> : part))),
        )}
      </div>
    )
  }, [text, ...named.map(({ name }) => name)])
}

/** Draws what is text and nothing else. */
type ShowText = (text: string) => ComponentChildren

function showBlock(block: Block, showText: ShowText): ComponentChildren {
  const show = (node: Inline) => showInline(node, showText)
  if (block.kind === 'paragraph') return <p>{block.children.map(show)}</p>
  if (block.kind === 'code_block') return <pre>{block.text}</pre>
  const items = block.items.map((item) => <li>{item.map(show)}</li>)
  return block.ordered ? <ol start={block.start}>{items}</ol> : <ul>{items}</ul>
}

/** Where the next part of an address begins. */
const JOINT = /\b(?=\w)/

/** A long address goes on in the next line at a joint, not in the middle of a word. */
function breakable(part: string): ComponentChildren[] {
  return [<wbr />, part]
}

function showInline(node: Inline, showText: ShowText): ComponentChildren {
  switch (node.kind) {
    case 'text':
      return showText(node.text)
    case 'break':
      return <br />
    case 'code':
      return <code>{node.text}</code>
    case 'bold':
      return <strong>{node.children.map((child) => showInline(child, showText))}</strong>
    case 'italic':
      return <em>{node.children.map((child) => showInline(child, showText))}</em>
    case 'link': {
      const bare = node.text === node.href
      // The title shows where a link with another label leads.
      return (
        <a href={node.href} title={bare ? undefined : node.href} target="_blank" rel="noopener noreferrer">
          {bare ? node.text.split(JOINT).flatMap(breakable) : node.text}
        </a>
      )
    }
  }
}
