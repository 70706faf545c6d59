/** In the head of a chat: what can be done with it as a whole. */
import { IconButton } from '../../ui/icon-button.tsx'
import { END } from '../../ui/icons.ts'
import { START, type ToolProps, useFace } from '../app/face.ts'
import { Menu } from './menu.tsx'

export function Actions(given: ToolProps) {
  const { conversation, state } = given
  const { words, tell, focusSoon } = useFace()
  const end = () =>
    conversation.close().then(
      () => focusSoon(START),
      () => tell(words.endFailed),
    )
  return (
    <>
      <Menu {...given} />
      {state.active && !state.provisional && <IconButton name={words.endChat} icon={END} onClick={end} />}
    </>
  )
}
