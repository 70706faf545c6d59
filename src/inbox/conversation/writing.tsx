/** Where an agent writes a message, or one of theirs anew: with what it quotes over it, and with names to choose from. */
import type { ComponentChildren, RefObject } from 'preact'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import type { MessageReferences } from '../../sdk/agent/types.ts'
import { say } from '../../ui/announcer.tsx'
import { Composer } from '../../ui/composer.tsx'
import { Editing } from '../../ui/editing.tsx'
import { useLanguage } from '../../ui/language.ts'
import { eventIn, type LogItem } from '../../ui/log-item.ts'
import { MentionList } from '../../ui/mention-list.tsx'
import { namedIn } from '../../ui/mentions.ts'
import { Quoting } from '../../ui/quoting.tsx'
import { type Chat, type Doing, peopleOf } from './chat.ts'

interface WritingProps {
  readonly chat: Chat
  readonly doing: Doing
  /** What stands there. */
  readonly items: readonly LogItem[]
  readonly text: string
  readonly label: string
  readonly placeholder: string
  readonly box: RefObject<HTMLTextAreaElement | null>
  /** Under the box. */
  readonly children?: ComponentChildren
  readonly onDoing: (doing: Doing) => void
  readonly onText: (text: string) => void
  readonly onSend: (text: string, more: MessageReferences) => void
  /** The arrow up, where nothing is written. */
  readonly onBack: () => void
}

export function Writing(props: WritingProps) {
  const { chat, doing, items, text, label, placeholder, box, children, onDoing, onText, onSend, onBack } = props
  const { desk, open, users } = chat
  const { words } = useLanguage()
  const chosen = useRef(new Set<string>())
  const people = peopleOf(chat)
  const { edited } = doing
  // As it is by now: its author may have changed it, or taken it back.
  const quoted = doing.quoted && (eventIn(items, doing.quoted.id) ?? doing.quoted)
  const isGone = edited !== undefined && eventIn(items, edited.id)?.deleted_at !== undefined
  const nameOf = (id: string | undefined) => (id === desk.me.id ? words.you : words.nameOf(users.find((user) => user.id === id)))
  // At once: a key may follow the one that chose it.
  useLayoutEffect(() => {
    if (!quoted) return
    say(desk.said, words.quoting(nameOf(quoted.author_id)))
    box.current?.focus()
  }, [doing.quoted])
  const leave = (said?: string) => {
    onDoing({})
    if (said) say(desk.said, said)
    // Once it is drawn, and before the next key.
    queueMicrotask(() => box.current?.focus())
  }
  useEffect(() => {
    if (!isGone) return
    if (document.activeElement?.closest('.editing')) leave(words.deleted)
    else onDoing({})
  }, [isGone])

  const suggestions = (field: RefObject<HTMLTextAreaElement | null>) => (
    <MentionList box={field} people={people} onChosen={({ id }) => chosen.current.add(id)} />
  )
  if (edited) {
    return (
      <Editing
        key={edited.id}
        event={edited}
        tools={suggestions}
        onSave={(written) => desk.edit(open.state.value.id, edited.id, written, namedIn(written, people, chosen.current))}
        onLeave={leave}
      />
    )
  }
  const send = (written: string) => {
    const mentions = namedIn(written, people, chosen.current)
    onSend(written, { ...(quoted && { quoted_event_id: quoted.id }), ...(mentions.length > 0 && { mentions }) })
    onDoing({})
  }
  const press = (event: KeyboardEvent) => {
    if (event.key === 'ArrowUp' && event.target === box.current && text === '' && !event.shiftKey) {
      event.preventDefault()
      onBack()
    }
    if (event.key === 'Escape' && quoted) {
      event.preventDefault()
      event.stopPropagation()
      onDoing({})
    }
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it hears what the box within it leaves
    <div onKeyDown={press}>
      {quoted && <Quoting event={quoted} name={nameOf(quoted.author_id)} onRemove={() => onDoing({})} />}
      <Composer input={box} text={text} label={label} placeholder={placeholder} onText={onText} onSend={send}>
        {suggestions(box)}
      </Composer>
      {children}
    </div>
  )
}
