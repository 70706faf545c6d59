/** One conversation: who one talks to, what was said, and where to write. */
import type { ComponentChildren, ComponentType } from 'preact'
import { useEffect, useMemo, useState } from 'preact/hooks'
import type { Conversation, ConversationState } from '../../sdk/customer/face.ts'
import { type BodyProps, PlainBody } from '../../ui/body.tsx'
import { MessageLog } from '../../ui/message-log.tsx'
import { useDelayed } from '../../ui/use-delayed.ts'
import { useView } from '../../ui/use-view.ts'
import { type Cell, createCell } from '../../ui/view.ts'
import { START, useFace } from './face.ts'
import { ChatHeader } from './header.tsx'
import { seenByOthers } from './seen-by-others.ts'
import { Strip } from './strip.tsx'
import { useSeen } from './use-seen.ts'
import { LogSkeleton, Welcome } from './welcome.tsx'
import { Writing } from './writing.tsx'

interface ChatViewProps {
  readonly conversation: Conversation
  readonly begun: boolean
  readonly onHome: () => Promise<void>
}

/** They stay where they are while another chat is looked at. */
const attachments = new WeakMap<Conversation, Cell<readonly File[]>>()

function attachedTo(conversation: Conversation): Cell<readonly File[]> {
  const files = attachments.get(conversation) ?? createCell<readonly File[]>([])
  attachments.set(conversation, files)
  return files
}

export function ChatView({ conversation, begun, onHome }: ChatViewProps) {
  const { session, isOpen, tools } = useFace()
  const state = useView(conversation)
  const [atEnd, setAtEnd] = useState(true)
  const open = useView(isOpen)
  const status = useView(session.sdk.status)
  useEffect(() => (open ? conversation.open() : undefined), [conversation, open])
  const knownSeq = useSeen(conversation, session.sdk.me, open && atEnd, state)
  const given = { conversation, state, attached: attachedTo(conversation) }
  const { Body = PlainBody, Actions, End, Foot, Problem, online } = useView(tools)

  if (status === 'disconnected' && Problem) return <Problem focus={document.activeElement !== document.body} />
  return (
    <>
      <ChatHeader state={state} online={online} onHome={onHome}>
        {Actions && <Actions {...given} />}
      </ChatHeader>
      <Strip />
      <Log {...{ conversation, begun, state, knownSeq, Body }} end={End && <End {...given} />} onAtEnd={setAtEnd} />
      {Foot && <Foot {...given} />}
      <Writing {...given} begun={begun} />
    </>
  )
}

interface LogProps {
  readonly conversation: Conversation
  readonly begun: boolean
  readonly state: ConversationState
  readonly knownSeq: number | undefined
  readonly Body: ComponentType<BodyProps>
  readonly end: ComponentChildren
  readonly onAtEnd: (atEnd: boolean) => void
}

function Log({ conversation, begun, state, ...rest }: LogProps) {
  const waits = useDelayed(!state.loaded, 300)
  const { session, focusSoon } = useFace()
  const settle = (act: (key: string) => void) => (key: string) => {
    act(key)
    focusSoon(START)
  }
  const acts = useMemo(() => ({ onRetry: settle(conversation.retry), onDiscard: settle(conversation.discard) }), [conversation])
  return (
    <MessageLog
      items={state.items}
      users={state.users}
      seenSeq={seenByOthers(state.users, session.sdk.me)}
      hasOlder={state.loaded && state.has_older}
      onLoadOlder={() => conversation.loadOlder()}
      {...acts}
      {...rest}
    >
      {waits && <LogSkeleton />}
      {state.loaded && state.items.length === 0 && <Welcome begun={begun} />}
    </MessageLog>
  )
}
