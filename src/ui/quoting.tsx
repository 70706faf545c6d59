/** Over the place to write: the message that the next one will show, to be put away again. */
import type { Event } from '../protocol/events.ts'
import { IconButton } from './icon-button.tsx'
import { CLOSE } from './icons.ts'
import { useLanguage } from './language.ts'
import { Quote, quoteOf } from './quote.tsx'

interface QuotingProps {
  readonly event: Event
  /** Who said it, as the reader knows them. */
  readonly name: string
  readonly onRemove: () => void
}

export function Quoting({ event, name, onRemove }: QuotingProps) {
  const { words } = useLanguage()
  return (
    // biome-ignore lint/a11y/useSemanticElements: there is nothing to fill in
    <div class="quoting" role="group" aria-label={words.quoting(name)}>
      <div class="quote">
        <Quote quoted={quoteOf(event)} name={name} />
      </div>
      <IconButton name={words.removeQuote} icon={CLOSE} onClick={onRemove} />
    </div>
  )
}
