/** From message to message with the arrow keys: each takes the focus, so that it is read out by itself. */

const STEPS: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowUp: (at, count) => (at < 0 ? count - 1 : Math.max(0, at - 1)),
  ArrowDown: (at, count) => Math.min(count - 1, at + 1),
  Home: () => 0,
  End: (_, count) => count - 1,
}

/** Who says what, and when, as one would read it out. */
function wordsOf(message: HTMLElement): string {
  const parts = [
    ...message.querySelectorAll<HTMLElement>(
      '.author, .stack > .hidden, .bubble > .hidden, .quote > *, .bubble :is(p, li, pre, bdi, img), .gone, .reaction, .replied > span:last-of-type, .meta time, .edited, .delivery, .failed span',
    ),
  ]
  return parts.map((part) => part.ariaLabel ?? (part as Partial<HTMLImageElement>).alt ?? part.textContent).join(', ')
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
    next.tabIndex = -1
    next.focus()
    next.scrollIntoView({ block: 'nearest' })
  }
  // However it was reached, it says what it is by then.
  const name = ({ target }: FocusEvent) => {
    const message = target as HTMLElement
    if (message.matches('.message')) message.ariaLabel = wordsOf(message)
  }
  panel.addEventListener('keydown', walk)
  panel.addEventListener('focusin', name)
  return () => {
    panel.removeEventListener('keydown', walk)
    panel.removeEventListener('focusin', name)
  }
}
