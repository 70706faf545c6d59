/** The composer of a conversation, with its draft, and with the sneak peek that agents see while the customer types. */
import { useEffect, useState } from 'preact/hooks'
import type { Conversation, ConversationState } from '../../sdk/customer/face.ts'
import { Composer } from '../../ui/composer.tsx'
import { useFace } from './face.ts'

interface WritingProps {
  readonly conversation: Conversation
  readonly state: ConversationState
}

export function Writing({ conversation, state }: WritingProps) {
  const { session, words } = useFace()
  const [text, setText] = useState('')
  // A chat that has not begun has no lasting id; its draft is that of the next new chat.
  const draft = state.provisional && state.items.length === 0 ? 'new' : state.id
  useEffect(() => {
    void session.drafts.load(draft).then((kept) => setText((typed) => typed || kept))
  }, [session, conversation])

  const write = (next: string) => {
    setText(next)
    session.drafts.save(draft, next)
    if (state.active && !state.provisional) session.sdk.setSneakPeek(state.id, next)
  }
  const send = (message: string) => {
    write('')
    // A failure is told where it belongs: under the message itself.
    conversation.send({ type: 'message', text: message }).catch(() => undefined)
  }
  const placeholder = state.loaded && !state.active && state.items.length > 0 ? words.writeToGoOn : words.writeMessage
  return <Composer text={text} placeholder={placeholder} onText={write} onSend={send} />
}
