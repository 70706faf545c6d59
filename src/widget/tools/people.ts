/** Who can be named in a chat: everybody else who is in it and has a name. */
import type { Person } from '../../ui/mentions.ts'
import type { Face, ToolProps } from '../app/face.ts'

export const peopleOf = ({ session }: Pick<Face, 'session'>, { state }: Pick<ToolProps, 'state'>): Person[] =>
  state.users.flatMap(({ id, name, avatar, present }) => (present && name && id !== session.sdk.me ? [{ id, name, avatar }] : []))
