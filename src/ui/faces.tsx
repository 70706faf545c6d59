/** A few people at once, as small overlapping discs. Decoration: what they are there for stands beside them in words. */
import type { ChatUser } from '../protocol/users.ts'
import { Avatar } from './avatar.tsx'

const MAX_FACES = 3

export function Faces({ users }: { readonly users: readonly (ChatUser | undefined)[] }) {
  return (
    <span class="small-faces">
      {users.slice(0, MAX_FACES).map((user, at) => (
        <Avatar key={user?.id ?? at} name={user?.name} picture={user?.avatar} size={20} />
      ))}
    </span>
  )
}
