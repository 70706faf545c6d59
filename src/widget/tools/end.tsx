/** What stands below the last message: the answers that it suggests, and who is typing. */
import { useRef } from 'preact/hooks'
import { useLanguage } from '../../ui/language.ts'
import { suggestedBy } from '../../ui/suggested-by.ts'
import { TypingLine } from '../../ui/typing-line.tsx'
import { START, type ToolProps, useFace } from '../app/face.ts'
import { othersIn } from '../app/people.ts'
import { allowed } from '../writing/allowed.ts'
import { useLater } from './use-later.ts'

type EndProps = Pick<ToolProps, 'conversation' | 'state'>

export function End({ conversation, state }: EndProps) {
  return (
    <>
      {state.active && <Suggested conversation={conversation} state={state} />}
      <Typing state={state} />
    </>
  )
}

function Suggested({ conversation, state }: EndProps) {
  const { session, focusSoon } = useFace()
  /** The site is being asked whether the answer may go out. */
  const asking = useRef(false)
  const choose = async (text: string) => {
    if (asking.current) return
    asking.current = true
    try {
      session.say(conversation, { type: 'message', text: await allowed(session, text) })
      focusSoon(START)
    } catch {
      // Held back: another one may be chosen.
    }
    asking.current = false
  }
  const texts = suggestedBy(state.items)
  const QuickReplies = useLater('quick-replies', texts.length > 0)?.QuickReplies
  return QuickReplies ? <QuickReplies texts={texts} onChoose={choose} /> : null
}

function Typing({ state }: Pick<EndProps, 'state'>) {
  const { words } = useLanguage()
  const others = othersIn(state.users, useFace().session.sdk.me)
  return <TypingLine names={state.typing.map(({ user_id }) => words.nameOf(others.find(({ id }) => id === user_id)))} />
}
