/** What opens over the chat goes away by Escape, and when the visitor turns to something else. */

/** `place` holds what opened and the button for it. `close` hears whether the focus has to come back. Returns the way to stop. */
export function dismissable(place: HTMLElement, close: (focus: boolean) => void): () => void {
  const ended = new AbortController()
  const options = { signal: ended.signal }
  const look = ({ target }: Event) => {
    if (!place.contains(target as Node)) close(false)
  }
  for (const name of ['pointerdown', 'focusin']) place.getRootNode().addEventListener(name, look, options)
  place.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Escape') return
      // The panel stays, also where it fills the screen and the browser closes what does.
      event.preventDefault()
      event.stopPropagation()
      close(true)
    },
    options,
  )
  return () => ended.abort()
}
