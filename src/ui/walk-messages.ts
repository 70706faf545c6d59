/** From message to message with the arrow keys: each takes the focus, so that it is read out by itself. */
import { focusMessage, followMessageFocus } from './message-focus.ts'

const STEPS: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowUp: (at, count) => (at < 0 ? count - 1 : Math.max(0, at - 1)),
  ArrowDown: (at, count) => Math.min(count - 1, at + 1),
  Home: () => 0,
  End: (_, count) => count - 1,
}

/** Returns the way to stop. */
export function walkMessages(panel: HTMLElement): () => void {
  const walk = (event: KeyboardEvent) => {
    const step = STEPS[event.key]
    const log = (event.target as Element).closest('.scroll')
    if (!step || !log || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    const messages = [...log.querySelectorAll<HTMLElement>('.message')]
    const next = messages[step(messages.indexOf((event.target as Element).closest('.message') as HTMLElement), messages.length)]
    if (!next) return
    event.preventDefault()
    focusMessage(next)
    next.scrollIntoView({ block: 'nearest' })
  }
  panel.addEventListener('keydown', walk)
  const stop = followMessageFocus(panel)
  return () => {
    panel.removeEventListener('keydown', walk)
    stop()
  }
}
