/** What can be done with the messages of a chat: walked through, reacted to, quoted, changed, their pictures seen large; and who of the chat is there. */
import { useEffect } from 'preact/hooks'
import { useView } from '../../ui/use-view.ts'
import { walkMessages } from '../../ui/walk-messages.ts'
import { type ToolProps, useFace } from '../app/face.ts'
import type { Writing } from '../tools/doing.ts'
import { keepPlace } from './keep-place.ts'
import { enlargePictures } from './pictures.ts'
import { watchPresence } from './presence.ts'
import { Tools } from './tools.tsx'

interface MessagesProps extends Pick<ToolProps, 'conversation' | 'state'> {
  readonly panel: HTMLElement
  readonly writing: Writing
}

export function Messages({ conversation, state, panel, writing }: MessagesProps) {
  const face = useFace()
  const { id, provisional, items } = state
  const isConnected = useView(face.session.sdk.status) === 'connected'
  useEffect(() => keepPlace(panel), [panel])
  useEffect(() => walkMessages(panel), [panel])
  useEffect(() => enlargePictures(panel, face), [panel, face])
  useEffect(() => (isConnected && !provisional ? watchPresence(face, id) : undefined), [isConnected, provisional, id])
  return <Tools conversation={conversation} state={state} place={panel} items={items} writing={writing} />
}
