/** Signing in and out over HTTP, and which agent this device acts as. */
import type { Static } from '../../protocol/schema.ts'
import type { SessionRequest, SessionResponse } from '../../protocol/tokens.ts'
import type { Environment } from '../kit/environment.ts'
import { ask } from '../wire/http.ts'

export interface Account {
  /** Who is signed in, as far as this device knows without asking; the cookie that proves it is the browser's alone. */
  remembered(): Promise<string | undefined>
  remember(agent: string): Promise<void>
  forget(): Promise<void>
  /** Asks whom the cookie speaks for. */
  current(): Promise<string | undefined>
  /** Answers the agent's id. */
  signIn(request: Static<typeof SessionRequest>): Promise<string>
  signOut(): Promise<void>
}

const KEY = 'agent'

export function createAccount(environment: Environment, server: string): Account {
  const { storage } = environment
  const url = `${server}/v1/agent/session`
  return {
    remembered: () => storage.get<string>(KEY),
    remember: (agent) => storage.set(KEY, agent),
    forget: () => storage.set(KEY, undefined),
    current: async () => (await ask<Partial<Static<typeof SessionResponse>>>(environment, 'GET', url)).agent_id,
    signIn: async (request) => (await ask<Static<typeof SessionResponse>>(environment, 'POST', url, request)).agent_id,
    signOut: async () => void (await ask(environment, 'DELETE', url)),
  }
}
