/** The message at which the focus is: it says what it says by now, and has the focus itself once what had it in there goes away. */

/** Who says what, and when, as one would read it out. */
function wordsOf(message: HTMLElement): string {
  const parts = [
    ...message.querySelectorAll<HTMLElement>(
      '.author, .stack > .hidden, .bubble > .hidden, .quote > *, .bubble :is(p, li, pre, bdi, img), .gone, .reaction, .replied > span:last-of-type, .meta time, .edited, .delivery, .failed span',
    ),
  ]
  return parts.map((part) => part.ariaLabel ?? (part as Partial<HTMLImageElement>).alt ?? part.textContent).join(', ')
}

export function focusMessage(row: HTMLElement): void {
  row.tabIndex = -1
  row.focus({ preventScroll: true })
}

/** Nothing has it. */
export const isFocusLost = (): boolean => document.activeElement === document.body

/** Returns the way to stop. */
export function followMessageFocus(panel: HTMLElement): () => void {
  const ended = new AbortController()
  let row: HTMLElement | null = null
  let focused: Element | null = null
  const name = () => {
    if (row && row === focused) row.ariaLabel = wordsOf(row)
  }
  const changes = new MutationObserver(() => {
    if (!row?.contains(focused)) {
      if (row && isFocusLost()) focusMessage(row)
      return
    }
    // What is still being written is told once it is whole.
    if (!row.querySelector('.grows')) name()
  })
  const leave = () => {
    changes.disconnect()
    if (row) row.ariaLabel = null
    row = null
  }
  const enter = ({ target }: FocusEvent) => {
    leave()
    focused = target as Element
    row = focused.closest('.message')
    name()
    if (row) changes.observe(row, { childList: true, characterData: true, subtree: true })
  }
  // Later, because what goes away loses the focus as well, before it is gone.
  const look = ({ target }: FocusEvent) => queueMicrotask(() => target === focused && panel.contains(focused) && leave())
  const options = { signal: ended.signal }
  panel.addEventListener('focusin', enter, options)
  panel.addEventListener('focusout', look, options)
  return () => {
    ended.abort()
    leave()
  }
}
