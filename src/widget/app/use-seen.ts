/** Marks a conversation as seen while its end is in sight: the panel open, the reader at the last message, the page in front. */
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Conversation, ConversationState } from '../../sdk/customer/face.ts'

/** Returns how far the reader had seen when they last came back, where there was news. */
export function useSeen(conversation: Conversation, me: string | null, inSight: boolean, state: ConversationState): number | undefined {
  const inFront = usePageInFront()
  const { loaded, unread_count, items, users } = state
  const [known, setKnown] = useState<number>()
  const wasAway = useRef(true)
  const sees = inSight && inFront && loaded
  // A chat that opens again is known with its answer before the answer itself has come: it is seen when it stands there.
  useEffect(() => {
    if (sees && wasAway.current) setKnown(unread_count > 0 ? users.find(({ id }) => id === me)?.seen_seq : undefined)
    if (sees && unread_count > 0) conversation.markSeen()
    wasAway.current = !sees
  }, [conversation, sees, unread_count, items])
  return known
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
