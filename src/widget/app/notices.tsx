/** What the panel says when something is not as usual: no connection, no chat at all. */
import { useEffect } from 'preact/hooks'
import { Icon } from '../../ui/icon.tsx'
import { ALERT } from '../../ui/icons.ts'
import { useDelayed } from '../../ui/use-delayed.ts'
import { useView } from '../../ui/use-view.ts'
import { COMPOSER, useFace } from './face.ts'
import { PlainHead } from './header.tsx'

/** A connection that is back sooner was never missed. */
const UNNOTICED_MS = 1000

/** What the visitor should know now. */
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

/** The server will not have us, which no second try would change: a wrong tag, a page it does not know, or a visitor who is blocked. `focus`: what it takes the place of has it. */
export function Problem({ focus }: { readonly focus: boolean }) {
  const { words, focusSoon } = useFace()
  useEffect(() => {
    if (focus) focusSoon(COMPOSER)
  }, [])
  return (
    <>
      <PlainHead title={words.chat} />
      <div class="problem" role="alert" tabIndex={-1}>
        <Icon path={ALERT} size={32} />
        <h3>{words.unavailable}</h3>
        <p>{words.unavailableMore}</p>
      </div>
    </>
  )
}
