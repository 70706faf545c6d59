/** Who is typing. */
import { useLanguage } from '../../ui/language.ts'
import { TypingLine } from '../../ui/typing-line.tsx'
import { type ToolProps, useFace } from '../app/face.ts'
import { othersIn } from '../app/people.ts'

export function Typing({ state }: Pick<ToolProps, 'state'>) {
  const { words } = useLanguage()
  const others = othersIn(state.users, useFace().session.sdk.me)
  return <TypingLine names={state.typing.map(({ user_id }) => words.nameOf(others.find(({ id }) => id === user_id)))} />
}
