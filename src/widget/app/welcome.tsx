/** What stands in a log without messages: the invitation, or the outlines of what is being loaded. */
import { useState } from 'preact/hooks'
import { START, useFace } from './face.ts'

/** `begun`: there is a chat and nobody has written in it yet. */
export function Welcome({ begun }: { readonly begun: boolean }) {
  const { words, focusSoon } = useFace()
  const [asked, setAsked] = useState(false)
  const ready = begun || asked
  const start = () => {
    setAsked(true)
    focusSoon(START)
  }
  return (
    <div class="welcome">
      <h3>{words.greeting}</h3>
      <p>{ready ? words.started : words.greetingMore}</p>
      {!ready && (
        <button type="button" class="button primary" onClick={start}>
          {words.startChat}
        </button>
      )}
    </div>
  )
}

export function LogSkeleton() {
  return (
    <div class="outlines" aria-hidden="true">
      {Array.from('1234', (row) => (
        <div key={row} class="skeleton" />
      ))}
    </div>
  )
}
