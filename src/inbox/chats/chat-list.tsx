/** The list itself: of thousands of chats only the rows in sight are in the page. */
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import type { Desk } from '../desk.ts'
import { words } from '../words.ts'
import { ChatRow } from './chat-row.tsx'
import { EmptyList } from './empty-list.tsx'
import { takePlace } from './place.ts'
import { rowHeight, useScrollView } from './scroll-view.ts'
import { nearEnd, scrollToShow, type View, windowOf } from './window.ts'

/** Keeps the row of the selected chat in sight, or of the chat that one comes back from, and the keyboard's place with it. */
function useSelectedInSight(desk: Desk, scroller: { readonly current: HTMLElement | null }, view: View) {
  const selected = desk.selected.value
  const shown = useRef(selected)
  /** Whose row is to take the focus once it is drawn: a list that was hidden draws none before it is measured. */
  const awaited = useRef<string | null>(null)
  useLayoutEffect(() => {
    const element = scroller.current
    if (element === null) return
    if (selected !== shown.current) {
      const chat = selected ?? shown.current
      shown.current = selected
      const index = desk.rows.value.findIndex((row) => row.id === chat)
      const top = index === -1 ? null : scrollToShow(index, { ...view, scrollTop: element.scrollTop, height: element.clientHeight })
      if (top !== null) element.scrollTop = top
      awaited.current = chat
    }
    if (awaited.current === null) return
    const drawn = requestAnimationFrame(() => {
      if (awaited.current !== null && takePlace(element, awaited.current, view.height > 0)) awaited.current = null
    })
    return () => cancelAnimationFrame(drawn)
  })
}

export function ChatList({ desk }: { readonly desk: Desk }) {
  const scroller = useRef<HTMLDivElement>(null)
  const rows = desk.rows.value
  const view: View = { count: rows.length, rowHeight: rowHeight(), ...useScrollView(scroller) }
  const { first, end } = windowOf(view)
  const { has_more, loading } = desk.list.value
  // A search looks through what is there: it must not pull thousands of chats one page after the other.
  const wantsMore = has_more && !loading && desk.query.value.trim() === '' && view.height > 0 && nearEnd(view)

  useEffect(() => {
    if (wantsMore) desk.loadMore()
  }, [desk, wantsMore, rows.length])
  useSelectedInSight(desk, scroller, view)

  return (
    <div class="chats-scroll" ref={scroller}>
      <ul
        class="chats-list"
        aria-label={words.chats.label}
        aria-busy={loading}
        style={{ height: `${rows.length * view.rowHeight}px`, paddingBlockStart: `${first * view.rowHeight}px` }}
      >
        {rows.slice(first, end).map((row, index) => (
          <ChatRow
            key={row.id}
            row={row}
            selected={row.id === desk.selected.value}
            draft={desk.drafts.all.value.get(row.id)?.text.trim() ? row.id !== desk.selected.value : false}
            mentioned={desk.mentions.value.has(row.id)}
            typed={desk.peeks.value.get(row.id)?.text}
            now={desk.now.value}
            place={first + index + 1}
            total={has_more ? -1 : rows.length}
          />
        ))}
      </ul>
      {rows.length === 0 && <EmptyList desk={desk} />}
    </div>
  )
}
