/** Marks a conversation as seen while its end is in sight: the panel open, the reader at the last message, the page in front. */
import { useEffect, useState } from 'preact/hooks'
import type { Conversation, ConversationState } from '../../sdk/customer/face.ts'

export function useSeen(conversation: Conversation, inSight: boolean, state: ConversationState): void {
  const inFront = usePageInFront()
  const { loaded, unread_count, items } = state
  // A chat that opens again is known with its answer before the answer itself has come: it is seen when it stands there.
  useEffect(() => {
    if (inSight && inFront && loaded && unread_count > 0) conversation.markSeen()
  }, [conversation, inSight, inFront, loaded, unread_count, items])
}

function usePageInFront(): boolean {
  const [inFront, setInFront] = useState(!document.hidden)
  useEffect(() => {
    const look = () => setInFront(!document.hidden)
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [])
  return inFront
}
