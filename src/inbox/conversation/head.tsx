/** Over a conversation: who it is with, and closing it. */
import { Icon } from '../../ui/icon.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { CHECK, CHEVRON_START, PERSON } from '../../ui/icons.ts'
import { useDelayed } from '../../ui/use-delayed.ts'
import { nameOf } from '../chats/rows.ts'
import type { Desk } from '../desk.ts'
import { words } from '../words.ts'

interface Props {
  readonly desk: Desk
  readonly customer: Parameters<typeof nameOf>[0] | null
  /** Until then nobody knows who it is with, or whether it is open. */
  readonly loaded: boolean
  readonly active: boolean
}

const text = words.conversation

/** Quicker answers need no word of waiting. */
const CLOSING_AFTER_MS = 300

function CloseChat({ desk }: { readonly desk: Desk }) {
  const closing = useDelayed(desk.closing.value !== null && desk.closing.value === desk.selected.value, CLOSING_AFTER_MS)
  return (
    <button class="button close-chat" type="button" aria-disabled={closing} onClick={() => void desk.closeChat()}>
      <Icon path={CHECK} size={16} />
      {closing ? text.closing : text.close}
    </button>
  )
}

export function Head({ desk, customer, loaded, active }: Props) {
  return (
    <header class="pane-head conversation-head">
      <a class="icon-button back" href="#chats" aria-label={text.back} title={text.back}>
        <Icon path={CHEVRON_START} directed />
      </a>
      <h2 class="pane-title" id="conversation-title" tabIndex={-1}>
        <bdi>{customer ? nameOf(customer) : loaded ? words.chats.someone : text.label}</bdi>
      </h2>
      {customer && desk.online.value.has(customer.id) && <span class="pill here">{words.pieces.isOnline}</span>}
      {loaded && !active && <span class="pill">{text.closedState}</span>}
      <span class="gap" />
      {loaded && active && <CloseChat desk={desk} />}
      <IconButton
        name={text.details}
        icon={PERSON}
        look="details-toggle"
        expanded={desk.details.value}
        onClick={() => {
          desk.details.value = !desk.details.value
        }}
      />
    </header>
  )
}
