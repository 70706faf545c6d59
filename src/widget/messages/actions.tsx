/** What can be done with one message: a small bar beside the one that is pointed at, focused, or held down. */
import { useEffect, useState } from 'preact/hooks'
import type { TimelineItem } from '../../sdk/customer/face.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { COPY } from '../../ui/icons.ts'
import { useFace } from '../app/face.ts'

interface Spot {
  readonly row: HTMLElement
  readonly style: { readonly top: string; readonly left: string }
}

type StateUpdater = (next: Spot | undefined | ((before: Spot | undefined) => Spot | undefined)) => void

interface ActionsProps {
  readonly items: readonly TimelineItem[]
  readonly panel: HTMLElement
}

/** How long a finger rests on what it means. */
const HELD_MS = 450
/** As wide as its buttons, and as far from the bubble. */
const WIDTH = 44

export function Actions({ items, panel }: ActionsProps) {
  const { words, tell } = useFace()
  const [spot, setSpot] = useState<Spot>()
  useEffect(() => pointOut(panel, setSpot), [panel])
  const item = items.find(({ key }) => key === spot?.row.dataset['key'])
  if (!spot || item?.kind !== 'event') return null
  const copy = async () => {
    try {
      await copyText(item.event.text ?? item.event.url ?? '', spot.row)
      tell(words.copied)
    } catch {
      tell(words.copyFailed)
    }
  }
  return (
    <div class="actions" role="toolbar" aria-label={words.messageActions} style={spot.style}>
      <IconButton name={words.copy} icon={COPY} onClick={copy} />
    </div>
  )
}

/** Says which message is meant. Returns the way to stop. */
function pointOut(panel: HTMLElement, setSpot: StateUpdater): () => void {
  const ended = new AbortController()
  const on = <N extends keyof HTMLElementEventMap>(names: readonly N[], listener: (event: HTMLElementEventMap[N]) => void) => {
    for (const name of names) panel.addEventListener(name, listener, { signal: ended.signal, capture: true })
  }
  let held: ReturnType<typeof setTimeout> | undefined
  const point = ({ target }: Event) => {
    const at = target as Element
    if (at.closest('.actions')) return
    // Where the pointer means none, the focus may.
    const row = at.closest<HTMLElement>('.message') ?? panel.querySelector<HTMLElement>('.message:focus')
    setSpot(row ? spotOf(row, panel) : undefined)
  }
  on(['mouseover', 'focusin'], point)
  // The pointer or the focus may have been there before this was.
  const row = panel.querySelector<HTMLElement>('.message:is(:hover, :focus)')
  if (row) setSpot(spotOf(row, panel))
  on(['mouseleave'], (event) => event.target === panel && setSpot(undefined))
  const follow = () => setSpot((spot) => spot && spotOf(spot.row, panel))
  on(['scroll'], follow)
  addEventListener('resize', follow, { signal: ended.signal })
  on(['touchstart'], (event) => {
    held = setTimeout(() => point(event), HELD_MS)
  })
  on(['touchend', 'touchmove'], () => clearTimeout(held))
  on(['keydown'], (event) => {
    const row = (event.target as Element).closest('.message')
    if (event.key !== 'Enter' || row !== event.target) return
    // The button is reached, not yet used.
    event.preventDefault()
    panel.querySelector<HTMLElement>('.actions button')?.focus()
  })
  return () => {
    clearTimeout(held)
    ended.abort()
  }
}

/** Beside the bubble, on the side where there is room. */
function spotOf(row: HTMLElement, panel: HTMLElement): Spot | undefined {
  const bubble = row.querySelector('.bubble')?.getBoundingClientRect()
  if (!bubble) return undefined
  const { top, left, width } = panel.getBoundingClientRect()
  const isAtEnd = row.classList.contains('own') !== (getComputedStyle(row).direction === 'rtl')
  const beside = (isAtEnd ? bubble.left - WIDTH : bubble.right) - left
  const inside = Math.min(Math.max(0, beside), width - WIDTH)
  return { row, style: { top: `${bubble.top - top}px`, left: `${inside}px` } }
}

/** A page may keep the clipboard from us; then the browser is asked in its old way. */
async function copyText(text: string, near: HTMLElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    const area = document.createElement('textarea')
    area.className = 'hidden'
    area.value = text
    near.append(area)
    area.select()
    const done = document.execCommand('copy')
    area.remove()
    if (!done) throw new Error('unable to copy; the page forbids it')
  }
}
