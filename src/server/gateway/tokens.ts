/** Access tokens of customers: JWTs that this server signs and reads, and nobody else. */
import { createHash, hkdfSync } from 'node:crypto'
import type { Clock } from './clock.ts'
import { readJwt, signJwt } from './jwt.ts'

export interface Claims {
  readonly customer_id: string
  readonly organization_id: string
  readonly client_id: string
  /** In ms. */
  readonly issued_at: number
  readonly expires_at: number
  /** When the proof ends for which it was given. */
  readonly proof_ends_at: number
}

export interface AccessTokens {
  issue(subject: Pick<Claims, 'customer_id' | 'organization_id' | 'client_id' | 'proof_ends_at'>, ttl_s: number): Promise<string>
  /** Null for whatever this server did not sign, or for which time is up. */
  read(token: string): Promise<Claims | null>
}

/** Names what the token is for, so that no other JWT of this server could pass for one. */
const TYPE = 'porchlight-access+jwt'
const ISSUER = 'porchlight'
const AUDIENCE = 'porchlight-customer'

export function createAccessTokens(secret: Uint8Array, clock: Clock): AccessTokens {
  const key = new Uint8Array(hkdfSync('sha256', secret, '', 'porchlight customer access tokens', 32))
  const kid = createHash('sha256').update(key).digest('base64url').slice(0, 12)
  return {
    issue({ customer_id, organization_id, client_id, proof_ends_at }, ttl_s) {
      const iat = clock.now() / 1000
      const subject = { org: organization_id, cid: client_id, sub: customer_id, end: proof_ends_at / 1000 }
      return signJwt({ typ: TYPE, kid }, { ...subject, iss: ISSUER, aud: AUDIENCE, iat, exp: iat + ttl_s }, key)
    },
    async read(token) {
      const demands = { typ: TYPE, issuer: ISSUER, audience: AUDIENCE, requiredClaims: ['sub', 'iat', 'exp'] }
      const jwt = await readJwt(token, key, clock.now(), demands)
      return jwt?.header['kid'] === kid ? claimsOf(jwt.claims) : null
    },
  }
}

function claimsOf({ sub, iat, exp, ...payload }: Readonly<Record<string, unknown>>): Claims | null {
  const { org, cid, end = exp } = payload
  if (typeof sub !== 'string' || typeof org !== 'string' || typeof cid !== 'string') return null
  if (typeof iat !== 'number' || typeof exp !== 'number' || typeof end !== 'number') return null
  return {
    ...{ customer_id: sub, organization_id: org, client_id: cid },
    ...{ issued_at: iat * 1000, expires_at: exp * 1000, proof_ends_at: end * 1000 },
  }
}
