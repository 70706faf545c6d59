/** The buttons beside the text: a file, an emoji. */
import { useRef, useState } from 'preact/hooks'
import { IconButton } from '../../ui/icon-button.tsx'
import { CLIP, SMILE } from '../../ui/icons.ts'
import { type KeyProps, useFace } from '../app/face.ts'
import type { Later } from '../later.ts'
import { attach } from './attached.ts'
import { doingOf } from './doing.ts'
import { peopleOf } from './people.ts'
import { Suggestions } from './suggestions.tsx'
import { useTyped } from './use-typed.ts'

export function Keys({ conversation, state, attached, box, ...writing }: KeyProps) {
  useTyped({ state, ...writing })
  const face = useFace()
  const { words, load, tell } = face
  const input = useRef<HTMLInputElement>(null)
  const [Picker, setPicker] = useState<Awaited<ReturnType<Later['emoji']>>['Picker']>()
  const button = useRef<HTMLButtonElement>(null)
  const close = (focus?: HTMLElement | null) => {
    setPicker(undefined)
    focus?.focus()
  }
  const open = async () => {
    if (Picker) return close()
    try {
      const module = await load('emoji')
      setPicker(() => module.Picker)
    } catch {
      tell(words.notHere)
    }
  }
  const pick = (emoji: string) => {
    const text = box.current
    if (!text) return
    text.setRangeText(emoji, text.selectionStart, text.selectionEnd, 'end')
    text.dispatchEvent(new Event('input', { bubbles: true }))
    close(text)
  }
  const take = () => {
    const { files } = input.current as HTMLInputElement
    if (files)
      tell(attach(attached, [...files], words))
      // The same file may be chosen again.
    ;(input.current as HTMLInputElement).value = ''
    box.current?.focus()
  }
  return (
    <>
      <input ref={input} type="file" multiple hidden onChange={take} />
      <IconButton name={words.attachFile} icon={CLIP} onClick={() => input.current?.click()} />
      <IconButton name={words.emoji} icon={SMILE} button={button} expanded={!!Picker} onClick={open} />
      <Suggestions box={box} people={peopleOf(face, { state })} chosen={doingOf(conversation).chosen} />
      {Picker && <Picker onPick={pick} onClose={(focus) => close(focus ? button.current : undefined)} />}
    </>
  )
}
