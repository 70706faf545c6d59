/** Which agents are typing. */
import { useLanguage } from '../../ui/language.ts'
import { TypingLine } from '../../ui/typing-line.tsx'
import type { ToolProps } from '../app/face.ts'
import { agentsOf } from '../app/people.ts'

export function Typing({ state }: Pick<ToolProps, 'state'>) {
  const { words } = useLanguage()
  const agents = agentsOf(state.users)
  return <TypingLine names={state.typing.map(({ user_id }) => words.nameOf(agents.find(({ id }) => id === user_id)))} />
}
