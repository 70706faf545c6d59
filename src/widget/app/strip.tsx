/** A line that says for a moment what the visitor should know now. */
import { useDelayed } from '../../ui/use-delayed.ts'
import { useView } from '../../ui/use-view.ts'
import { useFace } from './face.ts'

/** A connection that is back sooner was never missed. */
const UNNOTICED_MS = 1000

export function Strip() {
  const { session, words, told } = useFace()
  const text = useView(told)
  const gone = useDelayed(useView(session.sdk.status) === 'reconnecting', UNNOTICED_MS)
  return (
    <div class="strip" role="status">
      {(gone || text) && <p>{text || words.reconnecting}</p>}
    </div>
  )
}
