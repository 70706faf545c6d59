/** The log of a conversation: rows in a box that scrolls, of which only a window stands in the page. */
import type { ComponentChildren, ComponentType } from 'preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { ChatUser } from '../protocol/users.ts'
import type { BodyProps } from './body.tsx'
import type { DeliveryState } from './delivery.tsx'
import { Icon } from './icon.tsx'
import { ARROW_DOWN } from './icons.ts'
import { useLanguage } from './language.ts'
import type { EventItem, LogItem } from './log-item.ts'
import { showsLatest } from './log-window.ts'
import { Older, useOlder } from './older.tsx'
import { RowView } from './row-view.tsx'
import { echoKey, firstAfter, isShown, lastOwn, toRows } from './rows.ts'
import { ScrollBox } from './scroll-box.tsx'
import { useLogWindow } from './use-log-window.ts'

interface MessageLogProps {
  readonly items: readonly LogItem[]
  readonly users: readonly ChatUser[]
  /** How far the other side has seen. */
  readonly seenSeq: number
  /** How far the reader had seen when they came; what others have said since stands under a divider. */
  readonly knownSeq?: number | undefined
  readonly hasOlder: boolean
  /** Draws what an event says. */
  readonly Body: ComponentType<BodyProps>
  /** Stands above the first row, or alone in an empty log. */
  readonly children?: ComponentChildren
  /** Stands below the last row: who is typing. */
  readonly end?: ComponentChildren
  readonly onLoadOlder: () => Promise<void>
  readonly onRetry: (key: string) => void
  readonly onDiscard: (key: string) => void
  /** Whether the reader is at the newest row. */
  readonly onAtEnd: (atEnd: boolean) => void
}

export function MessageLog(props: MessageLogProps) {
  const { words } = useLanguage()
  const [following, setFollowing] = useState(true)
  const items = useMemo(() => props.items.filter(isShown), [props.items])
  const log = useLogWindow(items, following)
  const older = useOlder(props.hasOlder, props.onLoadOlder)
  const rows = useRows(items, log.window.start, log.window.end, log.news, props)

  const atEnd = following && showsLatest(log.window)
  const { onAtEnd } = props
  useEffect(() => onAtEnd(atEnd), [atEnd, onAtEnd])
  const newest = items[items.length - 1]?.key
  const read = useRef(newest)
  if (atEnd) read.current = newest
  const jump = () => {
    if (!showsLatest(log.window)) log.toLatest()
    setFollowing(true)
  }
  // Whoever sends wants to see it, wherever they were reading.
  const echo = echoKey(items)
  useEffect(() => {
    if (echo) jump()
  }, [echo])

  return (
    <div class="log">
      <ScrollBox
        label={words.messages}
        announce={log.news}
        following={following}
        onNearStart={() => (log.window.start > 0 ? log.toEarlier() : older.load())}
        onNearEnd={log.toLater}
        onFollow={setFollowing}
      >
        {props.children}
        {props.hasOlder && <Older failed={older.failed} onRetry={older.retry} />}
        {rows}
        {props.end}
      </ScrollBox>
      {!atEnd && (
        <button type="button" class="jump" onClick={jump}>
          <Icon path={ARROW_DOWN} size={16} />
          {read.current === newest ? words.jumpToLatest : words.newMessages}
        </button>
      )}
    </div>
  )
}

/** The drawn rows of the window, made again only when something in them changed: typing, for one, leaves them alone. */
function useRows(items: readonly LogItem[], start: number, end: number, news: boolean, props: MessageLogProps): ComponentChildren {
  const { users, seenSeq, knownSeq = Infinity, Body, onRetry, onDiscard } = props
  return useMemo(() => {
    const people = new Map(users.map((user) => [user.id, user]))
    const own = lastOwn(items)
    const delivery = (item: EventItem): DeliveryState | undefined => {
      if (item.delivery === 'failed') return 'failed'
      if (item !== own) return undefined
      return item.seq !== null && item.seq <= seenSeq ? 'seen' : item.delivery
    }
    return toRows(items.slice(start, end), items[start - 1], firstAfter(knownSeq, items)).map((row) => (
      <RowView
        key={row.key}
        row={row}
        people={people}
        Body={Body}
        delivery={row.kind === 'message' ? delivery(row.item) : undefined}
        fresh={news}
        onRetry={onRetry}
        onDiscard={onDiscard}
      />
    ))
  }, [items, start, end, news, users, seenSeq, knownSeq, Body, onRetry, onDiscard])
}
