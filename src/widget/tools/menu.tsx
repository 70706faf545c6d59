/** What can be done with a chat as a whole, behind one button. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { dismissable } from '../../ui/dismiss.ts'
import { Icon } from '../../ui/icon.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { BELL, CHECK, DOWNLOAD, MORE } from '../../ui/icons.ts'
import { useLanguage } from '../../ui/language.ts'
import { useView } from '../../ui/use-view.ts'
import { type ToolProps, useFace } from '../app/face.ts'

export function Menu({ state }: ToolProps) {
  const { words, session, load, tell } = useFace()
  const { locale, words: pieces } = useLanguage()
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const place = useRef<HTMLDivElement>(null)
  const sound = useView(session.sound)
  useEffect(() => void session.storage.get<boolean>('sound').then((kept) => kept && session.sound.set(true)), [session])
  const close = (focus: boolean) => {
    setOpen(false)
    if (focus) button.current?.focus()
  }
  useEffect(() => (open && place.current ? dismissable(place.current, close) : undefined), [open])
  const allowSound = () => {
    session.sound.set(!sound)
    void session.storage.set('sound', !sound)
  }
  const download = async () => {
    close(true)
    tell(words.collecting)
    try {
      const { download } = await load('transcript')
      await download(session.sdk.ground, state, { pieces, more: words, locale })
      tell('')
    } catch {
      tell(words.transcriptFailed)
    }
  }
  return (
    <div class="options" ref={place}>
      <IconButton name={words.options} icon={MORE} button={button} expanded={open} onClick={() => setOpen(!open)} />
      {open && (
        <div class="choices">
          <button type="button" aria-pressed={sound} onClick={allowSound}>
            <Icon path={BELL} />
            <span>{words.soundOn}</span>
            {sound && <Icon path={CHECK} />}
          </button>
          {state.loaded && !state.provisional && state.items.length > 0 && (
            <button type="button" onClick={download}>
              <Icon path={DOWNLOAD} />
              <span>{words.transcript}</span>
            </button>
          )}
        </div>
      )}
    </div>
  )
}
