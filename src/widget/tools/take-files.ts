/** Files dropped onto the panel or pasted into it. */
import type { Cell } from '../../ui/view.ts'
import type { MoreWords } from '../languages/en.ts'
import { attach } from './attached.ts'

interface Told {
  tell(what: string): void
  setDropping(is: boolean): void
}

/** Returns the way to stop. */
export function takeFiles(panel: HTMLElement, attached: Cell<readonly File[]>, words: MoreWords, { tell, setDropping }: Told): () => void {
  const ended = new AbortController()
  const on = <N extends keyof HTMLElementEventMap>(name: N, listener: (event: HTMLElementEventMap[N]) => void) =>
    panel.addEventListener(name, listener, { signal: ended.signal })
  const take = (event: Event, data: DataTransfer | null): void => {
    // A picture copied from a page comes with the address it had there; whoever copies text from a table gets a picture of it too.
    if (!data?.files.length || data.types.includes('text/plain')) return
    event.preventDefault()
    tell(attach(attached, [...data.files], words))
  }
  on('paste', (event) => take(event, event.clipboardData))
  on('dragover', (event) => {
    if (!event.dataTransfer?.types.includes('Files')) return
    event.preventDefault()
    setDropping(true)
  })
  on('dragleave', (event) => {
    if (!panel.contains(event.relatedTarget as Node | null)) setDropping(false)
  })
  on('drop', (event) => {
    setDropping(false)
    take(event, event.dataTransfer)
  })
  return () => ended.abort()
}
