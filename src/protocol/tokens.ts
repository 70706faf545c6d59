/** How a customer's browser gets its access token, and what the token says. */
import { closed, Id, open, optional, type Static, Type, text } from './schema.ts'

export const TokenRequest = Type.Union([
  /** Idempotent: the same key is the same customer. The client makes the key first, at least 128 random bits of it. */
  closed({ grant_type: Type.Literal('anonymous'), visitor_key: text(128, 22) }),
  closed({ grant_type: Type.Literal('refresh'), refresh_token: text(512, 1) }),
])
export type TokenRequest = Static<typeof TokenRequest>

export const TokenResponse = open({
  access_token: Type.String(),
  token_type: Type.Literal('Bearer'),
  expires_in: Type.Integer({ description: 'Seconds.' }),
  customer_id: Id,
  refresh_token: Type.String(),
})
export type TokenResponse = Static<typeof TokenResponse>

/** `DELETE` forgets this device: the refresh token is of no use after. */
export const TokenRevocation = closed({ refresh_token: text(512, 1) })

/** `POST /v1/agent/session`: by password, or by a sign-in link, which works once. */
export const SessionRequest = Type.Union([
  closed({ email: text(255, 3), password: text(1024, 1) }),
  closed({ sign_in_token: text(512, 1) }),
])
export type SessionRequest = Static<typeof SessionRequest>

export const SessionResponse = open({ agent_id: Id, organization_id: Id, expires_in: optional(Type.Integer()) })
