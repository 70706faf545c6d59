/** What the customer is typing, plainly marked as not sent: it may never be. */
import { Icon } from '../../ui/icon.tsx'
import { EYE } from '../../ui/icons.ts'
import { words } from '../words.ts'

interface Props {
  readonly name: string
  readonly text: string
}

/** Long texts show their end, where the typing is. */
const SHOWN_CHARS = 280

export function SneakPeek({ name, text }: Props) {
  const shown = text.length > SHOWN_CHARS ? `…${text.slice(-SHOWN_CHARS)}` : text
  return (
    <section class="peek" aria-label={words.conversation.peek(name)}>
      <p class="peek-label">
        <Icon path={EYE} size={16} />
        {words.conversation.peek(name)}
      </p>
      <p class="peek-text" dir="auto">
        {shown}
      </p>
    </section>
  )
}
