/** What stands in a log without messages: the invitation, or the outlines of what is being loaded. */
import { COMPOSER, useFace } from './face.ts'

/** `begun`: there is a chat and nobody has written in it yet. */
export function Welcome({ begun }: { readonly begun: boolean }) {
  const { words, focusSoon } = useFace()
  return (
    <div class="welcome">
      <h3>{words.greeting}</h3>
      <p>{begun ? words.started : words.greetingMore}</p>
      {!begun && (
        <button type="button" class="button primary" onClick={() => focusSoon(COMPOSER)}>
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
