/** What can be done with the messages of a log, carried out. */
import { useEffect } from 'preact/hooks'
import { copyText } from '../../ui/copy-text.ts'
import { Picker } from '../../ui/emoji/picker.tsx'
import type { EventItem, LogItem } from '../../ui/log-item.ts'
import type { Deed } from '../../ui/message-menu.tsx'
import { MessageTools } from '../../ui/message-tools.tsx'
import { hasReacted } from '../../ui/reactions.tsx'
import { walkMessages } from '../../ui/walk-messages.ts'
import { words } from '../words.ts'
import type { Chat, Doing } from './chat.ts'
import { deedsOf, mayAct } from './deeds.ts'

interface ToolsProps {
  readonly chat: Chat
  readonly place: HTMLElement
  readonly items: readonly LogItem[]
  /** Among replies there is no way to others. */
  readonly onReply?: (item: EventItem) => void
  readonly onDoing: (doing: Doing) => void
}

const text = words.pieces
const loadPicker = async () => Picker

export function Tools({ chat, place, items, onReply, onDoing }: ToolsProps) {
  const { desk, open } = chat
  useEffect(() => walkMessages(place), [place])
  const id = open.state.value.id
  const carryOut: Record<Deed, (item: EventItem) => unknown> = {
    reply: (item) => onReply?.(item),
    quote: ({ event }) => onDoing({ quoted: event }),
    edit: ({ event }) => onDoing({ edited: event }),
    copy: ({ event }) =>
      copyText(event.text ?? '', place).then(
        () => desk.tell(text.copied),
        () => desk.tell(text.copyFailed),
      ),
    delete: ({ event }) => desk.remove(id, event.id),
  }
  return (
    <MessageTools
      place={place}
      items={items}
      me={desk.me.id}
      deedsOf={(item) => deedsOf(item, desk.policies(), onReply === undefined)}
      mayReact={mayAct}
      loadPicker={loadPicker}
      onReact={({ event }, emoji) => desk.react(id, event.id, emoji, !hasReacted(event.reactions, emoji, desk.me.id))}
      onDeed={(deed, item) => void carryOut[deed](item)}
    />
  )
}
