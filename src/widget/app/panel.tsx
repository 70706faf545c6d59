/** The panel's inside: one conversation, or the home that all of them are reached from. */
import { useState } from 'preact/hooks'
import { useView } from '../../ui/use-view.ts'
import type { Home } from '../home/home.tsx'
import { ChatView } from './chat-view.tsx'
import { START, useFace } from './face.ts'

export function Panel() {
  const { session, load, focusSoon } = useFace()
  const { key, conversation, begun } = useView(session.shown)
  // Until a conversation is brought up, whoever does it.
  const [home, setHome] = useState<{ readonly View: typeof Home; readonly at: number }>()
  if (home?.at === key) return <home.View />
  const goHome = async () => {
    const { Home } = await load('home')
    setHome({ View: Home, at: key })
    focusSoon(START)
  }
  return <ChatView key={key} conversation={conversation} begun={begun} onHome={goHome} />
}
