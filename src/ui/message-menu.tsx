/** What can be done with one message: a menu beside it, or a sheet from below under a finger. */
import type { ComponentChildren, ComponentType } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { dismissable } from './dismiss.ts'
import type { PickerProps } from './emoji/picker.tsx'
import { Icon } from './icon.tsx'
import { COPY, PEN, PLUS, QUOTE, REPLY, TRASH } from './icons.ts'
import { useLanguage } from './language.ts'
import { moveInMenu } from './menu-keys.ts'
import { placeBeside } from './place-beside.ts'

/** What may be done, in the order in which it stands in the menu. */
export const DEEDS = ['reply', 'quote', 'copy', 'edit', 'delete'] as const
export type Deed = (typeof DEEDS)[number]

const ICONS: Readonly<Record<Deed, string>> = { reply: REPLY, quote: QUOTE, copy: COPY, edit: PEN, delete: TRASH }
/** The ones most used; the picker has the others. */
const COMMON = ['👍', '❤️', '😂', '😮', '😢', '🙏'] as const

export interface MessageMenuProps {
  readonly place: HTMLElement
  /** What it is opened from. */
  readonly opener: HTMLElement
  /** From below, over the whole width. */
  readonly sheet: boolean
  /** Only what reacts. */
  readonly brief: boolean
  readonly deeds: readonly Deed[]
  readonly mayReact: boolean
  hasReacted(emoji: string): boolean
  /** Undefined where there is none to be had. */
  loadPicker(): Promise<ComponentType<PickerProps> | undefined>
  readonly onReact: (emoji: string) => void
  readonly onDeed: (deed: Deed) => void
  /** Whether the focus has to come back. */
  readonly onClose: (focus: boolean) => void
}

export function MessageMenu(props: MessageMenuProps) {
  const { place, opener, sheet, onReact, onDeed, onClose } = props
  const { words } = useLanguage()
  const box = useRef<HTMLDivElement>(null)
  const [asks, setAsks] = useState(false)
  const [Picker, setPicker] = useState<ComponentType<PickerProps>>()
  // At once: a key may follow the one that opened it.
  useLayoutEffect(() => (box.current ? dismissable(box.current, onClose) : undefined), [])
  useLayoutEffect(() => {
    // A message is as wide as the log, and its words are not.
    if (box.current && !sheet) placeBeside(box.current, opener.querySelector('.bubble') ?? opener, place)
    if (!Picker) box.current?.querySelector<HTMLElement>(asks ? '.keep' : '[role^="menuitem"]')?.focus({ preventScroll: true })
  }, [asks, Picker])
  const showPicker = async () => {
    const Found = await props.loadPicker()
    setPicker(() => Found)
  }
  const act = (deed: Deed) => (deed === 'delete' ? setAsks(true) : onDeed(deed))
  let content: ComponentChildren
  if (Picker) content = <Picker onPick={onReact} onClose={onClose} />
  else if (asks) content = <Question onYes={() => onDeed('delete')} onNo={() => onClose(true)} />
  else content = <Choices {...props} onMore={showPicker} onAct={act} />
  return (
    <>
      {sheet && <div class="veil" onPointerDown={() => onClose(true)} />}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it is a menu, or holds what has taken its place */}
      <div
        ref={box}
        class={sheet ? 'doings sheet' : 'doings'}
        // Single letters are commands elsewhere, and Escape closes what lies under this.
        onKeyDown={(event) => event.key !== 'Tab' && event.stopPropagation()}
        // The key that opened it asks the browser for its own menu too.
        onContextMenu={(event) => event.preventDefault()}
        {...(Picker || asks ? {} : { role: 'menu', 'aria-label': words.messageActions })}
      >
        {content}
      </div>
    </>
  )
}

interface ChoicesProps extends MessageMenuProps {
  readonly onMore: () => void
  readonly onAct: (deed: Deed) => void
}

function Choices({ mayReact, brief, deeds, hasReacted, onReact, onMore, onAct }: ChoicesProps) {
  const { words } = useLanguage()
  return (
    <div role="none" onKeyDown={moveInMenu}>
      {mayReact && (
        // biome-ignore lint/a11y/useSemanticElements: a menu holds no form
        <div class="quick" role="group" aria-label={words.react}>
          {COMMON.map((emoji) => (
            <button
              key={emoji}
              type="button"
              role="menuitemcheckbox"
              aria-checked={hasReacted(emoji)}
              aria-label={words.reactWith(emoji)}
              tabIndex={-1}
              onClick={() => onReact(emoji)}
            >
              {emoji}
            </button>
          ))}
          <button type="button" role="menuitem" aria-label={words.moreEmoji} title={words.moreEmoji} tabIndex={-1} onClick={onMore}>
            <Icon path={PLUS} />
          </button>
        </div>
      )}
      {!brief &&
        deeds.map((deed) => (
          <button
            key={deed}
            type="button"
            role="menuitem"
            class={deed === 'delete' ? 'deed danger' : 'deed'}
            tabIndex={-1}
            onClick={() => onAct(deed)}
          >
            <Icon path={ICONS[deed]} />
            {words[deed]}
          </button>
        ))}
    </div>
  )
}

function Question({ onYes, onNo }: { readonly onYes: () => void; readonly onNo: () => void }) {
  const { words } = useLanguage()
  return (
    <div class="question" role="alertdialog" aria-label={words.deleteAsk}>
      <p>{words.deleteAsk}</p>
      <div class="answers">
        <button type="button" class="button keep" onClick={onNo}>
          {words.keepIt}
        </button>
        <button type="button" class="button danger" onClick={onYes}>
          {words.delete}
        </button>
      </div>
    </div>
  )
}
