/** Pictures of a chat open over the page, not in another tab. */
import type { Face } from '../app/face.ts'

/** Returns the way to stop. */
export function enlargePictures(panel: HTMLElement, { load, words, isOpen }: Pick<Face, 'load' | 'words' | 'isOpen'>): () => void {
  let close = () => {}
  const follow = (click: MouseEvent) => {
    const link = (click.target as Element).closest<HTMLAnchorElement>('.picture')
    // With a key held down a link means another tab.
    if (!link || click.ctrlKey || click.metaKey || click.shiftKey) return
    click.preventDefault()
    load('lightbox').then(
      ({ enlarge }) => {
        // Whoever has closed the chat meanwhile, or become another, looks at none of its pictures.
        if (isOpen.state && link.isConnected) close = enlarge(link, words)
      },
      // Without the viewer the link leads where it says.
      () => window.open(link.href, '_blank', 'noopener'),
    )
  }
  panel.addEventListener('click', follow)
  const stop = isOpen.subscribe(() => isOpen.state || close())
  return () => {
    stop()
    close()
    panel.removeEventListener('click', follow)
  }
}
