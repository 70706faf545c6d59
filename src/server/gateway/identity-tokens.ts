/** Identity tokens: the host's back end vouches for a user whom it knows (IDN1), with a secret of its own or by asking this server to sign. */
import { hkdfSync } from 'node:crypto'
import { IDENTITY_TOKEN_TTL_S } from '../../protocol/limits.ts'
import { IdentityClaims } from '../../protocol/tokens.ts'
import { firstProblem } from '../../protocol/validate.ts'
import { saidOf } from '../domain/backend/tokens.ts'
import type { Identities, Reading, Vouched } from '../domain/context.ts'
import { fingerprint } from '../domain/fingerprints.ts'
import { Refusal } from '../domain/refusal.ts'
import type { Store } from '../store/store.ts'
import type { Clock } from './clock.ts'
import { parse, unreadable } from './frames.ts'
import { readSigned, signJwt } from './jwt.ts'

/** Two machines' clocks. */
const SKEW_S = 30

type Claims = IdentityClaims & { readonly user_id?: unknown }

export function createIdentities(store: Pick<Store, 'secret' | 'keys' | 'erasedId'>, clock: Clock): Identities {
  const ownKey = (organization_id: string) =>
    new Uint8Array(hkdfSync('sha256', store.secret, organization_id, 'porchlight identity tokens', 32))
  /** Who was erased does not come back by what was said of them before. */
  const standing = async (organization_id: string, vouched: Vouched, reading: Reading): Promise<Vouched> => {
    const { subject, issued_at } = vouched
    const erased = 'external_id' in subject ? await store.erasedId(organization_id, fingerprint(subject.external_id)) : null
    if (erased && issued_at < erased.not_before) throw wrong(reading, 'is from before its user was erased')
    return vouched
  }
  return {
    sign(organization_id, vouched) {
      return signJwt({ typ: 'JWT' }, claimsOf(vouched), ownKey(organization_id))
    },
    async read(organization_id, token, reading) {
      const own = await readSigned(token, ownKey(organization_id))
      if (own !== null) return standing(organization_id, vouchedBy(parse(own), clock.now() / 1000, reading, true), reading)
      for (const { secret, scopes } of await store.keys(organization_id)) {
        const text = scopes.includes('identity') ? await readSigned(token, new TextEncoder().encode(secret)) : null
        if (text !== null) return standing(organization_id, vouchedBy(parse(text), clock.now() / 1000, reading, false), reading)
      }
      throw wrong(reading, 'is signed with no identity secret of this organization, or not with HS256')
    },
  }
}

const claimsOf = ({ subject, role, said, channels, issued_at, expires_at }: Vouched) => {
  const { name, email, avatar, ...info } = said
  return {
    sub: 'external_id' in subject ? subject.external_id : subject.user_id,
    ...('user_id' in subject && { user_id: subject.user_id }),
    role,
    ...(typeof name === 'string' && { name }),
    ...(typeof email === 'string' && { email }),
    info: { ...info, ...(typeof avatar === 'string' && { avatar_url: avatar }) },
    ...(channels.length > 0 && { channels }),
    ...{ iat: issued_at / 1000, exp: expires_at / 1000 },
  }
}

/** The signature is good: from here on the one who reads the refusal is the one who can mend it. `own`: this server signed it, and may name a user by our id. */
function vouchedBy(claims: unknown, now: number, reading: Reading, own: boolean): Vouched {
  const problem = firstProblem(IdentityClaims, claims) ?? unreadable(claims)
  if (problem) throw wrong(reading, `is no good: ${problem.path || 'it'} ${problem.why}`)
  const { sub, exp, iat = exp - IDENTITY_TOKEN_TTL_S, nbf = 0, role, name, email, info, channels = [], user_id } = claims as Claims
  if (exp <= now - SKEW_S - (reading.late ?? 0) / 1000) throw wrong(reading, 'is expired: exp has passed')
  if (exp > now + IDENTITY_TOKEN_TTL_S + SKEW_S) throw wrong(reading, 'is good for too long: exp is more than 24 h ahead')
  if (Math.max(iat, nbf) > now + SKEW_S) throw wrong(reading, 'is not good yet: iat or nbf is ahead')
  if (reading.role !== undefined && role !== reading.role) throw wrong(reading, `is no good: its role is not ${reading.role}`)
  const said = saidOf({
    ...(name !== undefined && { user_name: name }),
    ...(email !== undefined && { email }),
    ...(info && { user_info: info }),
  })
  return {
    subject: own && typeof user_id === 'string' ? { user_id } : { external_id: sub },
    ...{ role, said, channels, issued_at: iat * 1000, expires_at: exp * 1000 },
  }
}

/** What is let in by a token ends with it, however clocks differ. */
export const endOf = ({ expires_at }: Vouched): number => expires_at + SKEW_S * 1000

const wrong = ({ action, field }: Reading, why: string) => new Refusal('authentication', `unable to ${action}; ${field} ${why}`)
