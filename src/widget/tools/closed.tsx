/** What stands under a chat that has ended: that it goes on with the next message, and the way to another one. */
import { type ToolProps, useFace } from '../app/face.ts'

export function Closed({ state }: Pick<ToolProps, 'state'>) {
  const { session, words } = useFace()
  const isClosed =
    state.loaded && !state.active && state.items.length > 0 && state.items.every((item) => item.kind !== 'event' || item.seq !== null)
  if (!isClosed) return null
  return (
    <div class="closed">
      <p>{words.closed}</p>
      <button type="button" class="button" onClick={session.showNew}>
        {words.newChat}
      </button>
    </div>
  )
}
