/** The server will not have us, which no second try would change: a wrong tag, a page it does not know, or a visitor who is blocked. */
import { useEffect } from 'preact/hooks'
import { Icon } from '../../ui/icon.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { ALERT, CLOSE } from '../../ui/icons.ts'
import { START, useFace } from '../app/face.ts'

/** `focus`: what it takes the place of has it. */
export function Problem({ focus }: { readonly focus: boolean }) {
  const { words, closeWord, close, focusSoon } = useFace()
  useEffect(() => {
    if (focus) focusSoon(START)
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
