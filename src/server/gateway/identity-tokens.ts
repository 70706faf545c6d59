/** Identity tokens: the host's back end vouches for a customer whom it knows (IDN1). Whatever it did not sign says nothing. */
import { IDENTITY_TOKEN_TTL_S } from '../../protocol/limits.ts'
import { IdentityClaims } from '../../protocol/tokens.ts'
import { firstProblem } from '../../protocol/validate.ts'
import type { Vouched } from '../domain/customers.ts'
import { Refusal } from '../domain/refusal.ts'
import type { KeyRow } from '../store/rows.ts'
import { parse, unreadable } from './frames.ts'
import { readSigned } from './jwt.ts'

/** Two machines' clocks. */
const SKEW_S = 30

/** Whom the token is about, and until when that holds. The keys are those of one organization. */
export async function readIdentity(token: string, keys: readonly KeyRow[], now: number): Promise<Vouched> {
  for (const { scopes, secret } of keys) {
    const text = scopes.includes('identity') ? await readSigned(token, new TextEncoder().encode(secret)) : null
    if (text !== null) return vouched(parse(text), now / 1000)
  }
  throw wrong('is signed with no identity secret of this organization, or not with HS256')
}

/** The signature is good: from here on the one who reads the refusal is the one who can mend it. */
function vouched(claims: unknown, now: number): Vouched {
  const problem = firstProblem(IdentityClaims, claims) ?? unreadable(claims)
  if (problem) throw wrong(`is no good: ${problem.path || 'it'} ${problem.why}`)
  const { sub, exp, iat = exp - IDENTITY_TOKEN_TTL_S, nbf = 0, name, email } = claims as IdentityClaims
  if (exp <= now - SKEW_S) throw wrong('is expired: exp has passed')
  if (exp > now + IDENTITY_TOKEN_TTL_S + SKEW_S) throw wrong('is good for too long: exp is more than 24 h ahead')
  if (Math.max(iat, nbf) > now + SKEW_S) throw wrong('is not good yet: iat or nbf is ahead')
  return {
    external_id: sub,
    said: { ...(name !== undefined && { name }), ...(email !== undefined && { email }) },
    issued_at: iat * 1000,
    expires_at: (exp + SKEW_S) * 1000,
  }
}

const wrong = (why: string) => new Refusal('authentication', `unable to get a token; identity_token ${why}`)
