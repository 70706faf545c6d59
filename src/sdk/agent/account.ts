/** Signing in and out over HTTP, and which agent this device acts as. */
import type { Static } from '../../protocol/schema.ts'
import type { SessionRequest, SessionResponse } from '../../protocol/tokens.ts'
import type { Environment } from '../kit/environment.ts'
import { ask } from '../wire/http.ts'

export interface Account {
  /** The agent who signed in last; the cookie that proves it is the browser's alone. */
  known(): Promise<string | undefined>
  remember(agent: string): Promise<void>
  /** Answers the agent's id. */
  signIn(request: Static<typeof SessionRequest>): Promise<string>
  signOut(): Promise<void>
}

const KEY = 'agent'

export function createAccount(environment: Environment, server: string): Account {
  const { storage } = environment
  const url = `${server}/v1/agent/session`
  const remember = (agent: string) => storage.set(KEY, agent)
  return {
    known: () => storage.get<string>(KEY),
    remember,
    async signIn(request) {
      const { agent_id } = await ask<Static<typeof SessionResponse>>(environment, 'POST', url, request)
      await remember(agent_id)
      return agent_id
    },
    async signOut() {
      await ask(environment, 'DELETE', url)
      await storage.remove(KEY)
    },
  }
}
