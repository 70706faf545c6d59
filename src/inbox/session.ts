/** Who is signed in, and what to say when signing in does not work. */
import { type ReadonlySignal, signal } from '@preact/signals'
import type { AgentSDK } from '../sdk/agent/api.ts'
import type { Agent, ErrorBody } from '../sdk/agent/types.ts'
import { words } from './words.ts'

/** Why nobody is signed in, in words. */
export interface Problem {
  readonly text: string
  /** What was typed is wrong, rather than that nobody could look at it. */
  readonly typed: boolean
}

export type SessionState =
  | { readonly stage: 'starting'; readonly withLink: boolean }
  | { readonly stage: 'signed_out'; readonly busy: boolean; readonly problem: Problem | null }
  | { readonly stage: 'signed_in'; readonly me: Agent }

export interface Session {
  readonly state: ReadonlySignal<SessionState>
  /** With the secret of a sign-in link, or with the session the browser may hold. */
  start(secret: string | null): Promise<void>
  signIn(email: string, password: string): Promise<void>
  signOut(): Promise<void>
}

const codeOf = (error: unknown) => (error as { code?: unknown }).code
/** When the server does not say how long. */
const RETRY_AFTER_MS = 60_000
const waitOf = (error: unknown) => ((error as { body?: ErrorBody }).body?.data?.['retry_after_ms'] as number | undefined) ?? RETRY_AFTER_MS

const untyped = (text: string): Problem => ({ text, typed: false })

export function problemOf(error: unknown): Problem {
  switch (codeOf(error)) {
    case 'AUTHENTICATION':
    case 'VALIDATION':
      return { text: words.signIn.wrong, typed: true }
    case 'TOO_MANY_REQUESTS':
      return untyped(words.signIn.tooMany(Math.ceil(waitOf(error) / 1000)))
    case 'CONNECTION_LOST':
    case 'SERVICE_UNAVAILABLE':
      return untyped(words.signIn.offline)
    default:
      return untyped(words.signIn.failed)
  }
}

export function createSession(sdk: AgentSDK): Session {
  const state = signal<SessionState>({ stage: 'starting', withLink: false })
  const signedOut = (problem: Problem | null) => {
    state.value = { stage: 'signed_out', busy: false, problem }
  }
  const attempt = async (entering: Promise<Agent>, failed: (error: unknown) => Problem | null) => {
    try {
      state.value = { stage: 'signed_in', me: await entering }
    } catch (error) {
      signedOut(failed(error))
    }
  }
  sdk.on('signed_out', () => signedOut(null))
  // Another tab may have signed in as somebody else: the cookie is one for all of them.
  sdk.on('connected', (me) => {
    const { value } = state
    if (value.stage === 'signed_in' && value.me.id !== me.id) state.value = { stage: 'signed_in', me }
  })

  return {
    state,
    async start(secret) {
      state.value = { stage: 'starting', withLink: secret !== null }
      if (secret === null) return attempt(sdk.connect(), (error) => (codeOf(error) === 'AUTHENTICATION' ? null : problemOf(error)))
      await attempt(
        // A link opened twice is no reason to ask for a password while the first opening's session lives.
        sdk.signInWithLink(secret).catch(() => sdk.connect()),
        () => untyped(words.signIn.linkUsed),
      )
    },
    async signIn(email, password) {
      state.value = { stage: 'signed_out', busy: true, problem: null }
      await attempt(sdk.signIn(email, password), problemOf)
    },
    signOut: () => sdk.signOut(),
  }
}
