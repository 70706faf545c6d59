/** Puts a text into the clipboard. */

/** A page may keep the clipboard from us; then the browser is asked in its old way. `near`: something of ours in the page. */
export async function copyText(text: string, near: Element): Promise<void> {
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
