/** Brings a message of a log into view and marks it for a moment, however far up it stands. */

/** Long enough to be found by the eye. */
const MARKED_MS = 2_000
/** As long as a page of older messages may take, and longer than that nobody looks. */
const PATIENCE_MS = 8_000

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))

/** By the id of its event. Resolves with whether it was found: what is out of the log's window comes in as one scrolls up. */
export async function showMessage(log: Element, id: string, now: () => number = Date.now): Promise<boolean> {
  const box = log.querySelector('.scroll') ?? log
  const find = () => log.querySelector(`[data-event="${CSS.escape(id)}"]`)?.closest<HTMLElement>('.message')
  const until = now() + PATIENCE_MS
  let row = find()
  while (!row && now() < until && log.isConnected && canGrow(box)) {
    box.scrollTop = 0
    await frame()
    row = find()
  }
  if (!row) return false
  row.scrollIntoView({ block: 'center' })
  mark(row)
  return true
}

/** Whether there may be more above: older messages are announced where they will stand. */
const canGrow = (box: Element) => box.scrollTop > 0 || box.querySelector('.older:not(:has(button))') !== null

function mark(row: HTMLElement): void {
  row.dataset['found'] = ''
  row.tabIndex = -1
  row.focus({ preventScroll: true })
  setTimeout(() => delete row.dataset['found'], MARKED_MS)
}
