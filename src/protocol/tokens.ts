/** How a customer's browser gets its access token, what the token says, and how a back end vouches for a user. */
import { IDENTITY_TOKEN_TTL_S, MAX_CHANNELS } from './limits.ts'
import { closed, Id, open, optional, type Static, Time, Type, text } from './schema.ts'
import { BackendUser, CustomFields, UserRef } from './users.ts'

export const TokenRequest = Type.Union([
  /** Idempotent: the same key is the same customer. The client makes the key first, at least 128 random bits of it. */
  closed({ grant_type: Type.Literal('anonymous'), visitor_key: text(128, 22) }),
  closed({ grant_type: Type.Literal('refresh'), refresh_token: text(512, 1) }),
  /** For customers whom the host knows. The refresh token says which anonymous customer they were until now. */
  closed({ grant_type: Type.Literal('identity'), identity_token: text(8192, 1), refresh_token: optional(text(512, 1)) }),
])
export type TokenRequest = Static<typeof TokenRequest>

/** What the host says of a user beside who they are. */
export const UserInfo = closed({
  avatar_url: optional(text(2048)),
  nickname: optional(text(255)),
  badge: optional(text(64)),
  custom: optional(CustomFields),
})
export type UserInfo = Static<typeof UserInfo>

const Role = Type.Union([Type.Literal('customer'), Type.Literal('agent')])
/** Chats that the user is let into. */
const Channels = Type.Array(Id, { maxItems: MAX_CHANNELS })

/** What an identity token says: a JWT that the host's back end signs with HS256 and the organization's identity secret. */
export const IdentityClaims = open({
  /** The host's own id of the user. */
  sub: text(255, 1),
  /** In Unix seconds, at most 24 h ahead. */
  exp: Type.Number(),
  /** Without it the token counts as made 24 h before its end. */
  iat: optional(Type.Number()),
  nbf: optional(Type.Number()),
  role: Role,
  name: optional(text(255)),
  email: optional(text(255)),
  info: optional(UserInfo),
  channels: optional(Channels),
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

/** `POST /v1/agent/session`: by password, by a sign-in link, which works once, or by the word of the host's back end. */
export const SessionRequest = Type.Union([
  closed({ email: text(255, 3), password: text(1024, 1) }),
  closed({ sign_in_token: text(512, 1) }),
  /** Says who it is, and opens no session: the token speaks for the agent each time. */
  closed({ license: text(15, 1), identity_token: text(8192, 1) }),
])
export type SessionRequest = Static<typeof SessionRequest>

export const SessionResponse = open({ agent_id: Id, organization_id: Id, expires_in: optional(Type.Integer()) })

const issued = open({ token: Type.String(), expires_at: Time })

/** For back ends: identity tokens without a secret of one's own. */
export const backendTokens = {
  /** Makes the user if need be, lets them into `channels` at once, and signs. */
  create: {
    request: closed({
      user_id: UserRef,
      user_name: optional(text(255)),
      email: optional(text(255)),
      user_info: optional(UserInfo),
      role: optional(Type.Union([Type.Literal('user'), Role])),
      /** Nobody is made, and without `role` it is that of the user who is there. */
      existing: optional(Type.Boolean()),
      channels: optional(Channels),
      expires_in: optional(
        Type.Integer({ minimum: 60, maximum: IDENTITY_TOKEN_TTL_S, description: 'Seconds; 24 h unless told otherwise.' }),
      ),
    }),
    response: issued,
  },
  /** Up to 24 h after its end, and never after a revocation. */
  refresh: { request: closed({ token: text(8192, 1) }), response: issued },
  /** What was issued until now counts no more, and open sockets end. */
  revoke: { request: closed({ user_id: UserRef }), response: open({ revoked_before: Time }) },
  verify: {
    request: closed({ token: text(8192, 1) }),
    response: open({ user: BackendUser, issued_at: Time, expires_at: Time }),
  },
}
