/** The panel's inside: one conversation, or the list of all of them. */
import { useState } from 'preact/hooks'
import { useView } from '../../ui/use-view.ts'
import type { ChatsView } from '../home/chats-view.tsx'
import { ChatView } from './chat-view.tsx'
import { useFace } from './face.ts'

export function Panel() {
  const { session, load, focusSoon } = useFace()
  const [Home, setHome] = useState<typeof ChatsView>()
  const { key, conversation, begun } = useView(session.shown)
  if (Home) return <Home onPick={() => setHome(undefined)} />
  const list = async () => {
    const { View } = await load('home')
    setHome(() => View)
    focusSoon('.chat')
  }
  return <ChatView key={key} conversation={conversation} begun={begun} onList={list} />
}
