/** What can be done with the messages of a chat: walked through, copied, their pictures seen large. */
import { useEffect } from 'preact/hooks'
import { type ToolProps, useFace } from '../app/face.ts'
import { Actions } from './actions.tsx'
import { keepPlace } from './keep-place.ts'
import { enlargePictures } from './pictures.ts'
import { walkMessages } from './walk-messages.ts'

interface MessagesProps extends Pick<ToolProps, 'state'> {
  readonly panel: HTMLElement
}

export function Messages({ state, panel }: MessagesProps) {
  const face = useFace()
  useEffect(() => keepPlace(panel), [panel])
  useEffect(() => walkMessages(panel), [panel])
  useEffect(() => enlargePictures(panel, face), [panel, face])
  return <Actions items={state.items} panel={panel} />
}
