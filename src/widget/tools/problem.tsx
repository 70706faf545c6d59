/** The server will not have us, which no second try would change: a wrong tag, a page it does not know, or a visitor who is blocked. */
import { useEffect, useState } from 'preact/hooks'
import { Icon } from '../../ui/icon.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { ALERT, CLOSE } from '../../ui/icons.ts'
import { COMPOSER, useFace } from '../app/face.ts'

export function Problem() {
  const { words, closeWord, close, focusSoon } = useFace()
  // What it takes the place of is still there while this is first drawn.
  const [hadFocus] = useState(() => document.activeElement?.shadowRoot != null)
  useEffect(() => {
    if (hadFocus) focusSoon(COMPOSER)
  }, [])
  return (
    <>
      <div class="head">
        <div class="title">
          <h2>{words.chat}</h2>
        </div>
        <IconButton name={closeWord} icon={CLOSE} look="close" onClick={close} />
      </div>
      <div class="problem" role="alert" tabIndex={-1}>
        <Icon path={ALERT} size={32} />
        <h3>{words.unavailable}</h3>
        <p>{words.unavailableMore}</p>
      </div>
    </>
  )
}
