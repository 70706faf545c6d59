/** How a customer's browser gets its access token, and what the token says. */
import { closed, Id, open, optional, type Static, Type, text } from './schema.ts'

export const TokenRequest = Type.Union([
  /** Idempotent: the same key is the same customer. The client makes the key first, at least 128 random bits of it. */
  closed({ grant_type: Type.Literal('anonymous'), visitor_key: text(128, 22) }),
  closed({ grant_type: Type.Literal('refresh'), refresh_token: text(512, 1) }),
  /** For customers whom the host knows. The refresh token says which anonymous customer they were until now. */
  closed({ grant_type: Type.Literal('identity'), identity_token: text(4096, 1), refresh_token: optional(text(512, 1)) }),
])
export type TokenRequest = Static<typeof TokenRequest>

/** What an identity token says: a JWT that the host's back end signs with HS256 and the organization's identity secret. */
export const IdentityClaims = open({
  /** The host's own id of the user. */
  sub: text(255, 1),
  /** In Unix seconds, at most 24 h ahead. */
  exp: Type.Number(),
  /** Without it the token counts as made 24 h before its end. */
  iat: optional(Type.Number()),
  nbf: optional(Type.Number()),
  role: Type.Literal('customer'),
  name: optional(text(255)),
  email: optional(text(255)),
})
export type IdentityClaims = Static<typeof IdentityClaims>

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
