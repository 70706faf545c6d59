/** Over the place to write: what the next message quotes; or in its stead, the message that is written anew. */
import { useEffect, useLayoutEffect } from 'preact/hooks'
import { say } from '../../ui/announcer.tsx'
import { Editing } from '../../ui/editing.tsx'
import { useLanguage } from '../../ui/language.ts'
import { eventIn, type LogItem } from '../../ui/log-item.ts'
import { namedIn } from '../../ui/mentions.ts'
import { Quoting } from '../../ui/quoting.tsx'
import { useView } from '../../ui/use-view.ts'
import { START, type ToolProps, useFace } from '../app/face.ts'
import { BOX, type Writing } from '../tools/doing.ts'
import { peopleOf } from '../tools/people.ts'
import { Suggestions } from '../tools/suggestions.tsx'
import { allowed } from './allowed.ts'

interface OverProps extends Pick<ToolProps, 'conversation' | 'state'> {
  /** Around the place to write. */
  readonly place: HTMLElement
  /** What stands there. */
  readonly items: readonly LogItem[]
  readonly writing: Writing
}

export function Over({ conversation, state, place, items, writing }: OverProps) {
  const face = useFace()
  const { session, words, tools, tell, focusSoon } = face
  const { nameOf, you } = useLanguage().words
  const chosen = useView(writing.quoted)
  // As it is by now: its author may have changed it, or taken it back.
  const quoted = chosen && (eventIn(items, chosen.id) ?? chosen)
  const edited = useView(writing.edited)
  const isGone = edited !== undefined && eventIn(items, edited.id)?.deleted_at !== undefined
  const people = peopleOf(face, { state })
  const nameOfId = (id: string | undefined) => (id === session.sdk.me ? you : nameOf(state.users.find((user) => user.id === id)))
  const announce = (text: string) => {
    const said = tools.state.doingOf?.(conversation).said
    if (said) say(said, text)
  }
  // At once: a key may follow the one that chose it.
  useLayoutEffect(() => {
    if (!quoted) return
    announce(words.quoting(nameOfId(quoted.author_id)))
    place.querySelector<HTMLElement>(BOX)?.focus({ preventScroll: true })
  }, [chosen])
  const remove = () => {
    writing.quoted.set(undefined)
    focusSoon(START)
  }
  const leave = (said?: string) => {
    writing.edited.set(undefined)
    if (said) announce(said)
    focusSoon(START)
  }
  useEffect(() => {
    if (!isGone) return
    if (place.querySelector('.editing:focus-within')) leave(words.deleted)
    else writing.edited.set(undefined)
  }, [isGone])
  if (!edited) return quoted ? <Quoting event={quoted} name={nameOfId(quoted.author_id)} onRemove={remove} /> : null
  const save = async (written: string) => {
    try {
      const text = await allowed(session, written)
      const mentions = namedIn(text, people, writing.chosen)
      await session.sdk.ask('edit_event', { chat_id: state.id, event_id: edited.id, text, mentions })
    } catch (error) {
      tell(words.editFailed)
      throw error
    }
  }
  return (
    <Editing
      key={edited.id}
      event={edited}
      tools={(box) => <Suggestions box={box} people={people} chosen={writing.chosen} />}
      onSave={save}
      onLeave={leave}
    />
  )
}
