/** Draws one row of the log: a day, where the new begins, something that happened, or a message. */
import type { ComponentType } from 'preact'
import type { ChatUser } from '../protocol/users.ts'
import type { BodyProps } from './body.tsx'
import type { DeliveryState } from './delivery.tsx'
import { useLanguage } from './language.ts'
import type { LineItem } from './log-item.ts'
import { Message } from './message.tsx'
import type { Row } from './rows.ts'
import { dayName } from './time.ts'
import type { PieceWords } from './words.ts'

interface RowViewProps {
  readonly row: Row
  readonly people: ReadonlyMap<string, ChatUser>
  readonly delivery: DeliveryState | undefined
  readonly Body: ComponentType<BodyProps>
  readonly fresh: boolean
  readonly onRetry: (key: string) => void
  readonly onDiscard: (key: string) => void
}

export function RowView({ row, people, delivery, Body, fresh, onRetry, onDiscard }: RowViewProps) {
  const { words, locale } = useLanguage()
  switch (row.kind) {
    case 'day':
      return (
        <div class="day" data-key={row.key}>
          <time dateTime={row.at}>{dayName(row.at, Date.now(), locale)}</time>
        </div>
      )
    case 'new':
      return (
        <div class="day new" data-key={row.key}>
          {words.newMessages}
        </div>
      )
    case 'line':
      return <Line rowKey={row.key} text={tell(row.item, people, words)} />
    case 'notice':
      return <Line rowKey={row.key} text={row.item.event.text ?? ''} dir="auto" />
    case 'message':
      return <Message row={row} people={people} delivery={delivery} Body={Body} fresh={fresh} onRetry={onRetry} onDiscard={onDiscard} />
  }
}

interface LineProps {
  readonly rowKey: string
  readonly text: string
  /** For a text that is not of ours, and may run either way. */
  readonly dir?: 'auto'
}

function Line({ rowKey, text, dir }: LineProps) {
  return (
    <div class="line" data-key={rowKey} dir={dir}>
      {text}
    </div>
  )
}

function tell(item: LineItem, people: ReadonlyMap<string, ChatUser>, words: PieceWords): string {
  if (item.kind === 'thread_closed') return words.chatClosed
  const name = words.nameOf(people.get(item.user_id))
  if (item.kind === 'rated') return words.rated(item.value, name)
  return item.kind === 'user_added' ? words.joined(name) : words.left(name)
}
