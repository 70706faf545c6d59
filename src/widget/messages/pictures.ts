/** Pictures of a chat open over the page, not in another tab. */
import type { Face } from '../app/face.ts'

/** Returns the way to stop. */
export function enlargePictures(panel: HTMLElement, { load, words }: Pick<Face, 'load' | 'words'>): () => void {
  const follow = (click: MouseEvent) => {
    const link = (click.target as Element).closest<HTMLAnchorElement>('.picture')
    // With a key held down a link means another tab.
    if (!link || click.ctrlKey || click.metaKey || click.shiftKey) return
    click.preventDefault()
    load('lightbox').then(
      ({ enlarge }) => enlarge(link, words),
      // Without the viewer the link leads where it says.
      () => window.open(link.href, '_blank', 'noopener'),
    )
  }
  panel.addEventListener('click', follow)
  return () => panel.removeEventListener('click', follow)
}
