/** Where a message that has been sent is written anew: Enter saves it, Escape leaves it as it was. */
import type { ComponentChildren, RefObject } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Event } from '../protocol/events.ts'
import { Composer } from './composer.tsx'
import { Icon } from './icon.tsx'
import { IconButton } from './icon-button.tsx'
import { CHECK, CLOSE, PEN } from './icons.ts'
import { LanguageContext, useLanguage } from './language.ts'

interface EditingProps {
  readonly event: Event
  /** What helps to write in the box. */
  readonly tools?: (box: RefObject<HTMLTextAreaElement | null>) => ComponentChildren
  /** Rejects when it could not be. */
  readonly onSave: (text: string) => Promise<unknown>
  /** With what is to be said of it, if anything. */
  readonly onLeave: (said?: string) => void
}

export function Editing({ event, tools, onSave, onLeave }: EditingProps) {
  const language = useLanguage()
  const { words } = language
  const [text, setText] = useState(event.text ?? '')
  const box = useRef<HTMLTextAreaElement>(null)
  const [isSaving, setSaving] = useState(false)
  useLayoutEffect(() => {
    box.current?.focus({ preventScroll: true })
    box.current?.setSelectionRange(text.length, text.length)
  }, [])
  const save = async (written: string) => {
    if (written === event.text) return onLeave()
    if (isSaving) return
    setSaving(true)
    try {
      await onSave(written)
      onLeave(words.saved)
    } catch {
      // What was written stays for another try.
      setSaving(false)
    }
  }
  const leave = (press: KeyboardEvent) => {
    if (press.key !== 'Escape' || press.isComposing) return
    press.preventDefault()
    press.stopPropagation()
    onLeave()
  }
  return (
    <LanguageContext.Provider value={{ ...language, words: { ...words, send: words.save } }}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it hears what the box within it leaves */}
      <div class="editing" aria-busy={isSaving} onKeyDown={leave}>
        <div class="editing-head">
          <Icon path={PEN} size={16} />
          <span>{words.editMessage}</span>
          <IconButton name={words.cancelEdit} icon={CLOSE} onClick={() => onLeave()} />
        </div>
        <Composer
          icon={CHECK}
          text={text}
          label={words.editMessage}
          placeholder={words.editMessage}
          input={box}
          onText={setText}
          onSend={save}
        >
          {tools?.(box)}
        </Composer>
      </div>
    </LanguageContext.Provider>
  )
}
