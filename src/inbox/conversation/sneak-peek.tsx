/** What the customer is typing, plainly marked as not sent: it may never be. */
import { Icon } from '../../ui/icon.tsx'
import { EYE } from '../../ui/icons.ts'
import { words } from '../words.ts'

interface Props {
  readonly name: string
  readonly text: string
  /** Or has paused. */
  readonly typing: boolean
}

/** Long texts show their end, where the typing is. */
const SHOWN_CHARS = 280

export function SneakPeek({ name, text, typing }: Props) {
  const shown = text.length > SHOWN_CHARS ? `…${text.slice(-SHOWN_CHARS)}` : text
  const label = typing ? words.conversation.peek(name) : words.conversation.paused(name)
  return (
    <section class="peek" aria-label={label}>
      <p class="peek-label">
        <Icon path={EYE} size={16} />
        {label}
      </p>
      <p class="peek-text" dir="auto">
        {shown}
      </p>
    </section>
  )
}
