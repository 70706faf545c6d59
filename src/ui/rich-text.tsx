/** A message's text, shown with the Markdown subset. */
import type { ComponentChildren } from 'preact'
import { useMemo } from 'preact/hooks'
import { type Block, type Inline, parseMarkdown } from './markdown.ts'

export function RichText({ text }: { readonly text: string }) {
  // The text finds its own direction; the bubble around it keeps the page's.
  return useMemo(() => <div dir="auto">{parseMarkdown(text).map(showBlock)}</div>, [text])
}

function showBlock(block: Block): ComponentChildren {
  if (block.kind === 'paragraph') return <p>{block.children.map(showInline)}</p>
  if (block.kind === 'code_block') return <pre>{block.text}</pre>
  const items = block.items.map((item) => <li>{item.map(showInline)}</li>)
  return block.ordered ? <ol start={block.start}>{items}</ol> : <ul>{items}</ul>
}

/** Where the next part of an address begins. */
const JOINT = /\b(?=\w)/

/** A long address goes on in the next line at a joint, not in the middle of a word. */
function breakable(part: string): ComponentChildren[] {
  return [<wbr />, part]
}

function showInline(node: Inline): ComponentChildren {
  switch (node.kind) {
    case 'text':
      return node.text
    case 'break':
      return <br />
    case 'code':
      return <code>{node.text}</code>
    case 'bold':
      return <strong>{node.children.map(showInline)}</strong>
    case 'italic':
      return <em>{node.children.map(showInline)}</em>
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
