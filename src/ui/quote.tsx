/** A message as another one shows it: who said it, and how it begins. */
import type { Event, QuotedEvent } from '../protocol/events.ts'
import { useLanguage } from './language.ts'
import type { LateWords } from './late-words.ts'
import { plainText } from './plain-text.ts'
import type { PieceWords } from './words.ts'

/** What the server will show of it, for what is not there yet. */
export function quoteOf({ id, type, author_id, created_at, text, name, content_type, attachments, deleted_at }: Event): QuotedEvent {
  const [file] = attachments ?? []
  const shown = { text, author_id, name: name ?? file?.name, content_type: content_type ?? file?.content_type, deleted_at }
  const there = Object.entries(shown).filter(([, value]) => value !== undefined)
  return { id, type, created_at, ...Object.fromEntries(there) }
}

/** Of one from before the reader's stay nothing is known but that it is there. */
export const isKnown = ({ created_at }: QuotedEvent): boolean => created_at !== undefined

/** How it begins, in words. */
export function quoteWords(quoted: QuotedEvent, words: PieceWords & LateWords): string {
  const { text, name, content_type, deleted_at } = quoted
  if (!isKnown(quoted)) return words.quotedEarlier
  if (deleted_at) return words.quotedDeleted
  if (text) return plainText(text)
  return content_type?.startsWith('image/') ? words.photo : (name ?? '–')
}

interface QuoteProps {
  readonly quoted: QuotedEvent
  /** Who said it, as the reader knows them. */
  readonly name: string
}

export function Quote({ quoted, name }: QuoteProps) {
  const { words } = useLanguage()
  const says = isKnown(quoted) && !quoted.deleted_at && quoted.text
  return (
    <>
      {isKnown(quoted) && (
        <span class="quote-name">
          <bdi>{name}</bdi>
        </span>
      )}
      {/* What is not said by anybody but by us looks like it. */}
      <span class={says ? 'quote-text' : 'quote-text quote-note'} dir="auto">
        {quoteWords(quoted, words)}
      </span>
    </>
  )
}
