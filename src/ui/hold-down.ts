/** A finger that rests on something means it, and neither follows a link nor selects what is written. */

/** How long it rests. */
const HELD_MS = 500
/** A finger that moves on scrolls. */
const SLACK_PX = 10

/** `held` hears of what lies under the finger, and says whether it was meant. Returns the way to stop. */
export function onHeldDown(place: HTMLElement, held: (target: Element) => boolean): () => void {
  const ended = new AbortController()
  const { signal } = ended
  let timer: ReturnType<typeof setTimeout> | undefined
  let from: Touch | undefined
  let isTaken = false
  const letGo = () => {
    clearTimeout(timer)
    from = undefined
  }
  const begin = ({ touches, target }: TouchEvent) => {
    letGo()
    isTaken = false
    ;[from] = touches
    if (touches.length > 1) return letGo()
    timer = setTimeout(() => {
      isTaken = held(target as Element)
    }, HELD_MS)
  }
  const move = ({ touches: [now] }: TouchEvent) => {
    if (now && from && Math.hypot(now.clientX - from.clientX, now.clientY - from.clientY) > SLACK_PX) letGo()
  }
  const end = (event: TouchEvent) => {
    letGo()
    // The tap that would come of it is none.
    if (isTaken && event.cancelable) event.preventDefault()
  }
  const keepMenu = (event: Event) => {
    if (from || isTaken) event.preventDefault()
  }
  place.addEventListener('touchstart', begin, { signal, passive: true })
  place.addEventListener('touchmove', move, { signal, passive: true })
  place.addEventListener('touchend', end, { signal })
  place.addEventListener('touchcancel', letGo, { signal })
  place.addEventListener('scroll', letGo, { signal, capture: true, passive: true })
  place.addEventListener('contextmenu', keepMenu, { signal })
  return () => {
    letGo()
    ended.abort()
  }
}
