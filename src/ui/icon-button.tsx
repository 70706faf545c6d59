/** A button that is only an icon; its name is for assistive technology and for the pointer that rests on it. */
import type { Ref } from 'preact'
import { Icon } from './icon.tsx'

interface IconButtonProps {
  readonly name: string
  /** Path data from the set. */
  readonly icon: string
  readonly look?: string
  /** Whether the icon points along the text, and turns with it. */
  readonly directed?: boolean
  /** Whether what it shows and hides is shown. */
  readonly expanded?: boolean
  readonly button?: Ref<HTMLButtonElement>
  readonly onClick: () => void
}

export function IconButton({ name, icon, look = '', directed = false, expanded, button = null, onClick }: IconButtonProps) {
  return (
    <button
      type="button"
      ref={button}
      class={`icon-button ${look}`}
      aria-label={name}
      aria-expanded={expanded}
      title={name}
      onClick={onClick}
    >
      <Icon path={icon} directed={directed} />
    </button>
  )
}
