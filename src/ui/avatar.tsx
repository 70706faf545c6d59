/** A person's picture, or their initials where there is none or it may not be loaded, or the sign of a person without a name. Decoration: the name stands beside it as text. */
import { useState } from 'preact/hooks'
import { Icon } from './icon.tsx'
import { PERSON } from './icons.ts'

interface AvatarProps {
  readonly name: string | undefined
  readonly picture?: string | undefined
  /** In pixels. */
  readonly size?: 20 | 32 | 40
  /** They are there; in words too, beside it. */
  readonly online?: boolean | undefined
}

export function Avatar({ name, picture, size = 32, online }: AvatarProps) {
  // A host page may forbid foreign images (`img-src`, `require-corp`); the failed address is kept so that a new one gets its chance.
  const [failed, setFailed] = useState<string>()
  const src = picture !== failed && isWebAddress(picture) ? picture : undefined
  return (
    <span class={`avatar avatar-${size} ${online ? 'online' : ''}`} aria-hidden="true">
      {src ? <img src={src} alt="" width={size} height={size} onError={() => setFailed(src)} /> : initials(name) || <Icon path={PERSON} />}
    </span>
  )
}

function isWebAddress(address: string | undefined): boolean {
  return address !== undefined && /^(?:https?:\/\/|\/(?!\/))/i.test(address)
}

/** `Ada Lovelace` → `AL`, `李小龙` → `李`. By code points, so that no emoji is cut in two. */
export function initials(name = ''): string {
  const words = name.trim().split(/\s+/)
  const letters = words.length > 1 ? [words[0], words[words.length - 1]] : [words[0]]
  return letters.map((word) => [...(word ?? '')][0]?.toUpperCase() ?? '').join('')
}
