/** The panel's inside: one conversation, or the home that all of them are reached from. */
import { useState } from 'preact/hooks'
import { useView } from '../../ui/use-view.ts'
import type { Home } from '../home/home.tsx'
import { ChatView } from './chat-view.tsx'
import { useFace } from './face.ts'

export function Panel() {
  const { session, load, focusSoon } = useFace()
  const [HomeView, setHome] = useState<typeof Home>()
  const { key, conversation, begun } = useView(session.shown)
  if (HomeView) return <HomeView onPick={() => setHome(undefined)} />
  const goHome = async () => {
    const { Home } = await load('home')
    setHome(() => Home)
    focusSoon('.chat, .foot button')
  }
  return <ChatView key={key} conversation={conversation} begun={begun} onHome={goHome} />
}
