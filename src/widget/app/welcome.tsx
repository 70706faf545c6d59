/** What stands in a log without messages: the invitation, or the outlines of what is being loaded. */
import { useState } from 'preact/hooks'
import { useFace } from './face.ts'

/** `active`: the chat has begun and nobody has written yet. */
export function Welcome({ active }: { readonly active: boolean }) {
  const { session, words, focusComposer } = useFace()
  const [starting, setStarting] = useState(false)
  const start = () => {
    setStarting(true)
    session.start().catch(() => setStarting(false))
    focusComposer()
  }
  return (
    <div class="welcome">
      <h3>{words.welcome}</h3>
      <p>{active ? words.started : words.welcomeMore}</p>
      {!active && (
        <button type="button" class="button primary" disabled={starting} onClick={start}>
          {words.startChat}
        </button>
      )}
    </div>
  )
}

/** Their shares of the row's width. */
const OUTLINES = ['short', 'long', 'own', 'long']

export function LogSkeleton() {
  return (
    <div class="outlines" aria-hidden="true">
      {OUTLINES.map((shape, index) => (
        <div key={index} class={`skeleton ${shape}`} />
      ))}
    </div>
  )
}
