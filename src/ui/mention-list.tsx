/** Names to choose from while one is being written after an `@`: the arrow keys go through them, Enter and Tab take one, Escape none. */
import type { RefObject } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { Avatar } from './avatar.tsx'
import { useLanguage } from './language.ts'
import { type Asked, askedAt, type Person, suggestionsFor } from './mentions.ts'

interface MentionListProps {
  readonly box: RefObject<HTMLTextAreaElement | null>
  readonly people: readonly Person[]
  readonly onChosen: (person: Person) => void
}

/** Of such lists, each with a name of its own. */
let made = 0

/** Where the keys are heard before the box itself hears them. */
const EARLY = { capture: true } as const

export function MentionList({ box, people, onChosen }: MentionListProps) {
  const { words } = useLanguage()
  const [id] = useState(() => `names-${++made}`)
  const [asked, setAsked] = useState<Asked>()
  const [at, setAt] = useState(0)
  /** Put away until something else is asked for. */
  const [declined, setDeclined] = useState(-1)
  const found = asked && asked.from !== declined ? suggestionsFor(asked.query, people) : []
  const isOpen = found.length > 0
  const active = Math.min(at, found.length - 1)

  useEffect(() => {
    const field = box.current
    if (!field) return
    const look = () => {
      const next = field.selectionStart === field.selectionEnd ? askedAt(field.value, field.selectionStart) : undefined
      setAsked(next)
      if (!next) setDeclined(-1)
      setAt(0)
    }
    look()
    const leave = () => setAsked(undefined)
    field.addEventListener('input', look)
    field.addEventListener('click', look)
    field.addEventListener('blur', leave)
    return () => {
      field.removeEventListener('input', look)
      field.removeEventListener('click', look)
      field.removeEventListener('blur', leave)
    }
  }, [box])

  useEffect(() => {
    const field = box.current
    if (!field) return
    // It stays the text box that it is: a list of its own would have another role, which a box of several lines must not take.
    const about = { 'aria-autocomplete': 'list', 'aria-controls': id, 'aria-activedescendant': `${id}-${active}` }
    for (const [name, value] of Object.entries(about)) {
      if (isOpen) field.setAttribute(name, value)
      else field.removeAttribute(name)
    }
  }, [box, isOpen, active, id])

  const choose = (person: Person) => {
    const field = box.current
    if (!field || !asked) return
    const end = asked.from + 1 + asked.query.length
    field.setRangeText(`@${person.name} `, asked.from, end, 'end')
    onChosen(person)
    field.dispatchEvent(new Event('input', { bubbles: true }))
    field.focus()
  }

  const latest = useRef({ found, active, choose })
  latest.current = { found, active, choose }
  useEffect(() => {
    const field = box.current
    const form = field?.form
    if (!field || !form || !isOpen) return
    const press = (event: KeyboardEvent) => {
      const { found, active, choose } = latest.current
      const person = found[active]
      if (event.target !== field || event.isComposing || !person) return
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
      if (step) setAt((active + step + found.length) % found.length)
      else if ((event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey) choose(person)
      else if (event.key === 'Escape') setDeclined(asked?.from ?? -1)
      else return
      event.preventDefault()
      event.stopPropagation()
    }
    form.addEventListener('keydown', press, EARLY)
    return () => form.removeEventListener('keydown', press, EARLY)
  }, [box, isOpen, asked?.from])

  if (!isOpen) return null
  return (
    <div class="suggestions" id={id} role="listbox" aria-label={words.suggestions}>
      {found.map((person, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the box, which keeps the focus
        <div
          key={person.id}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          // The text keeps the focus.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => choose(person)}
        >
          <Avatar name={person.name} picture={person.avatar} />
          <bdi>{person.name}</bdi>
        </div>
      ))}
    </div>
  )
}
