/** A button that is only an icon; its name is for assistive technology and for the pointer that rests on it. */
import { Icon } from '../../ui/icon.tsx'

interface IconButtonProps {
  readonly name: string
  /** Path data from the set. */
  readonly icon: string
  readonly look?: string
  /** Whether the icon points along the text, and turns with it. */
  readonly directed?: boolean
  readonly onClick: () => void
}

export function IconButton({ name, icon, look = '', directed = false, onClick }: IconButtonProps) {
  return (
    <button type="button" class={`icon-button ${look}`} aria-label={name} title={name} onClick={onClick}>
      <Icon path={icon} directed={directed} />
    </button>
  )
}
