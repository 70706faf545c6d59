/** An icon of the set, drawn for the eye only; the control it stands in carries the name. */

interface IconProps {
  /** Path data from `icons.ts`. */
  readonly path: string
  readonly size?: number
  /** Mirrored where text runs right to left: arrows that mean *back* or *onward*. */
  readonly directed?: boolean
}

export function Icon({ path, size = 20, directed = false }: IconProps) {
  return (
    <svg class={directed ? 'icon directed' : 'icon'} viewBox="0 0 20 20" width={size} height={size} aria-hidden="true" focusable="false">
      <path d={path} />
    </svg>
  )
}
