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
  /** Asks whom the cookie, or the host's word, speaks for. */
  current(): Promise<string | undefined>
  /** Answers the agent's id. */
  signIn(request: Static<typeof SessionRequest>): Promise<string>
  signOut(): Promise<void>
}

/** Where one gets in, and by what. */
export interface House {
  /** The server's origin. */
  server: string
  license?: number | string
  getToken?(): string | Promise<string>
}

const KEY = 'agent'

export function createAccount(environment: Environment, house: House): Account {
  const { storage } = environment
  // As it is when it is asked: the house may move.
  const url = () => `${house.server}/v1/agent/session`
  type Session = Partial<Static<typeof SessionResponse>>
  const byToken = async (identity_token: string) =>
    (await ask<Session>(environment, 'POST', url(), { license: String(house.license), identity_token })).agent_id
  return {
    remembered: () => storage.get<string>(KEY),
    remember: (agent) => storage.set(KEY, agent),
    forget: () => storage.set(KEY, undefined),
    current: async () => (house.getToken ? byToken(await house.getToken()) : (await ask<Session>(environment, 'GET', url())).agent_id),
    signIn: async (request) => (await ask<Static<typeof SessionResponse>>(environment, 'POST', url(), request)).agent_id,
    signOut: async () => void (await ask(environment, 'DELETE', url())),
  }
}
