/** The door: email and password, and what to do when they do not work. */
import { useEffect, useRef } from 'preact/hooks'
import type { Problem, Session } from '../session.ts'
import { words } from '../words.ts'

interface Props {
  readonly session: Session
  readonly busy: boolean
  readonly problem: Problem | null
}

const text = words.signIn

const PROBLEM = 'sign-in-problem'

/** What both fields have in common. */
const field = (name: string, invalid: boolean) => ({
  class: 'sign-in-input',
  name,
  required: true,
  'aria-invalid': invalid,
  'aria-describedby': invalid ? PROBLEM : undefined,
})

function Fields({ invalid }: { readonly invalid: boolean }) {
  return (
    <>
      <label class="sign-in-field">
        <span class="sign-in-label">{text.email}</span>
        <input type="email" autoComplete="username" {...field('email', invalid)} />
      </label>
      <label class="sign-in-field">
        <span class="sign-in-label">{text.password}</span>
        <input type="password" autoComplete="current-password" {...field('password', invalid)} />
      </label>
    </>
  )
}

/** The keyboard of a phone covers the page's end, so the message stands above the button, where the eye is. */
function Told({ problem }: { readonly problem: Problem | null }) {
  return (
    <p class="sign-in-problem" id={PROBLEM} role="alert">
      {problem?.text}
    </p>
  )
}

/** What is missing is typed first; of what was wrong the password mostly is it. */
function toType(form: HTMLFormElement): HTMLInputElement | undefined {
  const fields = [...form.querySelectorAll('input')]
  return fields.find((field) => field.value === '') ?? fields.at(-1)
}

export function SignIn({ session, busy, problem }: Props) {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (!busy && form.current) toType(form.current)?.focus()
  }, [busy, problem])

  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (busy || form.current === null) return
    const data = new FormData(form.current)
    void session.signIn(String(data.get('email')).trim(), String(data.get('password')))
  }

  return (
    <main class="sign-in">
      <form class="sign-in-card" ref={form} onSubmit={submit} aria-labelledby="sign-in-title" aria-busy={busy}>
        <p class="sign-in-brand">{words.product}</p>
        <h1 class="sign-in-title" id="sign-in-title">
          {text.title}
        </h1>
        <Fields invalid={problem?.typed === true} />
        <Told problem={problem} />
        <button class="button primary" type="submit" aria-disabled={busy}>
          {busy ? text.working : text.submit}
        </button>
      </form>
    </main>
  )
}
