/** Who is signed in, at the list's foot, with the way out. */
import { Avatar } from '../../ui/avatar.tsx'
import { Icon } from '../../ui/icon.tsx'
import type { Desk } from '../desk.ts'
import { KEYBOARD, SIGN_OUT } from '../icons.ts'
import { words } from '../words.ts'

export function Account({ desk, signOut }: { readonly desk: Desk; readonly signOut: () => void }) {
  const { me } = desk
  return (
    <footer class="account">
      <Avatar name={me.name} picture={me.avatar} />
      <span class="account-name">
        <bdi>{me.name}</bdi>
      </span>
      <button class="icon-button" type="button" aria-label={words.shortcuts.title} onClick={() => (desk.shortcuts.value = true)}>
        <Icon path={KEYBOARD} />
      </button>
      <button class="icon-button" type="button" aria-label={words.status.signOut} onClick={signOut}>
        <Icon path={SIGN_OUT} directed />
      </button>
    </footer>
  )
}
