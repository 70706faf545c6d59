/** Who is signed in, at the list's foot, with the way out. */
import { Avatar } from '../../ui/avatar.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
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
      <IconButton name={words.shortcuts.title} icon={KEYBOARD} onClick={() => (desk.shortcuts.value = true)} />
      <IconButton name={words.status.signOut} icon={SIGN_OUT} directed onClick={signOut} />
    </footer>
  )
}
