/** The top of a log that has older messages on the server: loads them as the reader comes near, and says so when that fails. */
import { useRef, useState } from 'preact/hooks'
import { useLanguage } from './language.ts'

interface OlderMessages {
  readonly failed: boolean
  /** Does nothing while a load is under way or has failed; the reader then decides. */
  load(): void
  retry(): void
}

export function useOlder(hasOlder: boolean, loadOlder: () => Promise<void>): OlderMessages {
  const [failed, setFailed] = useState(false)
  const busy = useRef(false)
  const run = () => {
    busy.current = true
    loadOlder()
      .then(
        () => setFailed(false),
        () => setFailed(true),
      )
      .finally(() => {
        busy.current = false
      })
  }
  return {
    failed,
    load: () => {
      if (hasOlder && !failed && !busy.current) run()
    },
    retry: run,
  }
}

interface OlderProps {
  readonly failed: boolean
  readonly onRetry: () => void
}

export function Older({ failed, onRetry }: OlderProps) {
  const { words } = useLanguage()
  if (!failed) return <div class="older">{words.loadingOlder}</div>
  return (
    <div class="older">
      {words.olderFailed}{' '}
      <button type="button" class="link-button" onClick={onRetry}>
        {words.retry}
      </button>
    </div>
  )
}
