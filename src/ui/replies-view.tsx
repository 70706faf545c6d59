/** The replies to a message, in the place of the chat: the message on top, what was replied, and where to reply. */
import type { ComponentChildren, ComponentType, Ref } from 'preact'
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks'
import type { ChatUser } from '../protocol/users.ts'
import type { BodyProps } from './body.tsx'
import { IconButton } from './icon-button.tsx'
import { CHEVRON_START } from './icons.ts'
import { LanguageContext, useLanguage } from './language.ts'
import type { EventItem } from './log-item.ts'
import { Message } from './message.tsx'
import { MessageLog } from './message-log.tsx'
import { dayOf } from './time.ts'

interface RepliesViewProps {
  readonly parent: EventItem
  /** Whoever came to reply does, and whoever came to read begins at the top. */
  readonly writes: boolean
  readonly items: readonly EventItem[]
  readonly users: readonly ChatUser[]
  readonly seenSeq: number
  readonly loaded: boolean
  readonly failed: boolean
  readonly Body: ComponentType<BodyProps>
  readonly place?: Ref<HTMLElement>
  /** What can be done with the messages, and the place to write. */
  readonly children?: ComponentChildren
  readonly onLoad: () => void
  readonly onRetry: (key: string) => void
  readonly onDiscard: (key: string) => void
  readonly onBack: () => void
}

const nothing = () => {}

export function RepliesView(props: RepliesViewProps) {
  const { place = null, parent, writes, items, users, seenSeq, loaded, failed, Body, children, onLoad, onRetry, onDiscard, onBack } = props
  const language = useLanguage()
  const { words } = language
  const heading = useRef<HTMLHeadingElement>(null)
  // At once: a key may follow the one that led here.
  useLayoutEffect(() => {
    const box = writes && heading.current?.closest('section')?.querySelector('textarea')
    const start = box || heading.current
    start?.focus({ preventScroll: true })
  }, [parent.key])
  const leave = (press: KeyboardEvent) => {
    if (press.key !== 'Escape' || press.isComposing || press.defaultPrevented) return
    press.preventDefault()
    press.stopPropagation()
    onBack()
  }
  const people = useMemo(() => new Map(users.map((user) => [user.id, user])), [users])
  return (
    <section ref={place} class="replies" aria-label={words.replies} onKeyDown={leave}>
      <header class="replies-head">
        <IconButton name={words.backToChat} icon={CHEVRON_START} directed onClick={onBack} />
        <h2 ref={heading} tabIndex={-1}>
          {words.replies}
        </h2>
      </header>
      {/* What is read out as a log is this one. */}
      <LanguageContext.Provider value={{ ...language, words: { ...words, messages: words.replies } }}>
        <MessageLog
          items={items}
          users={users}
          seenSeq={seenSeq}
          hasOlder={false}
          Body={Body}
          onLoadOlder={async () => {}}
          onRetry={onRetry}
          onDiscard={onDiscard}
          onAtEnd={nothing}
        >
          <Message
            row={{ kind: 'message', key: parent.key, item: parent, first: true, last: true }}
            people={people}
            delivery={undefined}
            Body={Body}
            fresh={false}
            onRetry={onRetry}
            onDiscard={onDiscard}
          />
          <Standing parent={parent} items={items} loaded={loaded} failed={failed} onLoad={onLoad} />
        </MessageLog>
      </LanguageContext.Provider>
      {children}
    </section>
  )
}

type StandingProps = Pick<RepliesViewProps, 'parent' | 'items' | 'loaded' | 'failed' | 'onLoad'>

/** Between the message and its replies: how many, or why none. */
function Standing({ parent, items, loaded, failed, onLoad }: StandingProps) {
  const { words } = useLanguage()
  const [first] = items
  if (failed && !loaded) {
    return (
      <div class="line">
        {words.repliesFailed}{' '}
        <button type="button" class="link-button" onClick={onLoad}>
          {words.retry}
        </button>
      </div>
    )
  }
  if (first) {
    // The day is said only where it is another one.
    const isSameDay = dayOf(first.event.created_at) === dayOf(parent.event.created_at)
    return <div class={`line replies-count ${isSameDay ? 'same-day' : ''}`}>{words.replyCount(String(items.length))}</div>
  }
  return <div class="line">{loaded && words.noReplies}</div>
}
