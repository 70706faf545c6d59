/** Where a message is written: a text box that grows to six lines, and the button that sends it. */
import type { ComponentChildren, RefObject } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { MAX_TEXT_BYTES } from '../protocol/limits.ts'
import { sendsMessage } from './composer-keys.ts'
import { Icon } from './icon.tsx'
import { SEND } from './icons.ts'
import { useLanguage } from './language.ts'

interface ComposerProps {
  readonly text: string
  /** The text box's accessible name; `Message` unless told otherwise. */
  readonly label?: string
  readonly placeholder: string
  /** There is something to send besides the text. */
  readonly also?: boolean
  /** Path data of the icon on the button. */
  readonly icon?: string
  readonly input?: RefObject<HTMLTextAreaElement | null>
  /** Tools between the text and the button. */
  readonly children?: ComponentChildren
  readonly onText: (text: string) => void
  readonly onSend: (text: string) => void
}

export function Composer({ text, label, placeholder, also = false, icon = SEND, input, children, onText, onSend }: ComposerProps) {
  const { words } = useLanguage()
  const own = useRef<HTMLTextAreaElement>(null)
  const box = input ?? own
  useGrowth(box, text)
  const tooLong = exceedsLimit(text)
  const sendable = (also || text.trim() !== '') && !tooLong

  const send = () => {
    if (sendable) onSend(text.trim())
    box.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (!sendsMessage(event)) return
    event.preventDefault()
    send()
  }

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      {tooLong && (
        <p class="too-long" role="alert">
          {words.tooLong}
        </p>
      )}
      <div class="field">
        <textarea
          ref={box}
          rows={1}
          dir={text ? 'auto' : undefined}
          aria-label={label ?? words.message}
          aria-invalid={tooLong}
          placeholder={placeholder}
          autocomplete="off"
          enterkeyhint="send"
          value={text}
          onInput={(event) => onText(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        {children}
        <button type="submit" class="send" aria-label={words.send} title={words.send} disabled={!sendable}>
          <Icon path={icon} />
        </button>
      </div>
    </form>
  )
}

/** As tall as its text; the style sheet sets the limit of six lines. */
function useGrowth(box: RefObject<HTMLTextAreaElement | null>, text: string): void {
  useLayoutEffect(() => {
    const style = box.current?.style
    if (!box.current || !style) return
    style.height = 'auto'
    style.height = `${box.current.scrollHeight}px`
  }, [box, text])
}

function exceedsLimit(text: string): boolean {
  // No character takes more than three bytes a unit, so most texts need no counting.
  return text.length * 3 > MAX_TEXT_BYTES && new TextEncoder().encode(text.trim()).length > MAX_TEXT_BYTES
}
