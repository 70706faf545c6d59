/** One message in the log: a bubble, the author's name where their group begins, the time where it ends. */
import type { ComponentType } from 'preact'
import { useState } from 'preact/hooks'
import type { ChatUser } from '../protocol/users.ts'
import { Avatar } from './avatar.tsx'
import type { BodyProps } from './body.tsx'
import { Delivery, type DeliveryState, Failed } from './delivery.tsx'
import { useLanguage } from './language.ts'
import type { Row } from './rows.ts'
import { fullTime, timeOfDay } from './time.ts'

interface MessageProps {
  readonly row: Extract<Row, { kind: 'message' }>
  readonly people: ReadonlyMap<string, ChatUser>
  /** Only where it is to be shown: under the last own message, and under each that failed. */
  readonly delivery: DeliveryState | undefined
  /** Draws what the event says, and what hangs on it. */
  readonly Body: ComponentType<BodyProps>
  /** Came in while the log was in view. */
  readonly fresh: boolean
  readonly onRetry: (key: string) => void
  readonly onDiscard: (key: string) => void
}

export function Message({ row, people, delivery, Body, fresh, onRetry, onDiscard }: MessageProps) {
  const { words } = useLanguage()
  const { item, first, last } = row
  const author = people.get(item.event.author_id ?? '')
  const name = item.own ? words.you : words.nameOf(author)
  // Only what was news when it came rises into place; later drawings leave it be.
  const [rises] = useState(fresh)
  const note = item.event.visibility === 'agents'
  const classes = ['message', item.own ? 'own' : 'theirs', first && 'first', last && 'last', note && 'note', rises && 'rises']
  return (
    // One's own words need no announcing, nor what comes under them; what is still being written is told once it is whole.
    <article
      class={classes.filter(Boolean).join(' ')}
      data-key={row.key}
      {...(item.own || item.event.streaming ? { 'aria-live': 'off' } : {})}
    >
      {!item.own && (last ? <Avatar name={author?.name} picture={author?.avatar} /> : <span class="avatar-gap" />)}
      <div class="stack">
        <span class={first && (note || !item.own) ? 'author' : 'hidden'}>{note ? words.noteBy(name) : name}</span>
        <Body item={item} people={people}>
          {delivery === 'failed' ? (
            <Failed onRetry={() => onRetry(item.key)} onDiscard={() => onDiscard(item.key)} />
          ) : (
            (last || delivery) && <Meta at={item.event.created_at} delivery={delivery} />
          )}
        </Body>
      </div>
    </article>
  )
}

interface MetaProps {
  readonly at: string
  readonly delivery: Exclude<DeliveryState, 'failed'> | undefined
}

function Meta({ at, delivery }: MetaProps) {
  const { locale } = useLanguage()
  return (
    <div class="meta" aria-live="off">
      <time dateTime={at} title={fullTime(at, locale)}>
        {timeOfDay(at, locale)}
      </time>
      {delivery && <Delivery state={delivery} />}
    </div>
  )
}
