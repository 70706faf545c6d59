/** The panel's inside: one conversation, or the list of all of them. */
import { useState } from 'preact/hooks'
import { useView } from '../../ui/use-view.ts'
import { ChatView } from './chat-view.tsx'
import { ChatsView } from './chats-view.tsx'
import { useFace } from './face.ts'

export function Panel() {
  const { session, focusSoon } = useFace()
  const [listing, setListing] = useState(false)
  const { key, conversation, begun } = useView(session.shown)
  if (listing) return <ChatsView onPick={() => setListing(false)} />
  const list = () => {
    setListing(true)
    focusSoon('.chat')
  }
  return <ChatView key={key} conversation={conversation} begun={begun} onList={list} />
}
