/** Choosing an emoji: by looking, by searching, by the arrow keys. */
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { dismissable } from '../dismiss.ts'
import { useLanguage } from '../language.ts'
import { ALL, type Emoji, found, renamed } from './data.ts'

export interface PickerProps {
  /** What emoji are called in the reader's language, where that is not English. */
  readonly loadNames?: (language: string) => Promise<{ readonly names: string }>
  readonly onPick: (sign: string) => void
  /** Whether the focus has to come back. */
  readonly onClose: (focus: boolean) => void
}

const COLUMNS = 8
const MAX_RECENT = 16
const recent: Emoji[] = []

export function Picker({ loadNames, onPick, onClose }: PickerProps) {
  const { words, locale } = useLanguage()
  const [language = ''] = locale.split('-')
  const [query, setQuery] = useState('')
  const [groups, setGroups] = useState(ALL)
  const box = useRef<HTMLDivElement>(null)
  const search = useRef<HTMLInputElement>(null)
  const hits = useMemo(() => (query.trim() ? found(query, groups) : undefined), [query, groups])
  // At once: a key may follow the one that opened it.
  useLayoutEffect(() => {
    search.current?.focus({ preventScroll: true })
    return dismissable(box.current?.parentElement as HTMLElement, onClose)
  }, [])
  useEffect(() => {
    if (language === 'en') return
    loadNames?.(language).then(
      ({ names }) => setGroups(renamed(names)),
      // They are known by their English names then.
      () => undefined,
    )
  }, [])
  const pick = (emoji: Emoji) => {
    const known = recent.indexOf(emoji)
    if (known >= 0) recent.splice(known, 1)
    recent.unshift(emoji)
    recent.length = Math.min(recent.length, MAX_RECENT)
    onPick(emoji.sign)
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && event.target === search.current) {
      event.preventDefault()
      const [first] = hits ?? []
      if (first) pick(first)
    } else move(event, box.current as HTMLElement)
  }
  const show = (title: string, emoji: readonly Emoji[]) => <Group key={title} title={title} emoji={emoji} onPick={pick} />
  return (
    <div ref={box} class="picker" role="dialog" aria-label={words.emoji} onKeyDown={onKey}>
      <input
        ref={search}
        type="search"
        aria-label={words.searchEmoji}
        placeholder={words.searchEmoji}
        value={query}
        onInput={({ currentTarget }) => setQuery(currentTarget.value)}
      />
      <div class="emojis">
        {hits ? (
          <>
            {hits.length === 0 && <p role="status">{words.noEmoji}</p>}
            {hits.length > 0 && show(words.emoji, hits)}
          </>
        ) : (
          <>
            {recent.length > 0 && show(words.recent, recent)}
            {groups.map(({ group, emoji }) => show(words[group], emoji))}
          </>
        )}
      </div>
    </div>
  )
}

interface GroupProps {
  readonly title: string
  readonly emoji: readonly Emoji[]
  readonly onPick: (emoji: Emoji) => void
}

/** The arrow keys lead through the signs, so that one stop of the Tab key is enough. */
function Group({ title, emoji, onPick }: GroupProps) {
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <div class="signs">
        {emoji.map((one, index) => (
          <button
            key={one.sign}
            type="button"
            tabIndex={index === 0 ? 0 : -1}
            aria-label={one.name}
            title={one.name}
            onClick={() => onPick(one)}
          >
            {one.sign}
          </button>
        ))}
      </div>
    </section>
  )
}

function move(event: KeyboardEvent, box: HTMLElement): void {
  const signs = [...box.querySelectorAll<HTMLElement>('.signs button')]
  const at = signs.indexOf(event.target as HTMLElement)
  const onward = getComputedStyle(box).direction === 'rtl' ? -1 : 1
  const step = { ArrowRight: onward, ArrowLeft: -onward, ArrowDown: at < 0 ? 1 : COLUMNS, ArrowUp: -COLUMNS }[event.key]
  // In the field of the search the arrows to the sides move in the text.
  if (!step || (at < 0 && event.key !== 'ArrowDown')) return
  event.preventDefault()
  const next = signs[Math.min(signs.length - 1, at + step)]
  if (next) next.focus()
  else box.querySelector('input')?.focus()
}
