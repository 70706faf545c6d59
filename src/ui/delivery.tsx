/** How far one's own message has come, in a word and a sign; a failed one says what can be done. */

import { Icon } from './icon.tsx'
import { ALERT, CHECK, CHECK_TWICE, CLOCK } from './icons.ts'
import { useLanguage } from './language.ts'
import type { EventItem } from './log-item.ts'

export type DeliveryState = EventItem['delivery'] | 'seen'

const SIGNS = { waiting: CLOCK, sending: CLOCK, sent: CHECK, seen: CHECK_TWICE }

export function Delivery({ state }: { readonly state: Exclude<DeliveryState, 'failed'> }) {
  const { words } = useLanguage()
  return (
    <span class={`delivery ${state}`}>
      <Icon path={SIGNS[state]} size={14} />
      {words[state]}
    </span>
  )
}

interface FailedProps {
  readonly onRetry: () => void
  readonly onDiscard: () => void
}

export function Failed({ onRetry, onDiscard }: FailedProps) {
  const { words } = useLanguage()
  return (
    <div class="failed" role="alert">
      <Icon path={ALERT} size={14} />
      <span>{words.notSent}</span>
      <button type="button" class="link-button" onClick={onRetry}>
        {words.retry}
      </button>
      <button type="button" class="link-button" onClick={onDiscard}>
        {words.discard}
      </button>
    </div>
  )
}
