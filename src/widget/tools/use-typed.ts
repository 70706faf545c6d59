/** What the visitor is typing begins the chat if it stands a while, and is shown to agents before it is sent, at a pace that outlives each call. */
import { useEffect } from 'preact/hooks'
import { createTyping } from '../../sdk/customer/typing.ts'
import { useView } from '../../ui/use-view.ts'
import { type KeyProps, useFace } from '../app/face.ts'
import type { Session } from '../app/session.ts'

/** What was typed this long and still stands is meant: the chat begins, so that an agent sees the first message coming too. */
const BEGIN_AFTER_MS = 1_000

const typing = new WeakMap<Session, ReturnType<typeof createTyping>>()

function typingOf(session: Session): ReturnType<typeof createTyping> {
  const { client, environment } = session.sdk.ground
  const known = typing.get(session) ?? createTyping(client, environment.clock)
  typing.set(session, known)
  return known
}

export function useTyped({ state, begun, typed }: Pick<KeyProps, 'state' | 'begun' | 'typed'>): void {
  const { session } = useFace()
  // Which chat it is that one writes in is known with the list.
  const { loaded } = useView(session.sdk.chats)
  const begins = loaded && !begun && state.provisional && state.items.length === 0 && !!typed?.trim()
  useEffect(() => {
    const timer = begins && setTimeout(session.begin, BEGIN_AFTER_MS)
    return () => clearTimeout(timer || undefined)
  }, [session, begins])

  // What the site may hold back is shown to nobody before.
  const peeks = state.active && !state.provisional && !session.beforeSend
  useEffect(() => {
    if (peeks && typed !== undefined) typingOf(session).setSneakPeek(state.id, typed)
  }, [session, peeks, state.id, typed])
}
