/** Whatever leads to what can be done with a message: its buttons, a finger that rests on it, the keyboard. One for a whole log. */
import type { ComponentType } from 'preact'
import { useEffect, useLayoutEffect, useState } from 'preact/hooks'
import type { PickerProps } from './emoji/picker.tsx'
import { onHeldDown } from './hold-down.ts'
import type { EventItem, LogItem } from './log-item.ts'
import { focusMessage, isFocusLost } from './message-focus.ts'
import { type Deed, MessageMenu } from './message-menu.tsx'
import { hasReacted } from './reactions.tsx'

export interface MessageToolsProps {
  /** Around the log; what opens stands in it. */
  readonly place: HTMLElement
  readonly items: readonly LogItem[]
  readonly me: string | null
  /** What may be done with it, but for reacting. */
  deedsOf(item: EventItem): readonly Deed[]
  mayReact(item: EventItem): boolean
  loadPicker(): Promise<ComponentType<PickerProps> | undefined>
  readonly onReact: (item: EventItem, emoji: string) => void
  readonly onDeed: (deed: Deed, item: EventItem) => void
}

interface Opened {
  readonly row: HTMLElement
  readonly opener: HTMLElement
  readonly brief: boolean
  readonly sheet: boolean
}

/** A log inside of another one's place has tools of its own. */
const OWN_PLACE = '.replies'

export function MessageTools({ place, items, me, deedsOf, mayReact, loadPicker, onReact, onDeed }: MessageToolsProps) {
  const [opened, setOpened] = useState<Opened>()
  useEffect(() => pointOut(place, setOpened), [place])
  useEffect(() => {
    if (!opened) return
    const { dataset } = opened.row
    dataset['held'] = ''
    return () => void delete dataset['held']
  }, [opened])
  const item = items.find((item): item is EventItem => item.kind === 'event' && item.key === opened?.row.dataset['key'])
  const reacts = item !== undefined && mayReact(item)
  const deeds = item ? deedsOf(item) : []
  // Where there is nothing to be done nothing opens, and nothing stays open.
  const isOpen = reacts || deeds.length > 0
  useLayoutEffect(() => {
    if (!opened || isOpen) return
    setOpened(undefined)
    if (isFocusLost()) focusMessage(opened.row)
  }, [opened, isOpen])
  if (!opened || !item || !isOpen) return null
  const { row, opener } = opened
  const close = (focus: boolean) => {
    setOpened(undefined)
    if (focus) opener.focus({ preventScroll: true })
  }
  return (
    <MessageMenu
      key={row.dataset['key']}
      {...opened}
      place={place}
      deeds={deeds}
      mayReact={reacts}
      hasReacted={(emoji) => hasReacted(item.event.reactions, emoji, me)}
      loadPicker={loadPicker}
      onReact={(emoji) => {
        close(true)
        onReact(item, emoji)
      }}
      onDeed={(deed) => {
        close(true)
        // With the message its buttons go.
        if (deed === 'delete') focusMessage(row)
        onDeed(deed, item)
      }}
      onClose={close}
    />
  )
}

/** Hears which message is meant, by whatever means. Returns the way to stop. */
function pointOut(place: HTMLElement, open: (opened: Opened) => void): () => void {
  const ended = new AbortController()
  const { signal } = ended
  const rowOf = (target: EventTarget | null): HTMLElement | null => {
    const row = (target as Element).closest<HTMLElement>('.message')
    const own = row?.closest(OWN_PLACE)
    return row && (own ?? null) === place.closest(OWN_PLACE) ? row : null
  }
  const isCoarse = () => matchMedia('(pointer: coarse)').matches
  place.addEventListener(
    'click',
    ({ target }) => {
      const opener = (target as Element).closest<HTMLElement>('.act')
      const row = opener && rowOf(opener)
      if (row) open({ row, opener, brief: opener.dataset['deed'] === 'react', sheet: isCoarse() })
    },
    { signal },
  )
  place.addEventListener(
    'keydown',
    (event) => {
      const row = rowOf(event.target)
      const isAsked = event.key === 'Enter' || event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)
      if (!row || row !== event.target || !isAsked) return
      event.preventDefault()
      event.stopPropagation()
      open({ row, opener: row, brief: false, sheet: isCoarse() })
    },
    { signal },
  )
  // One stop of the Tab key: the buttons of the message that has the focus, or of the last one.
  place.addEventListener('focusin', ({ target }) => makeStops(place, rowOf(target)), { signal })
  const stop = onHeldDown(place, (target) => {
    const row = rowOf(target)
    const bubble = target.closest<HTMLElement>('.bubble')
    // A finger on an address means the address.
    if (!row || !bubble || target.closest('a:not(.picture, .file)')) return false
    focusMessage(row)
    open({ row, opener: row, brief: false, sheet: true })
    return true
  })
  return () => {
    stop()
    ended.abort()
  }
}

function makeStops(place: HTMLElement, row: HTMLElement | null): void {
  if (!row) return
  for (const act of place.querySelectorAll<HTMLElement>('.act[tabindex="0"]')) if (!row.contains(act)) act.tabIndex = -1
  for (const act of row.querySelectorAll<HTMLElement>('.act')) act.tabIndex = 0
}
